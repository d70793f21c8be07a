"""Two colleagues in one needs analysis and one plan, on the real pages: nothing is lost, nobody is surprised.

How a single box behaves in each case is told in `tests/common/test_in_the_browser.py`.
"""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from programmes.accounts.models import User
from tests import staging
from tests.cast import World
from tests.factories import PASSWORD

from .people import Meet, Person

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CHALLENGES = "Challenges, problems or needs"
WRITTEN = "Courses end at A2 and nobody practises."
"""The answer of the world's mentee to the first question."""


@pytest.fixture
def colleague(world: World) -> User:
    (user,) = staging.users("anna_berzina")
    staging.join(user, world.teams["mentee"])
    return user


@pytest.fixture
def form(world: World) -> str:
    return reverse("assessments:form", args=[world.response.pk])


@pytest.fixture
def plan(world: World) -> str:
    return reverse("action_plans:plan", args=[world.plan.pk])


def adds(person: Person, words: str) -> None:
    """At the end of the first answer."""
    box = person.field(CHALLENGES)
    box.focus()
    person.page.keyboard.press("Control+End")
    person.page.keyboard.insert_text(words)


def begins(person: Person, words: str) -> None:
    """At the beginning of the first answer."""
    box = person.field(CHALLENGES)
    box.focus()
    person.page.keyboard.press("Control+Home")
    person.page.keyboard.insert_text(words)


def test_each_sees_the_other_and_both_texts_meet(world: World, colleague: User, form: str, seat: Meet):
    first, second = seat(world.cast.mentee, allow=("409",)).go(form), seat(colleague).go(form)
    here, there = (person.page.locator("[data-presence]") for person in (first, second))
    expect(here).to_have_text("Also writing here: Anna Berzina")
    expect(there).to_have_text("Also writing here: Mentee")

    adds(first, "\n\nThe second level is missing.")
    expect(first.state_of(first.field(CHALLENGES))).to_have_attribute("data-state", "saved")
    begins(second, "In Riverton: ")
    expect(second.field(CHALLENGES)).to_have_value(f"In Riverton: {WRITTEN}\n\nThe second level is missing.")

    begins(first, "Since May: ")
    expect(first.state_of(first.field(CHALLENGES))).to_have_attribute("data-state", "conflict")
    both = first.main.get_by_role("group", name="Two texts for one place")
    expect(both).to_contain_text("Anna Berzina")
    both.get_by_role("button", name="Save mine in its place").click()
    expect(first.field(CHALLENGES)).to_have_value(f"Since May: {WRITTEN}\n\nThe second level is missing.")

    second.go("/")
    expect(here).to_have_text("", timeout=30_000)


def test_two_people_meet_only_in_the_same_cell(world: World, colleague: User, plan: str, seat: Meet):
    first, second = (seat(who, allow=("409",)).go(plan).opens(1) for who in (world.cast.mentee, colleague))
    first.type_and_be_saved(first.cell("Expected results", 1), "Forty people meet each week")
    # Whoever stands in a box does not get what a colleague saves in it.
    first.cell("How we will know", 1).focus()
    second.type_and_be_saved(second.cell("How we will know", 1), "A count at the door")
    first.cell("How we will know", 1).fill("A list of names")
    both = first.main.get_by_role("group", name="Two texts for one place")
    expect(both).to_contain_text("A count at the door")
    both.get_by_role("button", name="Keep this one and discard mine").click()
    first.page.reload()
    first.opens(1)
    expect(first.cell("Expected results", 1)).to_have_value("Forty people meet each week")
    expect(first.cell("How we will know", 1)).to_have_value("A count at the door")


def test_a_sign_in_that_ends_while_typing(world: World, plan: str, seat: Meet):
    mentee = seat(world.cast.mentee, allow=("401", "403")).go(plan).opens(1)
    Session.objects.all().delete()
    box = mentee.cell("Expected results", 1)
    box.fill("Forty people meet each week")
    with mentee.page.context.expect_page() as opened:
        mentee.main.get_by_role("link", name="Sign in (opens a new tab)").click()
    Person(mentee.name, mentee.email, opened.value).enter_password(PASSWORD)
    mentee.page.bring_to_front()
    expect(mentee.state_of(box)).to_have_attribute("data-state", "saved")
    mentee.page.reload()
    mentee.opens(1)
    expect(box).to_have_value("Forty people meet each week")


def test_a_text_typed_without_network_is_offered_next_time(world: World, form: str, seat: Meet):
    mentee = seat(world.cast.mentee).go(form)
    mentee.page.wait_for_load_state("networkidle")
    mentee.page.on("dialog", lambda question: question.accept())
    # A route would not meet what is sent on closing, which is to fail as well.
    mentee.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    adds(mentee, "\n\nTyped in the train.")
    expect(mentee.state_of(mentee.field(CHALLENGES))).to_have_attribute("data-state", "offline")
    mentee.page.reload()
    offer = mentee.main.get_by_role("group", name="A text that did not reach us")
    expect(offer).to_contain_text("Typed in the train.")
    offer.get_by_role("button", name="Put it into the box").click()
    expect(mentee.state_of(mentee.field(CHALLENGES))).to_have_attribute("data-state", "saved")
    mentee.page.reload()
    expect(mentee.field(CHALLENGES)).to_have_value(f"{WRITTEN}\n\nTyped in the train.")


def test_without_scripts_an_ended_sign_in_keeps_the_answer(world: World, form: str, seat: Meet):
    mentee = seat(world.cast.mentee, javascript=False).go(form)
    mentee.fill(CHALLENGES, "Written without any script.")
    Session.objects.all().delete()
    mentee.press("Save Challenges, problems or needs").enter_password(PASSWORD)
    mentee.reads("What you typed was kept", "Written without any script.").press("Send it again")
    expect(mentee.field(CHALLENGES)).to_have_value("Written without any script.")
