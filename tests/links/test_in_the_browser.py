"""On a phone, 360 pixels wide, without JavaScript: a seat is taken, a question answered, and the answer stands beside
the needs analysis."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from programmes.common import clock
from programmes.conversations.groups.services import links_of
from programmes.conversations.models import Asking, GroupAnswer
from programmes.links.tokens import path_of
from programmes.partnerships.services.partnerships import record_dates
from tests.cast import World
from tests.e2e import axe

from .scene import asked, invited, member

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def fits(page: Page) -> None:
    assert page.evaluate(OVERFLOW) <= 0, page.url


def test_a_seat_is_taken_on_a_phone_without_javascript(browse, world: World):
    holder = invited(world)
    phone = browse(width=360, javascript=False)
    phone.goto(path_of(holder.link))
    fits(phone)
    phone.get_by_role("button", name="Open", exact=True).click()
    fits(phone)
    phone.get_by_role("button", name="Take the seat").click()
    expect(phone.get_by_text("the seat is yours")).to_be_visible()
    expect(phone).to_have_url(f"{phone.url.split('/l/')[0]}{holder.work}")


def test_an_answer_by_phone_stands_beside_the_needs_analysis(browse, world: World):
    person = member(world).link.person
    city = browse(world.cast.mentee)
    city.goto(f"{reverse('assessments:ask_group', args=[world.response.pk])}?part=challenge.what")
    city.get_by_role("button", name="Ask", exact=True).click()
    expect(city.get_by_role("heading", name="What the group says")).to_be_visible()
    link = links_of(Asking.objects.get()).get(person=person)
    phone = browse(width=360, javascript=False)
    phone.goto(path_of(link))
    phone.get_by_role("button", name="Open", exact=True).click()
    fits(phone)
    phone.locator("textarea").first.fill("Nobody dares to ask for patience.")
    phone.get_by_role("button", name="Save my answer").click()
    expect(phone.get_by_text("your answer is saved")).to_be_visible()
    assert GroupAnswer.objects.get().by_link
    city.goto(f"{world.response.get_absolute_url()}?section=challenge")
    expect(city.get_by_text("Nobody dares to ask for patience.")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(360, True), (1440, False)])
def test_pages_are_accessible_and_fit(browse, world: World, width: int, dark: bool):
    person = member(world).link.person
    asking = asked(world, "What is missing?", "Who helps?")
    link, group = links_of(asking).get(person=person), world.group
    guest, city = browse(width=width, dark=dark), browse(world.cast.mentee, width=width, dark=dark)
    wrong = []

    def look(page: Page) -> None:
        wrong.extend((page.url, why) for why in axe.violations(page))
        wrong.extend([(page.url, "too wide")] * bool(page.evaluate(OVERFLOW) > 0))

    guest.goto(path_of(link))
    look(guest)
    guest.get_by_role("button", name="Open", exact=True).click()
    look(guest)
    for path in (
        group.get_absolute_url(),
        asking.get_absolute_url(),
        reverse("conversations:ask_group", args=[group.pk]),
        reverse("partnerships:seat_links", args=[group.pk]),
        reverse("partnerships:support_group_about", args=[group.pk]),
    ):
        city.goto(path)
        look(city)
    assert wrong == []


def copied(page: Page) -> str:
    """By the first button for messengers, after pressing it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy for messenger").first.click()
    expect(page.get_by_role("button", name="Copied").first).to_be_visible()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_links_and_dates_are_copied_with_words(browse, world: World):
    holder = invited(world, "")
    stage = world.programme.stages.filter(partnership=None)[2]
    day = clock.today() + timedelta(days=3)
    record_dates(partnership=world.partnership, dates={stage: {"planned_on": day}}, by=world.cast.facilitator)
    city = browse(world.cast.mentee)
    city.goto(world.group.get_absolute_url())
    words, address = copied(city).split("\n")
    assert words == "Riverton offers you a seat in its local support group"
    assert address.endswith(path_of(holder.link))
    city.goto(f"/calendar/?as=list&month={day:%Y-%m}")
    words, address = copied(city).split("\n")
    assert str(stage) in words
    assert address.endswith(world.partnership.get_absolute_url())
