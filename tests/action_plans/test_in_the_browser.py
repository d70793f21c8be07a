"""The table of a plan in a real browser: saved as one types, ordered by hand and by keyboard, and without scripts."""

import io
import subprocess

import pikepdf
import pytest
from playwright.sync_api import expect

from programmes.action_plans import services
from programmes.action_plans.models import Cell
from tests import staging
from tests.e2e.axe import assert_accessible

from .conftest import url, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def rows(world):
    """Three actions with dates and a text each."""
    by = world.cast.mentee
    found = [world.action, *(services.add_action(plan=world.plan, by=by) for _ in range(2))]
    for number, action in enumerate(found, start=1):
        write(action, "results", f"Result {number}", by)
        write(action, "time", {"from": f"2027-0{number}-01", "to": "2027-09-30", "words": ""}, by)
    return found


def results(page) -> list[str]:
    """What stands under expected results, from top to bottom."""
    return [cell.inner_text().strip() for cell in page.locator("td[data-label='Expected results']").all()]


def opened(page, number: int):
    """Opens a row to write in it."""
    page.get_by_role("link", name=f"Write in action {number}", exact=True).click()
    expect(page.get_by_label(f"Expected results, action {number}")).to_be_visible()
    return page


def tools(page, row) -> None:
    page.locator(f"#action-{row.pk} .plan-row__tools summary").click()


def drag(page, source: str, target: str) -> None:
    """In small steps, as a hand does: the table follows the pointer."""
    page.locator(source).scroll_into_view_if_needed()
    start, end = (page.locator(selector).bounding_box() for selector in (source, target))
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(start["x"] + 6, start["y"] + 15, steps=3)
    page.mouse.move(end["x"] + 5, end["y"] + 2, steps=25)
    page.mouse.up()


def test_typing_saves_each_cell_by_itself(browse, world, rows):
    staging.join(world.cast.superior, world.teams["mentee"])
    one, two = browse(world.cast.mentee), browse(world.cast.superior)
    for page in (one, two):
        page.goto(url("plan", world.plan.pk))
        opened(page, 1)
    one.get_by_label("Expected results, action 1").fill("Twenty people talk")
    two.get_by_label("How we will know, action 1").fill("They come back")
    for page in (one, two):
        expect(page.get_by_text("Saved at")).to_be_visible()
    expect(one.get_by_text("Also writing here: Superior")).to_be_visible()
    values = dict(Cell.objects.filter(action=world.action).values_list("column_key", "value"))
    assert (values["results"], values["success"]) == ("Twenty people talk", "They come back")


def test_dates_are_shown_in_words_and_in_the_timeline(browse, world, rows):
    page = browse(world.cast.mentee, allow=("422",))
    page.goto(url("plan", world.plan.pk))
    opened(page, 1).locator("summary", has_text="1 January 2027 – 30 September 2027").click()
    page.locator(f"#action-{rows[0].pk} [name=date_to]").fill("2027-03-31")
    expect(page.locator("summary", has_text="1 January 2027 – 31 March 2027")).to_be_visible()
    page.locator(f"#action-{rows[0].pk} [name=date_to]").fill("2026-03-31")
    expect(page.get_by_text("The end lies before the beginning.")).to_be_visible()
    page.locator(f"#action-{rows[0].pk} [name=date_to]").fill("2027-03-31")
    page.get_by_role("link", name="Done (action 1)").click()
    expect(page.locator(f"#action-{rows[0].pk}")).to_contain_text("1 January 2027 – 31 March 2027")
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator("#timeline-desc")).to_contain_text("31 March 2027")


