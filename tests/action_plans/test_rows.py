"""Rows: added, removed, brought back, put in order, tied to needs, talked about."""

import pytest

from programmes.action_plans import services
from programmes.action_plans.models import Action
from programmes.assessments.models import Need, Response
from programmes.assessments.services.answers import begin
from programmes.assessments.services.needs import add_need, retire_need
from programmes.common.access import Access
from programmes.conversations.models import Conversation, Message
from tests.pages import send

from .conftest import JSON, url, write


@pytest.fixture
def rows(world):
    """Three rows, the world's own first."""
    return [world.action, *(services.add_action(plan=world.plan, by=world.cast.mentee) for _ in range(2))]


@pytest.fixture
def client(world, visit):
    return visit(world.cast.mentee)


def order(world) -> list[int]:
    return list(world.plan.actions.filter(removed_at=None).values_list("pk", flat=True))


HTMX = {"hx-request": "true"}


def test_a_row_is_added_at_the_end_and_opened(world, client):
    reply = client.post(url("add", world.plan.pk))
    added = order(world)[-1]
    assert reply["Location"].endswith(f"?open={added}#box-{added}-what")
    assert len(order(world)) == 2


def test_boxes_come_with_the_row_that_is_opened(world, client, rows):
    address, box = url("plan", world.plan.pk), f'id="box-{rows[1].pk}-results"'
    assert "data-autosave" not in client.get(address).content.decode()
    page = client.get(f"{address}?open={rows[1].pk}").content.decode()
    assert box in page
    assert f'id="box-{rows[0].pk}-results"' not in page
    alone = client.get(url("row", rows[1].pk), {"open": "1"}, headers=HTMX).content.decode()
    assert box in alone
    assert "<html" not in alone
    assert "Write in action 2" in client.get(url("row", rows[1].pk), headers=HTMX).content.decode()


def test_a_row_alone_is_read_on_its_page(world, client):
    asked = f"?open={world.action.pk}#action-{world.action.pk}"
    assert client.get(url("row", world.action.pk), {"open": "1"})["Location"].endswith(asked)


@pytest.mark.parametrize("asked", ["open=0", "open=x", "open=9999999999999999999999", "removed=١", "fold="])
def test_senseless_words_in_the_address_show_the_plan(world, client, asked):
    assert client.get(f"{url('plan', world.plan.pk)}?{asked}").status_code == 200


def test_a_removed_row_keeps_its_texts_and_comes_back(world, client):
    write(world.action, "what", "Open a café", world.cast.mentee)
    page = client.post(url("remove", world.action.pk), follow=True).content.decode()
    assert "1 removed action" in page
    assert "Open a café" in page
    assert order(world) == []
    client.post(url("bring_back", world.action.pk))
    assert order(world) == [world.action.pk]
    assert world.action.cells.get(column_key="what").value == "Open a café"


def test_a_removed_row_leaves_a_word_in_its_place(world, client, rows):
    reply = client.post(url("remove", rows[1].pk))
    assert reply["Location"].endswith(f"?removed={rows[1].pk}#removed-{rows[1].pk}")
    page = client.get(reply["Location"]).content.decode()
    places = [page.index(f'id="{name}"') for name in (f"action-{rows[0].pk}", f"removed-{rows[1].pk}")]
    assert places == sorted(places)
    assert places[1] < page.index(f'id="action-{rows[2].pk}"')
    assert "data-gone" not in client.get(url("plan", world.plan.pk)).content.decode()


def test_by_htmx_the_word_comes_alone_and_the_row_comes_back(world, client, rows):
    gone = client.post(url("remove", rows[1].pk), headers=HTMX).content.decode()
    assert f'id="removed-{rows[1].pk}"' in gone
    assert "1 removed action" in gone
    assert f'id="removed-{rows[1].pk}"' in client.get(url("row", rows[1].pk), headers=HTMX).content.decode()
    back = client.post(url("bring_back", rows[1].pk), headers=HTMX).content.decode()
    assert f'id="action-{rows[1].pk}"' in back
    assert "1 removed action" not in back


def test_order_by_dragging(world, client, rows):
    wanted = [rows[2].pk, rows[0].pk, rows[1].pk]
    assert client.post(url("reorder", world.plan.pk), {"order": wanted}, headers=JSON).json() == {"saved": True}
    assert order(world) == wanted


def test_order_by_keyboard_stops_at_the_ends(world, client, rows):
    first, second, third = (row.pk for row in rows)
    client.post(url("move", third), {"step": "-1"})
    assert order(world) == [first, third, second]
    client.post(url("move", first), {"step": "-1"})
    client.post(url("move", second), {"step": "1"})
    assert order(world) == [first, third, second]


@pytest.mark.parametrize(("place", "wanted"), [("1", [2, 0, 1]), ("2", [0, 2, 1]), ("3", [0, 1, 2]), ("99", [0, 1, 2])])
def test_a_row_moves_to_a_place(world, client, rows, place, wanted):
    client.post(url("move", rows[2].pk), {"place": place})
    assert order(world) == [rows[index].pk for index in wanted]


def test_an_order_that_somebody_elses_new_row_is_missing_from_keeps_it(world, client, rows):
    late = services.add_action(plan=world.plan, by=world.cast.mentee)
    client.post(url("reorder", world.plan.pk), {"order": [rows[1].pk, rows[0].pk, rows[2].pk]})
    assert order(world) == [rows[1].pk, rows[0].pk, rows[2].pk, late.pk]


