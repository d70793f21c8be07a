"""The pages in a real browser: usable by everybody, narrow and wide, light and dark, within the policy."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from programmes.common import choosing
from programmes.common.access import Access
from programmes.conversations.services import begin
from programmes.partnerships.models import Invitation
from programmes.partnerships.services.invitations import path_of
from tests.e2e import axe
from tests.factories import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def addresses(world) -> dict:
    """One page of each layout, and who looks at it."""
    programme, partnership = world.programme.pk, world.partnership.pk

    def pages(**names):
        return [reverse(f"partnerships:{name}", args=[pk]) for name, pk in names.items()]

    return {
        world.coordinator: pages(people=programme, settings=programme, stages=programme, pair=programme)
        + pages(enrolment=world.mentee.enrolment.pk, partnership_change=partnership, history=partnership),
        world.mentee_user: pages(team=world.mentee.pk, dates=partnership, member_end=world.mentee.members.get().pk),
    }


@pytest.fixture
def invitation(world) -> Invitation:
    return Invitation.objects.create(
        email="new@example.org",
        name="New",
        team=world.mentee,
        invited_by=world.mentee_user,
        expires_at=timezone.now() + timedelta(days=3),
    )


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_pages_are_accessible_and_fit(browse, world, invitation, width, dark):
    wrong = []
    for user, paths in [*addresses(world).items(), (None, [path_of(invitation)])]:
        page = browse(user, width=width, dark=dark)
        for path in paths:
            page.goto(path)
            wrong += [(path, why) for why in axe.violations(page)]
            wrong += [(path, "too wide")] * bool(page.evaluate(OVERFLOW))
    assert wrong == []


def test_a_newcomer_follows_the_link_copied_for_them(browse, world, invitation):
    team = browse(world.mentee_user)
    team.goto(reverse("partnerships:team", args=[world.mentee.pk]))
    link = team.get_by_label("Link for New").input_value()
    page = browse()
    page.goto(link)
    page.get_by_label("Choose a password").fill("ocean-tram-42")
    page.get_by_label("The same password again").fill("ocean-tram-42")
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/partnerships/**")
    team.reload()
    newcomer = team.get_by_role("row").filter(has_text="new@example.org")
    assert newcomer.get_by_text("address not confirmed").is_visible()


@pytest.fixture
def cities_beyond_what_fits(world, monkeypatch):
    monkeypatch.setattr(choosing, "FITS", 2)
    return [world.enrol("mentor", name) for name in ("Kaunas", "Lund", "Turku")]


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_a_city_is_found_and_chosen_by_the_keyboard(browse, world, cities_beyond_what_fits, width, dark):
    page = browse(world.coordinator, width=width, dark=dark)
    page.goto(reverse("partnerships:pair", args=[world.programme.pk]))
    mentors = page.get_by_role("group", name="Mentor")
    expect(mentors.get_by_role("button")).to_have_count(0)
    mentors.get_by_role("searchbox").press_sequentially("turk")
    expect(mentors.get_by_role("status")).to_have_text("1 found")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    mentors.get_by_role("searchbox").fill("lund")
    expect(mentors.get_by_role("checkbox")).to_have_count(2)
    expect(mentors.get_by_role("checkbox", name="Turku")).to_be_checked()
    assert axe.violations(page) == []
    assert not page.evaluate(OVERFLOW)


def test_who_is_signed_out_while_searching_loses_nothing_typed(browse, world, cities_beyond_what_fits):
    """A page asks for parts of itself while somebody types in another: it stays, and asks to sign in."""
    page = browse(world.coordinator, allow=("401",))
    page.goto(reverse("partnerships:pair", args=[world.programme.pk]))
    mentors = page.get_by_role("group", name="Mentor")
    expect(mentors.get_by_role("status")).not_to_be_empty()
    page.locator("#id_reason").fill("Both are small.")
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    mentors.get_by_role("searchbox").press_sequentially("turk")
    notice = page.get_by_role("alert").filter(has_text="You are signed out")
    expect(notice).to_be_visible()
    expect(page.locator("#id_reason")).to_have_value("Both are small.")
    _sign_in_again(page, notice, world.coordinator)
    mentors.get_by_role("searchbox").fill("lund")
    expect(mentors.get_by_role("checkbox", name="Lund")).to_be_visible()
    expect(page.locator("#id_reason")).to_have_value("Both are small.")


def test_who_is_signed_out_while_answering_sends_the_same_words_afterwards(browse, world):
    row = begin(sides=world.partnership.current_in("mentee", "mentor"), text="Why?", access=Access(world.mentor_user))
    page = browse(world.mentee_user, allow=("401",))
    page.goto(reverse("conversations:conversation", args=[row.pk]))
    page.get_by_text("Answer", exact=True).click()
    page.get_by_label("Your message").fill("Because the trams are slow.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send").click()
    notice = page.get_by_role("alert").filter(has_text="You are signed out")
    expect(page.get_by_label("Your message")).to_have_value("Because the trams are slow.")
    _sign_in_again(page, notice, world.mentee_user)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".conversation__message").last).to_contain_text("Because the trams are slow.")
    assert row.messages.count() == 2


def _sign_in_again(page, notice, user):
    """In a tab of its own, as the notice proposes."""
    with page.context.expect_page() as opened:
        notice.get_by_role("link").click()
    tab = opened.value
    tab.locator("input[name=login]").fill(user.email)
    tab.locator("input[name=password]").fill(PASSWORD)
    tab.locator("input[name=password]").press("Enter")
    tab.wait_for_load_state()
    page.bring_to_front()
    expect(notice).to_have_count(0)
