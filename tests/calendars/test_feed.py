"""The feed of a person: what stands in it, what leaves it, and who gets nothing."""

import gzip
import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from programmes.accounts import calendar_feeds
from programmes.accounts.models import CalendarFeed, User
from programmes.accounts.services import ask_for_erasure
from programmes.common import clock
from programmes.overview.privacy import own_data
from programmes.partnerships.models import StageDate
from programmes.partnerships.services import partnerships
from programmes.partnerships.services.stages import restore_stage, retire_stage
from programmes.partnerships.services.teams import end_member
from tests.cast import World

from .reading import agreed, by_icalendar

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)


def address_of(user: User) -> str:
    return reverse("overview:calendar_feed", args=[calendar_feeds.token_of(calendar_feeds.make_feed(user=user))])


def feed(user: User) -> list[dict]:
    answer = Client().get(address_of(user))
    assert answer.status_code == 200
    return by_icalendar(answer.content)


def agree(world: World, day: date | None, key: str = "visit_1", **more) -> StageDate:
    stage = world.programme.stages.get(key=key)
    changed = {"planned_on": day, **more}
    partnerships.record_dates(partnership=world.partnership, dates={stage: changed}, by=world.cast.facilitator)
    return StageDate.objects.get(partnership=world.partnership, stage=stage)


@pytest.fixture
def soon() -> date:
    return clock.today() + MONTH


@pytest.fixture
def dated(world: World, soon: date) -> StageDate:
    StageDate.objects.all().delete()
    key = world.programme.stages.filter(partnership=None)[2].key
    return agree(world, soon, key, note="Town hall, room 3")


def stage_key(dated: StageDate) -> str:
    return dated.stage.key


def test_an_agreed_date_stands_in_it_as_a_whole_day_with_a_way_back(world: World, dated: StageDate, soon: date):
    answer = Client().get(address_of(world.cast.mentee))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (entry,) = agreed(answer.content)
    assert entry["whole_days"]
    assert entry["start"] == soon.isoformat()
    assert entry["title"] == f"{dated.stage} · Riverton — Harbourg"
    assert entry["url"] == f"http://testserver{world.partnership.get_absolute_url()}"
    assert "Town hall, room 3" in entry["text"]
    assert entry["status"] == "CONFIRMED"


@pytest.mark.parametrize("role", ["mentee", "mentor", "facilitator", "coordinator", "mentee_association"])
def test_it_holds_what_the_person_may_see(world: World, dated: StageDate, role: str):
    assert [entry["text"].split("\n")[0] for entry in feed(getattr(world.cast, role))] == ["Town hall, room 3"]


@pytest.mark.parametrize("role", ["other_city", "other_programme", "superior", "former_member", "administrator"])
def test_and_nothing_of_what_the_person_may_not_see(world: World, dated: StageDate, role: str):
    answer = Client().get(address_of(getattr(world.cast, role)))
    assert answer.status_code == 200
    assert by_icalendar(answer.content) == []
    assert b"Riverton" not in answer.content


def test_a_support_group_gets_the_day_without_the_partnership(world: World, dated: StageDate, soon: date):
    (entry,) = feed(world.cast.group_member)
    assert entry["start"] == soon.isoformat()
    assert "Town hall" not in str(entry)
    assert "/partnerships/" not in str(entry)


def test_a_date_that_moves_stays_the_same_entry_and_counts_on(world: World, dated: StageDate, soon: date):
    (before,) = feed(world.cast.mentee)
    with clock.at(clock.now() + timedelta(minutes=5)):
        agree(world, soon + timedelta(days=3), stage_key(dated))
    (after,) = feed(world.cast.mentee)
    assert after["uid"] == before["uid"]
    assert after["start"] == (soon + timedelta(days=3)).isoformat()
    assert after["revision"] > before["revision"]


def test_a_date_that_nobody_wants_any_more_is_cancelled_on_its_day(world: World, dated: StageDate, soon: date):
    (before,) = feed(world.cast.mentee)
    with clock.at(clock.now() + timedelta(minutes=5)):
        agree(world, None, stage_key(dated))
    (after,) = feed(world.cast.mentee)
    assert (after["status"], after["start"], after["uid"]) == ("CANCELLED", soon.isoformat(), before["uid"])
    assert after["revision"] > before["revision"]
    with clock.at(clock.now() + timedelta(minutes=9)):
        agree(world, soon + MONTH, stage_key(dated))
    (again,) = feed(world.cast.mentee)
    assert (again["status"], again["start"]) == ("CONFIRMED", (soon + MONTH).isoformat())
    assert again["revision"] > after["revision"]


def test_a_stage_out_of_use_and_back_again(world: World, dated: StageDate):
    (before,) = feed(world.cast.mentee)
    other = world.programme.stages.filter(partnership=None).exclude(pk=dated.stage_id)[3]
    agree(world, clock.today() + MONTH, other.key)
    with clock.at(clock.now() + timedelta(minutes=5)):
        retire_stage(stage=dated.stage, by=world.cast.coordinator, move_to=other)
    gone = next(entry for entry in feed(world.cast.mentee) if entry["uid"] == before["uid"])
    assert gone["status"] == "CANCELLED"
    assert gone["revision"] > before["revision"]
    with clock.at(clock.now() + timedelta(minutes=9)):
        restore_stage(stage=dated.stage, by=world.cast.coordinator)
        agree(world, clock.today() + MONTH, stage_key(dated))
    back = next(entry for entry in feed(world.cast.mentee) if entry["uid"] == before["uid"])
    assert back["status"] == "CONFIRMED"
    assert back["revision"] > gone["revision"]


