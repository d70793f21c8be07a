"""Cells: saved one by one, merged or shown side by side, with history, language and translation."""

import pytest

from programmes.action_plans import services
from programmes.action_plans.models import Cell
from programmes.reports.registry import BUILDERS, DocumentOptions

from .conftest import JSON, url, write


@pytest.fixture
def save(world, visit):
    """Posts to a cell as the script does."""

    def post(user, column, action=None, **fields):
        address = url("cell", (action or world.action).pk, column)
        return visit(user).post(address, {"base": 0, **fields}, headers=JSON)

    return post


def test_a_cell_is_saved_and_says_so(world, save):
    reply = save(world.cast.mentee, "results", value="Twenty people talk")
    assert reply.status_code == 200
    assert reply.json()["revision"] == 1
    assert reply.json()["by"] == str(world.cast.mentee)
    assert Cell.objects.get(action=world.action, column_key="results").language == "en"


def test_two_people_in_different_cells_never_disturb_each_other(world, save, colleague):
    assert save(world.cast.mentee, "results", value="Mine").status_code == 200
    assert save(colleague, "success", value="Hers").status_code == 200
    values = dict(world.action.cells.values_list("column_key", "value"))
    assert (values["results"], values["success"]) == ("Mine", "Hers")


def test_different_lines_of_one_list_are_merged(world, save, colleague):
    save(world.cast.mentee, "leads", value="City library\nBoard")
    mine = save(world.cast.mentee, "leads", base=1, base_value="City library\nBoard", value="City library\nThe board")
    hers = save(colleague, "leads", base=1, base_value="City library\nBoard", value="The city library\nBoard")
    assert mine.status_code == 200
    assert hers.json()["merged"]
    assert hers.json()["value"] == "The city library\nThe board"
    cell = Cell.objects.get(action=world.action, column_key="leads")
    assert cell.value == ["The city library", "The board"]


def test_a_stale_cell_shows_both_texts(world, save, colleague):
    save(world.cast.mentee, "what", value="A café in the library")
    reply = save(colleague, "what", base=0, base_value="", value="Two cafés")
    assert reply.status_code == 409
    assert reply.json()["theirs"] == "A café in the library"
    assert reply.json()["mine"] == "Two cafés"
    assert reply.json()["theirs_by"] == str(world.cast.mentee)


def test_without_a_script_a_stale_cell_is_a_page_with_both_texts(world, visit, save, colleague):
    save(world.cast.mentee, "what", value="A café in the library")
    reply = visit(colleague).post(url("cell", world.action.pk, "what"), {"base": 0, "value": "Two cafés"})
    assert reply.status_code == 409
    assert "Two cafés" in reply.content.decode()
    assert "library" in reply.content.decode()


def test_without_a_script_saving_leads_back_to_the_row(world, visit):
    reply = visit(world.cast.mentee).post(url("cell", world.action.pk, "success"), {"base": 0, "value": "x"})
    assert reply["Location"] == f"/plans/{world.plan.pk}/?open={world.action.pk}#action-{world.action.pk}"


def test_lists_are_one_entry_a_line(world, save):
    save(world.cast.mentee, "leads", value="- Library\n\n•  Board of education \n")
    assert Cell.objects.get(column_key="leads").value == ["Library", "Board of education"]


def test_a_period_is_dates_or_words(world, save):
    reply = save(world.cast.mentee, "time", date_from="2027-01-01", date_to="2027-06-30", words="")
    assert reply.json()["value"] == "1 January 2027 – 30 June 2027"
    reply = save(world.cast.mentee, "time", base=1, words="ongoing")
    assert reply.json()["value"] == "ongoing"


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"date_from": "2027-06-30", "date_to": "2027-01-01"}, "date_to"),
        ({"date_from": "the day after"}, "date_from"),
        ({"date_from": "0001-01-01"}, "date_from"),
        ({"date_to": "9999-12-31"}, "date_to"),
        ({"words": "x" * 201}, "words"),
        ({"base": "none"}, "base"),
        ({"base": "-1"}, "base"),
    ],
)
def test_a_wrong_period_is_told_at_its_field(world, save, fields, at):
    reply = save(world.cast.mentee, "time", **fields)
    assert reply.status_code == 422
    assert list(reply.json()["errors"]) == [at]


def test_a_huge_text_is_told_at_its_field_and_makes_no_row(world, save):
    reply = save(world.cast.mentee, "results", value="x" * 20_001)
    assert reply.status_code == 422
    assert "value" in reply.json()["errors"]
    assert not Cell.objects.filter(column_key="results").exists()


@pytest.mark.parametrize("text", ["\x00nul", "<script>alert(1)</script>", "=1+1", "\u202eright to left", "🏙️ \ud800"])
def test_odd_characters_never_break_the_page(world, visit, save, text):
    assert save(world.cast.mentee, "results", value=text.encode("utf-8", "surrogatepass")).status_code == 200
    page = visit(world.cast.mentee).get(url("plan", world.plan.pk))
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_an_unknown_column_is_not_there(world, save):
    assert save(world.cast.mentee, "no-such-column", value="x").status_code == 404


def test_readers_do_not_write_and_others_find_nothing(world, save):
    for role in ("mentor", "mentee_association", "group_member"):
        assert save(getattr(world.cast, role), "what", value="x").status_code == 403, role
    for role in ("superior", "administrator", "former_member", "other_city", "coordinator", "facilitator"):
        assert save(getattr(world.cast, role), "what", value="x").status_code == 404, role
    assert save(world.cast.anonymous, "what", value="x").status_code == 401