def test_rows_move_by_keyboard_and_by_dragging(browse, world, rows):
    page = browse(world.cast.mentee)
    page.goto(url("plan", world.plan.pk))
    tools(page, rows[0])
    down = page.locator(f"#action-{rows[0].pk}").get_by_role("button", name="Move this action down")
    with page.expect_response(lambda reply: reply.url.endswith("/order/")):
        down.press("Enter")
    assert results(page) == ["Result 2", "Result 1", "Result 3"]
    expect(down).to_be_focused()
    expect(page.locator("#plan-said")).to_have_text("Action 1 is now number 2.")
    page.keyboard.press("Escape")
    with page.expect_response(lambda reply: reply.url.endswith("/order/")):
        drag(page, f"#action-{rows[2].pk} [data-grip]", f"#action-{rows[0].pk} [data-number]")
    assert results(page) == ["Result 2", "Result 3", "Result 1"]
    page.reload()
    assert results(page) == ["Result 2", "Result 3", "Result 1"]


def test_needs_are_tied_in_the_row(browse, world):
    page = browse(world.cast.mentee)
    page.goto(url("plan", world.plan.pk))
    page.get_by_role("link", name="Tie to needs").click()
    page.get_by_label(world.need.title).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".chip", has_text="Need 1")).to_be_visible()
    assert list(world.action.needs.all()) == [world.need]


def test_the_plan_is_made_frozen_and_shared_without_scripts(browse, world):
    page = browse(world.cast.mentee, javascript=False)
    page.goto(url("plan", world.plan.pk))
    page.get_by_role("button", name="Add an action").click()
    box = page.get_by_label("Expected results, action 2")
    box.fill("Written without a script")
    page.locator("form", has=box).get_by_role("button", name="Save").click()
    row = page.locator("tbody[data-action]").last
    row.locator("summary", has_text="Tools of action 2").click()
    row.get_by_role("button", name="Move this action up").click()
    assert results(page)[0] == "Written without a script"
    page.locator("summary", has_text="Tools of action 2").click()
    page.get_by_role("button", name="Remove action 2").click()
    page.locator("[data-gone]").get_by_role("button", name="Bring back").click()
    page.get_by_role("link", name="Freeze a version").click()
    page.get_by_label("Name of the version").fill("Second list")
    page.get_by_role("button", name="Freeze this version").click()
    page.get_by_role("link", name="Share").click()
    page.get_by_label("Harbourg").check()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("button", name="Recall (Harbourg)")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (360, True)])
def test_pages_are_accessible_and_fit(browse, world, rows, width, dark):
    services.remove_action(action=rows[2], by=world.cast.mentee)
    version = world.plan_version.pk
    mine = [
        url("plan", world.plan.pk),
        url("plan", world.plan.pk) + f"?open={world.action.pk}",
        url("plan", world.plan.pk) + f"?removed={rows[2].pk}",
        url("timeline", world.plan.pk),
        url("cell_language", world.action.pk, "results"),
        url("translation", world.plan.pk),
        url("header", world.plan.pk),
        url("freeze", world.plan.pk),
        url("version", version),
        url("share", version),
        url("ask_group", version),
        url("needs", world.action.pk),
        url("history", world.action.pk, "results"),
    ]
    for user, addresses in ((world.cast.mentee, mine), (world.cast.mentor, [url("plan", world.plan.pk)])):
        page = browse(user, width=width, dark=dark)
        for address in addresses:
            page.goto(address)
            for summary in page.locator("main details:not([data-menu]) > summary").all():
                summary.evaluate("element => (element.parentElement.open = true)")
            assert_accessible(page)
            assert page.evaluate(OVERFLOW) == 0, address


def test_the_text_that_was_clicked_opens_and_closes_again(browse, world, rows):
    page = browse(world.cast.mentee)
    page.goto(url("plan", world.plan.pk))
    page.get_by_text("Result 2").click()
    box = page.get_by_label("Expected results, action 2")
    expect(box).to_be_focused()
    page.keyboard.type(" grows")
    page.get_by_role("link", name="Done (action 2)").click()
    expect(page.get_by_text("Result 2 grows")).to_be_visible()
    expect(page.get_by_role("link", name="Write in action 2")).to_be_focused()
    assert page.locator("form[data-autosave]").count() == 0
    assert Cell.objects.get(action=rows[1], column_key="results").value == "Result 2 grows"


