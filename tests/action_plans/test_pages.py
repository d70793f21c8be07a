"""The pages: beginning, header, languages, timeline, presence, a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.action_plans import services, snapshots
from programmes.action_plans.models import Plan
from programmes.action_plans.tables import table_of
from programmes.action_plans.timeline import timeline_of, undated
from programmes.common.access import Access
from programmes.partnerships.services.partnerships import replace_participation
from tests.pages import send
from tests.sweeps.limits import MOST, PLACE

from .conftest import JSON, url, write


def test_the_mentees_team_begins_its_plan_in_its_citys_language(world, visit):
    city = world.teams["other_city"].enrolment.organisation
    city.languages = ["xx", "lv"]
    city.save()
    client = visit(world.cast.other_city)
    address = url("begin", world.other_partnership.pk)
    assert '<option value="lv" selected>' in client.get(address).content.decode()
    reply = client.post(address, {"title": "Housing", "language": "lv"})
    plan = Plan.objects.get(partnership=world.other_partnership)
    assert reply["Location"] == url("plan", plan.pk)
    assert client.get(address)["Location"] == url("plan", plan.pk)
    page = client.get(url("plan", plan.pk)).content.decode()
    assert '<span lang="lv">Housing</span>' in page
    assert "Add the first action" in page


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"title": "", "language": "lv"}, "id_title"),
        ({"title": "x" * 201, "language": "lv"}, "id_title"),
        ({"title": "x", "language": "tlh"}, "id_language"),
        ({"title": "x", "language": "lv", "date": "soon"}, "id_date"),
    ],
)
def test_a_wrong_header_is_told_at_its_field(world, visit, fields, error):
    client = visit(world.cast.mentee)
    reply = client.post(url("header", world.plan.pk), fields)
    assert reply.status_code == 422
    assert f"{error}_error" in reply.content.decode() or f"error_1_{error}" in reply.content.decode()
    world.plan.refresh_from_db()
    assert world.plan.title == "Learning Latvian together"


def test_the_header_is_changed(world, visit):
    typed = {"title": "Latvian for all", "language": "lv", "date": "2027-02-01"}
    send(visit(world.cast.mentee), url("header", world.plan.pk), typed)
    world.plan.refresh_from_db()
    assert (world.plan.title, world.plan.language, str(world.plan.date)) == ("Latvian for all", "lv", "2027-02-01")


def test_only_the_mentees_team_begins(world, visit):
    address = url("begin", world.other_partnership.pk)
    assert visit(world.cast.mentor).get(address).status_code == 403
    assert visit(world.cast.coordinator).post(address).status_code == 403
    assert visit(world.cast.mentee).get(address).status_code == 404
    assert visit(world.cast.administrator).get(address).status_code == 404


def test_who_else_is_here_is_known_to_the_team(world, visit, colleague):
    address = url("presence", world.plan.pk)
    visit(colleague).post(address)
    assert visit(world.cast.mentee).post(address).json()["others"] == [str(colleague)]
    visit(colleague).post(address, {"leave": "1"})
    assert visit(world.cast.mentee).post(address).json()["others"] == []
    assert visit(world.cast.mentor).post(address).status_code == 403


def test_what_a_colleague_saved_is_told_box_by_box(world, visit, colleague):
    address, name = url("presence", world.plan.pk), f"{world.action.pk}.time"
    write(world.action, "time", {"from": "2027-01-01", "to": "", "words": "spring"}, colleague)
    assert visit(world.cast.mentee).post(address).json()["revisions"][name] == 1
    reply = visit(world.cast.mentee).get(
        address, {"box": [name, "x", f"{world.action.pk}.what.what", "9" * 30 + ".time"]}
    )
    assert reply.json()["boxes"] == {
        name: {
            "revision": 1,
            "fields": {"date_from": "2027-01-01", "date_to": "", "words": "spring", "language": "en"},
            "words": "from 1 January 2027 · spring",
            "by": str(colleague),
            "saved_at": reply.json()["boxes"][name]["saved_at"],
        }
    }
    assert visit(world.cast.mentor).get(address, {"box": name}).status_code == 403


def test_readers_see_texts_in_their_language_with_the_translation(world, visit):
    from programmes.common import revisions

    cell = write(world.action, "results", "Brīvprātīgie zina", world.cast.mentee, language="lv")
    revisions.translate(cell, text="Volunteers know", by=world.cast.mentee)
    version = services.freeze(plan=world.plan, name="Second", by=world.cast.mentee)
    services.share(version=version, teams=[world.teams["mentor"]], groups=[], by=world.cast.mentee)
    page = visit(world.cast.mentor).get(url("plan", world.plan.pk)).content.decode()
    assert '<div class="prose" lang="lv"><p>Brīvprātīgie zina</p></div>' in page
    assert "Volunteers know" in page
    assert "Translation into English" in page


def test_after_a_replacement_the_old_team_is_out_with_that_request(world, visit):
    client = visit(world.cast.mentee)
    assert client.get(url("plan", world.plan.pk)).status_code == 200
    row = world.partnership.current_in("mentee")[0]
    replace_participation(old=row, team=world.teams["other_city"], reason="No capacity", by=world.cast.coordinator)
    page = client.get(url("plan", world.plan.pk))
    assert "Open a language café" in page.content.decode()
    assert url("add", world.plan.pk) not in page.content.decode()
    assert client.post(url("add", world.plan.pk)).status_code == 403
    assert visit(world.cast.other_city).get(url("plan", world.plan.pk)).status_code == 404
    page = visit(world.cast.mentor).get(url("version", world.plan_version.pk)).content.decode()
    assert "Action plan of Riverton" in page


def test_the_timeline_has_a_bar_for_each_action_with_dates(world, visit):
    assert timeline_of(table_of(snapshots.take(world.plan)).rows) is None
    write(world.action, "time", {"from": "2027-01-01", "to": "2027-06-30", "words": ""}, world.cast.mentee)
    second = services.add_action(plan=world.plan, by=world.cast.mentee)
    write(second, "time", {"from": "2027-03-01", "to": "", "words": "and on"}, world.cast.mentee)
    third = services.add_action(plan=world.plan, by=world.cast.mentee)
    write(third, "time", {"from": "", "to": "", "words": "ongoing"}, world.cast.mentee)
    timeline = timeline_of(table_of(snapshots.take(world.plan)).rows)
    assert [bar.number for bar in timeline.bars] == [1, 2]
    assert [bar.open_ended for bar in timeline.bars] == [False, True]
    assert [tick.label for tick in timeline.ticks] == ["Jan 2027", "Feb", "Mar", "Apr", "May", "Jun"]
    page = visit(world.cast.mentee).get(url("timeline", world.plan.pk)).content.decode()
    assert '<title id="timeline-title">' in page
    assert "1 January 2027 – 30 June 2027" in page
    assert [row.number for row in undated(table_of(snapshots.take(world.plan)).rows)] == [3]
    assert "Without a date" in page
    assert "ongoing" in page


def test_readers_see_the_timeline_of_the_version_they_were_given(world, visit):
    write(world.action, "time", {"from": "", "to": "", "words": "marmalade"}, world.cast.mentee)
    for role in ("mentor", "mentee_association", "group_member"):
        client = visit(getattr(world.cast, role))
        for name, pk in (("timeline", world.plan.pk), ("version_timeline", world.plan_version.pk)):
            page = client.get(url(name, pk)).content.decode()
            assert "Open a language café" in page, (role, name)
            assert "marmalade" not in page, (role, name)
    assert "marmalade" in visit(world.cast.mentee).get(url("timeline", world.plan.pk)).content.decode()


def test_a_long_plan_has_a_list_of_its_actions_and_folds(world, visit):
    client, address = visit(world.cast.mentee), url("plan", world.plan.pk)
    assert "Go to an action" not in client.get(address).content.decode()
    for _ in range(7):
        services.add_action(plan=world.plan, by=world.cast.mentee)
    page = client.get(address).content.decode()
    assert page.count("data-jump=") == 8
    assert "plan-row--folded" not in page
    assert client.get(f"{address}?fold=1").content.decode().count("plan-row--folded") == 8


def test_plan_and_version_lead_to_what_changed_between_versions(world, visit):
    client, pages = visit(world.cast.mentee), (url("plan", world.plan.pk), url("version", world.plan_version.pk))
    assert not [page for page in pages if "Compare versions" in client.get(page).content.decode()]
    second = services.freeze(plan=world.plan, name="Second", by=world.cast.mentee)
    for page, version in zip(pages, (second, world.plan_version), strict=True):
        assert f'href="{url("compare", version.pk)}"' in client.get(page).content.decode()


@pytest.mark.parametrize(("start", "end"), [("1990-01-01", "2100-12-31"), ("2027-05-05", "2027-05-05")])
def test_the_timeline_of_any_length_has_a_readable_scale(world, start, end):
    write(world.action, "time", {"from": start, "to": end, "words": ""}, world.cast.mentee)
    timeline = timeline_of(table_of(snapshots.take(world.plan)).rows)
    assert 1 <= len(timeline.ticks) <= 13
    assert float(timeline.bars[0].width) > 0


@pytest.mark.parametrize("role", ["mentee", "mentor", "group_member"])
def test_the_page_takes_the_same_few_queries_for_any_number_of_rows(world, visit, role):
    counts = {}
    for wanted in (1, 3, 30):
        _fill(world, wanted)
        client = visit(getattr(world.cast, role))
        for name, pk in (("plan", world.plan.pk), ("version", world.plan.versions.first().pk)):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url(name, pk)).status_code == 200
            counts[name, wanted] = len(queries)
    for name in ("plan", "version"):
        assert counts[name, 1] == counts[name, 3] == counts[name, 30] <= MOST + PLACE, counts


def _fill(world, wanted: int) -> None:
    """So many rows, each with texts, a need, dates and a conversation; frozen and shared."""
    by = world.cast.mentee
    for _ in range(wanted - world.plan.actions.count()):
        services.add_action(plan=world.plan, by=by)
    for action in world.plan.actions.all():
        write(action, "results", f"Result {action.pk} of {wanted}", by)
        write(action, "time", {"from": "2027-01-01", "to": "2027-06-30", "words": ""}, by)
        services.set_needs(action=action, needs=[world.need], by=by)
        if not action.conversations.exists():
            services.suggest(plan=world.plan, action=action, text="Ask?", access=Access(by))
    version = services.freeze(plan=world.plan, name=f"With {wanted}", by=by)
    services.share(version=version, teams=[world.teams["mentor"]], groups=[world.group], by=by)


def test_saving_takes_few_queries(world, visit, django_assert_max_num_queries):
    client = visit(world.cast.mentee)
    with django_assert_max_num_queries(18):
        client.post(url("cell", world.action.pk, "success"), {"base": 0, "value": "x"}, headers=JSON)
