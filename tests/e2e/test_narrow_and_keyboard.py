"""The same work on a telephone, without a mouse and without JavaScript."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from programmes.accounts.models import User
from programmes.action_plans.services import add_action
from tests.cast import World
from tests.factories import PASSWORD
from tests.services import Worker

from .documents import text_of
from .people import Meet, Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def pages(world: World) -> dict[User, list[str]]:
    """Main pages, each with somebody who works there."""
    programme, partnership = [world.programme.pk], [world.partnership.pk]
    city = world.teams["mentee"].enrolment.organisation
    return {
        world.cast.mentee: [
            reverse("overview:my_work"),
            reverse("overview:board", args=programme),
            reverse("overview:partnership", args=partnership),
            reverse("assessments:forms"),
            reverse("assessments:form", args=[world.response.pk]) + "?all=1",
            reverse("assessments:form", args=[world.response.pk]) + "?section=local&all=1",
            reverse("assessments:needs", args=[world.response.pk]),
            reverse("assessments:share", args=[world.response.pk]),
            reverse("action_plans:plan", args=[world.plan.pk]),
            reverse("action_plans:translation", args=[world.plan.pk]),
            reverse("action_plans:version", args=[world.plan_version.pk]),
            reverse("participants:directory"),
            reverse("participants:organisation", args=[city.pk]),
            reverse("participants:organisation_change", args=[city.pk]),
            reverse("partnerships:support_group_change", args=[world.group.pk]),
            reverse("reports:documents"),
            reverse("accounts:profile"),
        ],
        world.cast.mentor: [reverse("assessments:read", args=[world.response.pk])],
        world.cast.coordinator: [
            reverse("partnerships:people", args=programme),
            reverse("partnerships:pair", args=programme),
            reverse("overview:board", args=programme) + "?view=table",
        ],
    }


def test_nothing_scrolls_sideways_on_a_telephone(world: World, seat: Meet):
    too_wide = []
    for user, addresses in pages(world).items():
        person = seat(user, width=360)
        for address in addresses:
            person.go(address)
            too_wide += [(address, over)] if (over := person.page.evaluate(OVERFLOW)) else []
    assert too_wide == []


def test_signing_in_with_the_keyboard(world: World, meet: Meet):
    mentee = meet("Mentee", world.cast.mentee.email).go("/sign/login/")
    mentee.tabs_to(mentee.field("E-mail")).types(mentee.email)
    mentee.tabs_to(mentee.field("Password")).types(PASSWORD).keys("Enter")
    expect(mentee.page.get_by_role("heading", name="My work")).to_be_visible()
    mentee.keys("Tab")
    expect(mentee.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    mentee.keys("Enter")
    expect(mentee.main).to_be_focused()


def test_the_long_form_with_the_keyboard(world: World, seat: Meet):
    mentee = seat(world.cast.mentee).go(reverse("assessments:form", args=[world.response.pk]))
    box = mentee.field("Impact wanted")
    mentee.tabs_to(box, most=80).types("Nobody waits.")
    expect(mentee.state_of(box)).to_have_attribute("data-state", "saved")
    folded = mentee.main.locator("summary", has_text="Whom do you need on board?")
    mentee.tabs_to(folded).keys("Enter").keys("Tab")
    mentee.types("The adult school")
    expect(mentee.page.locator("textarea:focus")).to_have_value("The adult school")
    mentee.page.keyboard.press("Shift+Tab")
    expect(folded).to_be_focused()


def test_rows_change_places_with_the_keyboard(world: World, seat: Meet):
    second = add_action(plan=world.plan, by=world.cast.mentee)
    mentee = seat(world.cast.mentee).go(reverse("action_plans:plan", args=[world.plan.pk]))
    row = mentee.page.locator(f"#action-{second.pk}")
    mentee.tabs_to(row.get_by_role("link", name="Write in action 2"), most=80).keys("Enter")
    expect(mentee.cell("Action", 2)).to_be_focused()
    mentee.type_and_be_saved(mentee.cell("Action", 2), "Ask the library")
    mentee.tabs_to(mentee.main.get_by_role("link", name="Done (action 2)")).keys("Enter")
    expect(row.get_by_role("link", name="Write in action 2")).to_be_focused()
    mentee.keys("Tab", "Enter").tabs_to(row.get_by_role("button", name="Move this action up"))
    with mentee.page.expect_response("**/order/"):
        mentee.keys("Enter")
    expect(mentee.page.locator("#plan-said")).to_have_text("Action 2 is now number 1.")
    expect(row.get_by_role("button", name="Move this action down")).to_be_focused()
    mentee.tabs_to(row.get_by_label("Move to place …")).types("2")
    with mentee.page.expect_response("**/order/"):
        mentee.keys("Enter")
    expect(mentee.page.locator("#plan-said")).to_have_text("Action 1 is now number 2.")
    mentee.page.reload()
    expect(mentee.page.locator("tbody[data-action]").last).to_contain_text("Ask the library")


def test_the_main_work_without_javascript(world: World, worker: Worker, meet: Meet, tmp_path: Path):
    mentee = meet("Mentee", world.cast.mentee.email, javascript=False, width=360).sign_in(PASSWORD)
    to_the_partnership(mentee).click("Needs analysis of Riverton")
    mentee.fill("Impact wanted", "Nobody waits longer than a month.").press("Save Impact wanted")
    expect(mentee.field("Impact wanted")).to_have_value("Nobody waits longer than a month.")
    add_a_row(mentee)
    mentee.unfold("As PDF or DOCX").press("Make the document")
    assert "Train six volunteers" in text_of(mentee.takes_document(tmp_path))


def to_the_partnership(mentee: Person) -> Person:
    """My work fetches its rows with a script; without one a link leads to them."""
    return mentee.go("/").click("Your partnerships", "Riverton")


def add_a_row(mentee: Person) -> None:
    to_the_partnership(mentee).click("Learning Latvian together").press("Add an action")
    mentee.cell("Action", 2).fill("Train six volunteers")
    row = mentee.page.locator("tbody[data-action]").last
    row.get_by_role("button", name="Save").first.click()
    expect(mentee.cell("Action", 2)).to_have_value("Train six volunteers")
    row.locator("summary", has_text="Tools of action 2").click()
    row.get_by_role("button", name="Move this action up").click()
    expect(mentee.page.locator("tbody[data-action]").first).to_contain_text("Train six volunteers")