def test_a_partnership_that_ends_calls_off_what_was_to_come(world: World, dated: StageDate):
    (before,) = feed(world.cast.mentee)
    with clock.at(clock.now() + timedelta(minutes=5)):
        partnerships.end_partnership(partnership=world.partnership, by=world.cast.coordinator)
    (gone,) = feed(world.cast.mentee)
    assert gone["status"] == "CANCELLED"
    assert gone["revision"] > before["revision"]


def test_what_took_place_stays_and_what_was_done_earlier_is_called_off(world: World, dated: StageDate):
    today = clock.today()
    agree(world, today - timedelta(days=5), stage_key(dated), finished_on=today - timedelta(days=5))
    assert [entry["status"] for entry in feed(world.cast.mentee)] == ["CONFIRMED"]
    agree(world, today + MONTH, stage_key(dated), finished_on=today)
    assert [entry["status"] for entry in feed(world.cast.mentee)] == ["CANCELLED"]


def test_whoever_leaves_the_team_finds_the_address_empty(world: World, dated: StageDate):
    user = world.cast.mentor
    assert feed(user)
    for place in user.person.team_places.filter(ended_on=None):
        end_member(member=place, by=world.cast.coordinator)
    assert feed(user) == []


def test_only_whole_addresses_of_accounts_in_use_open_anything(world: World, dated: StageDate):
    user, strange = world.cast.mentee, Client()
    address = address_of(user)
    body, signature = address.removesuffix(".ics").rsplit(".", 1)
    of_other = address_of(world.cast.other_city).removesuffix(".ics").rsplit(".", 1)[1]
    for wrong in (f"{body}.ics", f"{body}.{signature[:-1]}x.ics", f"{body}.{of_other}.ics", "/calendar/1.ics"):
        assert strange.get(wrong).status_code == 404, wrong
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert strange.get(address).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert strange.get(address).status_code == 200
    calendar_feeds.renew_feed(user=user)
    assert strange.get(address).status_code == 404
    renewed = address_of(user)
    assert strange.get(renewed).status_code == 200
    calendar_feeds.end_feed(user=user)
    assert strange.get(renewed).status_code == 404
    assert strange.get(address_of(user)).status_code == 200


def test_the_database_alone_opens_nothing(world: World):
    address = address_of(world.cast.mentee)
    row = CalendarFeed.objects.get(user=world.cast.mentee)
    token = re.search(r"/calendar/(.+)\.ics", address).group(1)
    assert token.rpartition(".")[2] not in str(CalendarFeed.objects.values().get(pk=row.pk))
    assert Client().get(f"/calendar/{row.nonce}.ics").status_code == 404


def test_it_shows_the_owners_dates_whoever_asks(world: World, dated: StageDate):
    """Not those of somebody who is signed in at the same browser."""
    client = Client()
    client.force_login(world.cast.mentee)
    assert by_icalendar(client.get(address_of(world.cast.other_city)).content) == []


def test_busy_only(world: World, dated: StageDate):
    user = world.cast.mentee
    address_of(user)
    calendar_feeds.show_busy_only(user=user, busy_only=True)
    answer = Client().get(address_of(user))
    (entry,) = agreed(answer.content)
    assert entry["title"] == "Busy"
    for word in ("Riverton", "Town hall", "partnerships", str(dated.stage)):
        assert word not in answer.content.decode()


def test_in_the_language_of_its_owner(world: World, dated: StageDate):
    user = world.cast.mentee
    User.objects.filter(pk=user.pk).update(language="es")
    (entry,) = feed(user)
    assert entry["title"].startswith(dated.stage.title["es"])


def test_asked_again_it_answers_that_nothing_changed(world: World, dated: StageDate, soon: date):
    address = address_of(world.cast.mentee)
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    agree(world, soon + timedelta(days=1), stage_key(dated))
    changed = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_packed_and_weighed_it_is_the_same(world: World, dated: StageDate):
    address = address_of(world.cast.coordinator)
    world.programme.title = "A long title " * 10
    world.programme.save()
    packed = Client().get(address, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == Client().get(address).content
    again = Client().get(address, headers={"accept-encoding": "gzip", "if-none-match": packed["ETag"]})
    assert again.status_code == 304


def test_nobody_keeps_it_and_nobody_is_told_where_it_was(world: World, dated: StageDate):
    answer = Client().get(address_of(world.cast.mentee))
    assert "private" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


def test_the_same_number_of_questions_for_one_date_and_for_ten(
    world: World, dated: StageDate, soon: date, django_assert_num_queries
):
    address = address_of(world.cast.mentor)
    Client().get(address)
    with django_assert_num_queries(5):
        Client().get(address)
    for stage in world.programme.stages.filter(partnership=None):
        agree(world, soon, stage.key)
    with django_assert_num_queries(5):
        assert len(by_icalendar(Client().get(address).content)) > 5


def test_own_data_and_erasure(world: World):
    user = world.cast.former_member
    address = address_of(user)
    assert own_data(user)["calendar_address"][0]["busy_only"] is False
    token = re.search(r"/calendar/(.+)\.ics", address).group(1)
    assert token not in str(own_data(user))
    ask_for_erasure(user=user, by=user)
    from programmes.overview.privacy import erase

    erase(user=user, by=world.cast.administrator)
    assert not CalendarFeed.objects.filter(user=user).exists()
    assert Client().get(address).status_code == 404


def test_the_file_of_one_date(world: World, dated: StageDate, soon: date):
    client, address = Client(), reverse("partnerships:date_file", args=[dated.pk])
    client.force_login(world.cast.mentee)
    answer = client.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="{dated.pk}.ics"'
    (entry,) = agreed(answer.content)
    assert entry["start"] == soon.isoformat()
    assert entry["uid"] == feed(world.cast.mentee)[0]["uid"]
    client.force_login(world.cast.other_city)
    assert client.get(address).status_code == 404
