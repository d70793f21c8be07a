"""The calendar by month and as a list, and the page of one's own address."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from programmes.accounts.calendar_feeds import feed_of, token_of
from programmes.common import clock
from programmes.overview import calendar
from programmes.partnerships.models import StageDate
from programmes.partnerships.services.partnerships import record_dates
from tests.cast import World

pytestmark = pytest.mark.django_db

DAY = date(2027, 3, 17)
PAGE = "/calendar/"


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def dated(world: World) -> StageDate:
    StageDate.objects.all().delete()
    stage = world.programme.stages.filter(partnership=None)[2]
    changed = {stage: {"planned_on": DAY, "note": "Town hall"}}
    record_dates(partnership=world.partnership, dates=changed, by=world.cast.facilitator)
    return StageDate.objects.get(stage=stage, partnership=world.partnership)


def text(user, **asked) -> str:
    return client_of(user).get(PAGE, asked).content.decode()


def items(user, **asked) -> list:
    weeks = client_of(user).get(PAGE, asked).context["weeks"]
    return [item for week in weeks for cell in week for item in cell.items]


def test_a_month_and_a_list_hold_the_same(world: World, dated: StageDate):
    user = world.cast.mentee
    (of_month,) = items(user, month="2027-03")
    listed = client_of(user).get(PAGE, {"month": "2027-03", "as": "list"})
    assert listed.context["days"] == [of_month]
    for page in (text(user, month="2027-03"), listed.content.decode()):
        assert str(dated.stage) in page
        assert "Town hall" in page
        assert f'href="{world.partnership.get_absolute_url()}"' in page
    assert reverse("partnerships:date_file", args=[dated.pk]) in listed.content.decode()


def test_weeks_begin_on_monday_and_the_month_is_whole(world: World, dated: StageDate):
    weeks = client_of(world.cast.mentee).get(PAGE, {"month": "2027-03"}).context["weeks"]
    assert all(week[0].day.weekday() == 0 and len(week) == 7 for week in weeks)
    inside = [cell.day for week in weeks for cell in week if cell.inside]
    assert inside == [date(2027, 3, day) for day in range(1, 32)]


@pytest.mark.parametrize("role", ["other_city", "other_programme", "superior", "former_member", "administrator"])
def test_whoever_does_not_see_the_partnership_sees_no_date_of_it(world: World, dated: StageDate, role: str):
    user = getattr(world.cast, role)
    assert not items(user, month="2027-03")
    assert "Riverton" not in text(user, month="2027-03", **{"as": "list"})


def test_a_support_group_sees_the_day_and_no_note(world: World, dated: StageDate):
    page = text(world.cast.group_member, month="2027-03")
    assert str(dated.stage) in page
    assert "Town hall" not in page
    assert world.partnership.get_absolute_url() not in page


def test_of_one_partnership_or_one_programme(world: World, dated: StageDate):
    user = world.cast.coordinator
    assert len(items(user, month="2027-03", partnership=world.partnership.pk)) == 1
    assert not items(user, month="2027-03", partnership=world.other_partnership.pk)
    assert len(items(user, month="2027-03", programme=world.programme.pk)) == 1
    client = client_of(world.cast.other_city)
    assert client.get(PAGE, {"partnership": world.partnership.pk}).status_code == 404
    assert client.get(PAGE, {"programme": world.other_programme.pk}).status_code == 404


def test_what_was_called_off_is_not_drawn(world: World, dated: StageDate):
    changed = {dated.stage: {"planned_on": None}}
    record_dates(partnership=world.partnership, dates=changed, by=world.cast.facilitator)
    assert not items(world.cast.mentee, month="2027-03")


def test_an_empty_month_says_so_and_leads_to_the_next_date(world: World, dated: StageDate):
    page = text(world.cast.mentee, month="2027-01")
    assert "No dates in January 2027." in page
    assert "month=2027-03" in page
    assert "No dates in January 2027." in text(world.cast.mentee, month="2027-01", **{"as": "list"})


def test_a_day_with_too_many_dates_leads_to_its_list(world: World, dated: StageDate, monkeypatch):
    monkeypatch.setattr(calendar, "MOST_IN_A_MONTH", 0)
    page = text(world.cast.mentee, month="2027-03")
    assert "1 date" in page
    assert f"day={DAY.isoformat()}" in page
    of_day = client_of(world.cast.mentee).get(PAGE, {"day": DAY.isoformat()})
    assert [item.pk for item in of_day.context["days"]] == [dated.pk]
    assert not client_of(world.cast.mentee).get(PAGE, {"day": "2027-03-18"}).context["days"]


WRONG = ["2027-13", "2027-3", "0000-01", "9999-12", "x", "2027-03-01", "\u0662\u0660\u0662\u0667-03", "-1", "2027-03&"]


@pytest.mark.parametrize("month", WRONG)
def test_a_month_that_is_none_is_this_one(world: World, month: str):
    answer = client_of(world.cast.mentee).get(PAGE, {"month": month, "page": "x"})
    assert answer.context["first"] == clock.today().replace(day=1)


@pytest.mark.parametrize("number", ["x", "0", "9" * 30, "-1", "1.5", "²"])
def test_a_partnership_that_is_none_is_not_there(world: World, number: str):
    assert client_of(world.cast.mentee).get(PAGE, {"partnership": number}).status_code == 404


@pytest.mark.parametrize("month", ["1990-01", "2200-12"])
def test_the_first_and_the_last_month(world: World, month: str):
    for shown in ("month", "list"):
        assert client_of(world.cast.mentee).get(PAGE, {"month": month, "as": shown}).status_code == 200


def test_my_work_a_partnership_and_the_page_of_dates_offer_the_file(world: World, dated: StageDate):
    StageDate.objects.filter(pk=dated.pk).update(planned_on=clock.today() + timedelta(days=9))
    client, offered = client_of(world.cast.mentee), reverse("partnerships:date_file", args=[dated.pk])
    pages = ("/", world.partnership.get_absolute_url(), reverse("partnerships:dates", args=[world.partnership.pk]))
    for address in pages:
        assert offered in client.get(address).content.decode(), address


def test_the_address_is_made_renewed_and_switched_off(world: World):
    client, user = client_of(world.cast.mentee), world.cast.mentee
    address = reverse("overview:calendar_address")
    assert "Make my address" in client.get(address).content.decode()
    assert feed_of(user) is None
    client.post(address, {"do": "make"})
    first = token_of(feed_of(user))
    page = client.get(address).content.decode()
    assert f'value="http://testserver/calendar/{first}.ics"' in page
    assert f'href="webcal://testserver/calendar/{first}.ics"' in page
    client.post(address, {"do": "busy"})
    assert feed_of(user).busy_only
    client.post(address, {"do": "details"})
    assert not feed_of(user).busy_only
    client.post(address, {"do": "renew"})
    assert token_of(feed_of(user)) != first
    client.post(address, {"do": "end"})
    assert feed_of(user) is None
    assert client.post(address, {"do": "nothing"}).status_code == 404
    assert client.post(address).status_code == 404


def test_in_spanish(world: World, dated: StageDate):
    user = world.cast.mentee
    user.language = "es"
    user.save()
    page = text(user, month="2027-03")
    assert "Marzo de 2027" in page
    assert dated.stage.title["es"] in page