def test_a_row_with_something_unsaved_does_not_close(browse, world, rows):
    page = browse(world.cast.mentee, allow=("ERR_FAILED",))
    page.goto(url("plan", world.plan.pk))
    opened(page, 1)
    page.route("**/cells/**", lambda request: request.abort())
    box = page.get_by_label("Expected results, action 1")
    box.fill("Typed in the train")
    page.get_by_role("link", name="Done (action 1)").click()
    expect(box).to_be_focused()
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.unroute("**/cells/**")
    page.get_by_role("link", name="Done (action 1)").click()
    expect(page.locator("td[data-cell]", has_text="Typed in the train")).to_be_visible()


def test_what_a_colleague_saves_appears_in_a_row_that_is_read(browse, world, rows):
    page = browse(world.cast.mentee)
    page.goto(url("plan", world.plan.pk))
    write(rows[2], "results", "Written by a colleague", world.cast.mentee)
    expect(page.get_by_text("Written by a colleague")).to_be_visible(timeout=15_000)
    assert page.locator("form[data-autosave]").count() == 0


def test_after_removing_focus_and_words_are_where_the_row_was(browse, world, rows):
    page = browse(world.cast.mentee)
    page.goto(url("plan", world.plan.pk))
    opened(page, 3)
    tools(page, rows[1])
    page.get_by_role("button", name="Remove action 2").click()
    gone = page.locator(f"#removed-{rows[1].pk}")
    expect(gone).to_be_focused()
    expect(gone).to_contain_text("its texts are kept")
    expect(page.get_by_text("1 removed action")).to_be_visible()
    expect(page.locator(f"#action-{rows[2].pk} [data-number]")).to_have_text("2")
    expect(page.locator(f"#box-{rows[2].pk}-results")).to_be_visible()
    gone.get_by_role("button", name="Bring back").click()
    expect(page.locator(f"#action-{rows[1].pk}").get_by_role("link", name="Write in action 2")).to_be_focused()
    expect(page.get_by_text("1 removed action")).to_have_count(0)


def test_a_long_plan_is_walked_and_folded(browse, world, rows):
    for _ in range(6):
        services.add_action(plan=world.plan, by=world.cast.mentee)
    page = browse(world.cast.mentee)
    page.goto(url("plan", world.plan.pk))
    row = page.locator(f"#action-{rows[1].pk}")
    high = row.bounding_box()["height"]
    page.get_by_role("link", name="Fold all actions").click()
    assert row.bounding_box()["height"] < high
    page.get_by_text("Go to an action").click()
    page.locator(f"[data-jump='{rows[1].pk}'] a").click()
    assert row.bounding_box()["height"] == high
    row.get_by_role("link", name="Action 2", exact=True).click()
    assert row.bounding_box()["height"] < high


EDGES = "element => [getComputedStyle(element).borderColor, getComputedStyle(element).outlineStyle]"


@pytest.mark.parametrize(
    ("place", "current"),
    [
        (".site-nav a", "[aria-current]"),
        (".place__tabs a", "[aria-current]"),
        (".stage-strip__stop", ".stage-strip__stop--current"),
        (".plan-versions a", "[aria-current]"),
    ],
)
def test_in_the_readers_own_colours_one_still_sees_where_one_is(browse, world, place, current):
    page = browse(world.cast.mentee)
    page.emulate_media(forced_colors="active")
    page.goto(url("plan", world.plan.pk))
    here = page.locator(f"{place}{current}").first.evaluate(EDGES)
    others = [other.evaluate(EDGES) for other in page.locator(f"{place}:not({current})").all()]
    assert others
    assert here not in others


def test_the_page_is_printed_across_with_every_column(browse, world, rows):
    page = browse(world.cast.mentee)
    page.goto(url("plan", world.plan.pk))
    paper = page.pdf(prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(paper)) as file:
        _left, _bottom, width, height = map(float, file.pages[0].MediaBox)
        assert width > height
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=paper, capture_output=True, check=True).stdout
    assert all(words in text.decode() for words in ("Result 3", "2027", "How we will know"))
    assert "Add an action" not in text.decode()