@pytest.mark.parametrize("values", [[], ["x"], ["-1", "999999999999999999999999"], ["1e3", "١"]])
def test_a_senseless_order_changes_nothing(world, client, rows, values):
    before = order(world)
    assert client.post(url("reorder", world.plan.pk), {"order": values}).status_code == 302
    assert order(world) == before


SENSELESS = [{}, {"step": "up"}, {"step": "2"}, {"place": "0"}, {"place": "x"}, {"step": "1", "place": "1"}]


@pytest.mark.parametrize("asked", SENSELESS)
def test_a_senseless_place_changes_nothing(world, client, rows, asked):
    before = order(world)
    assert client.post(url("move", rows[0].pk), asked).status_code == 302
    assert order(world) == before


def test_rows_of_other_plans_are_not_moved(world, client, rows):
    other = services.begin_plan(partnership=world.other_partnership, title="Other", by=world.cast.other_city)
    foreign = services.add_action(plan=other, by=world.cast.other_city)
    client.post(url("reorder", world.plan.pk), {"order": [foreign.pk, rows[1].pk]})
    assert Action.objects.get(pk=foreign.pk).order == 1
    for name in ("remove", "bring_back", "move"):
        assert client.post(url(name, foreign.pk)).status_code == 404, name


def test_needs_are_tied_and_untied(world, client):
    need = world.need
    send(client, url("needs", world.action.pk), {"needs": [need.pk]})
    assert list(world.action.needs.all()) == [need]
    assert f"Need {need.number}" in client.get(url("plan", world.plan.pk)).content.decode()
    send(client, url("needs", world.action.pk), {})
    assert not world.action.needs.exists()


def test_needs_in_the_row_by_htmx(world, client):
    form = client.get(url("needs", world.action.pk), headers=HTMX).content.decode()
    assert "<html" not in form
    assert world.need.title in form
    chips = send(client, url("needs", world.action.pk), {"needs": [world.need.pk]}, headers=HTMX).content.decode()
    assert f"Need {world.need.number}" in chips


def test_a_retired_need_stays_while_the_action_points_at_it(world, client):
    services.set_needs(action=world.action, needs=[world.need], by=world.cast.mentee)
    retire_need(need=world.need, by=world.cast.mentee)
    assert world.need.title in client.get(url("needs", world.action.pk)).content.decode()
    send(client, url("needs", world.action.pk), {})
    assert world.need.title not in client.get(url("needs", world.action.pk)).content.decode()


@pytest.fixture
def foreign_need(world) -> Need:
    response: Response = begin(team=world.teams["other_city"], purpose="needs", access=Access(world.cast.other_city))
    return add_need(response=response, access=Access(world.cast.other_city), title="Somebody else’s need")


def test_needs_of_another_city_are_refused_at_the_field(world, client, foreign_need):
    reply = client.post(url("needs", world.action.pk), {"needs": [foreign_need.pk, world.need.pk]})
    assert reply.status_code == 422
    assert "Select a valid choice" in reply.content.decode()
    assert not world.action.needs.exists()
    assert client.post(url("needs", world.action.pk), {"needs": ["x"]}).status_code == 422
    with pytest.raises(services.NeedNotYours):
        services.set_needs(action=world.action, needs=[foreign_need], by=world.cast.mentee)


@pytest.mark.parametrize("role", ["mentee", "mentor", "mentee_association"])
def test_both_cities_and_the_mentees_association_suggest(world, visit, role):
    client = visit(getattr(world.cast, role))
    reply = client.post(url("suggest", world.action.pk), {"text": "Ask the library first."})
    conversation = Conversation.objects.latest("pk")
    assert reply["Location"] == f"/plans/{world.plan.pk}/#conversation-{conversation.pk}"
    assert "Ask the library first." in client.get(url("plan", world.plan.pk)).content.decode()


def test_the_support_group_reads_but_does_not_suggest(world, visit):
    client = visit(world.cast.group_member)
    assert client.post(url("suggest", world.action.pk), {"text": "x"}).status_code == 403
    assert "Suggest something" not in client.get(url("plan", world.plan.pk)).content.decode()


def test_a_reader_cannot_point_at_a_row_it_never_saw(world, visit, rows):
    assert visit(world.cast.mentor).post(url("suggest", rows[2].pk), {"text": "x"}).status_code == 404


def test_an_empty_or_endless_suggestion_is_told_at_its_field_and_kept(world, visit):
    client, before = visit(world.cast.mentor), Message.objects.count()
    assert client.post(url("suggest", world.action.pk), {"text": "  "}).status_code == 422
    reply = client.post(url("suggest", world.action.pk), {"text": "marmalade" * 2000})
    assert reply.status_code == 422
    assert b"marmalade" in reply.content
    assert Message.objects.count() == before


def test_a_plan_holds_two_hundred_actions(world, client, monkeypatch):
    monkeypatch.setattr(services, "MOST_ACTIONS", world.plan.actions.count())
    page = client.post(url("add", world.plan.pk), follow=True)
    assert "more have no place here" in page.content.decode()
    removed = world.plan.actions.first()
    services.remove_action(action=removed, by=world.cast.mentee)
    services.add_action(plan=world.plan, by=world.cast.mentee)
    page = client.post(url("bring_back", removed.pk), follow=True)
    assert "more have no place here" in page.content.decode()
    removed.refresh_from_db()
    assert removed.removed_at is not None