def test_what_the_facilitator_types_for_the_city_is_marked(world, visit, save):
    from django.utils import timezone

    assert save(world.cast.facilitator, "results", value="x").status_code == 404
    team = world.plan.team
    team.facilitator_may_write_at, team.facilitator_may_write_by = timezone.now(), world.cast.mentee
    team.save()
    assert save(world.cast.facilitator, "results", value="Typed for them").status_code == 200
    assert Cell.objects.get(column_key="results").on_behalf
    page = visit(world.cast.facilitator).get(url("plan", world.plan.pk)).content.decode()
    assert "You write on behalf of Riverton" in page
    assert "typed by the facilitator" in page
    assert url("freeze", world.plan.pk) not in page


def test_a_row_removed_meanwhile_still_takes_what_was_typed(world, save):
    services.remove_action(action=world.action, by=world.cast.mentee)
    assert save(world.cast.mentee, "results", value="Not lost").status_code == 200


def test_history_brings_an_earlier_text_back(world, visit, colleague):
    write(world.action, "results", "First", world.cast.mentee)
    write(world.action, "results", "Second", colleague)
    address = url("history", world.action.pk, "results")
    assert b"First" in visit(world.cast.mentee).get(address).content
    visit(world.cast.mentee).post(address, {"revision": 1})
    cell = Cell.objects.get(column_key="results")
    assert (cell.value, cell.revision) == ("First", 3)
    assert visit(world.cast.mentor).get(address).status_code == 403


def test_history_of_an_empty_cell_is_not_there(world, visit):
    assert visit(world.cast.mentee).get(url("history", world.action.pk, "success")).status_code == 404
    assert not Cell.objects.filter(column_key="success").exists()


def test_a_translation_stands_beside_the_original_and_is_marked_when_that_changes(world, visit):
    cell = write(world.action, "results", "Brīvprātīgie", world.cast.mentee, language="lv")
    client = visit(world.cast.mentee)
    page = client.get(url("translation", world.plan.pk)).content.decode()
    assert "Translation into English" in page
    reply = client.post(
        url("translate", world.action.pk, "results"), {"base": cell.revision, "value": "Volunteers"}, headers=JSON
    )
    assert reply.status_code == 200
    cell.refresh_from_db()
    assert (cell.translation, cell.translation_is_stale) == ("Volunteers", False)
    write(world.action, "results", "Brīvprātīgie zina", world.cast.mentee, language="lv")
    assert "the original changed since" in client.get(url("translation", world.plan.pk)).content.decode()


def test_the_language_of_a_cell_is_said_by_its_writers(world, visit):
    write(world.action, "results", "Voluntarios", world.cast.mentee)
    client, address = visit(world.cast.mentee), url("cell_language", world.action.pk, "results")
    assert address in client.get(f"{url('plan', world.plan.pk)}?open={world.action.pk}").content.decode()
    assert '<option value="en" selected>' in client.get(address).content.decode()
    client.post(address, {"language": "es"})
    assert Cell.objects.get(column_key="results").language == "es"
    assert client.post(address, {"language": "tlh"}).status_code == 422
    assert Cell.objects.get(column_key="results").language == "es"
    for page in ("plan", "translation"):
        assert 'lang="es"' in client.get(url(page, world.plan.pk)).content.decode()


def test_a_plan_in_another_language_takes_its_texts_with_it_but_no_exception(world):
    write(world.action, "results", "Freiwillige", world.cast.mentee)
    write(world.action, "success", "Voluntarios", world.cast.mentee, language="es")
    services.change_header(plan=world.plan, language="de", by=world.cast.mentee)
    languages = dict(world.action.cells.values_list("column_key", "language"))
    assert (languages["results"], languages["success"]) == ("de", "es")


def test_the_language_of_the_words_is_offered_and_taken_with_the_text(world, visit):
    words = "Las personas que llegaron en los últimos años aprenden la lengua en cursos, pero no la practican."
    address = url("cell", world.action.pk, "results")
    save = visit(world.cast.mentee).post
    fields = {"base": 0, "value": words}
    reply = save(address, fields, headers={"Accept": "application/json"}).json()
    assert reply["language_guess"] == {"code": "es", "name": "Español"}
    reply = save(address, fields | {"base": 1, "language": "es"}, headers={"Accept": "application/json"}).json()
    assert reply["language_guess"] is None
    assert Cell.objects.get(action=world.action, column_key="results").language == "es"


def test_whom_an_action_reaches_differently_is_folded_until_somebody_wrote_there(world, visit, save):
    opened = f"{url('plan', world.plan.pk)}?open={world.action.pk}"
    page = visit(world.cast.mentee).get(opened).content.decode()
    assert '<details class="folded-prompt">' in page
    assert page.count("<col ") == 8
    assert save(world.cast.mentee, "reach", value="Women with small children").status_code == 200
    page = visit(world.cast.mentee).get(opened).content.decode()
    assert '<details class="folded-prompt" open>' in page
    assert "Women with small children" in visit(world.cast.mentee).get(url("plan", world.plan.pk)).content.decode()
    version = services.freeze(plan=world.plan, name="With it", by=world.cast.mentee)
    assert "Women with small children" in visit(world.cast.mentee).get(url("version", version.pk)).content.decode()
    content = BUILDERS["action-plan"].gather(world.plan.pk, DocumentOptions("en")).content
    assert "Women with small children" in repr(content)
