"""From what happened to who is told: once, at once or with the digest, by the boundaries of this moment."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from programmes.common.access import Access
from programmes.conversations.enums import OpenedTo
from programmes.conversations.services import begin, consent
from programmes.notices import choosing, handling
from programmes.notices.enums import MailState, Rhythm
from programmes.notices.models import Happening, Mail, MailSettings, Notice
from programmes.notices.services import post, tell
from programmes.overview import digests, notices, reminders
from programmes.partnerships.enums import CITY_ROLES
from programmes.partnerships.models import StageDate
from programmes.partnerships.services.partnerships import record_dates
from programmes.partnerships.services.quiet import keep_quiet
from programmes.partnerships.services.teams import end_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def calm(world):
    """The world, in which everybody has been told of what happened so far."""
    notices.handle()
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    return world


def ask(world):
    sides = world.partnership.participations.filter(role__in=CITY_ROLES, ended_on=None)
    return begin(sides=sides, text="CANARY what did it cost?", access=Access(world.cast.mentor))


def send() -> list:
    notices.handle()
    Mail.objects.filter(state=MailState.WAITING).update(try_at=timezone.now())
    notices.send()
    sent, mail.outbox[:] = list(mail.outbox), []
    return sent


def test_who_is_asked_hears_at_once_where_and_not_what(calm):
    ask(calm)
    [message] = send()
    assert message.to == [calm.cast.mentee.email]
    assert message.subject.startswith("Action required: ")
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert "CANARY" not in text
        assert "/conversations/" in text or "/forms/" in text
        assert "/account/mails/" in text
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["In-Reply-To"].startswith("<conversation-")


def test_what_a_mail_says_stands_in_html_and_text_alike(calm):
    ask(calm)
    [message] = send()
    html = message.alternatives[0][0]
    for line in message.body.splitlines():
        words = line.strip(" -:").removeprefix("Choose which mails you get: ")
        assert not words or words in html.replace("&amp;", "&"), line


def test_a_place_that_ended_meanwhile_hears_nothing(calm):
    ask(calm)
    notices.handle()
    [told] = Mail.objects.filter(kind=handling.TOLD)
    end_member(member=calm.teams["mentee"].members.get(person=told.person), by=calm.cast.mentee)
    notices.send()
    assert mail.outbox == []
    told.refresh_from_db()
    assert told.state == MailState.DROPPED


def test_handled_twice_it_is_told_once(calm):
    ask(calm)
    notices.handle()
    newest = Happening.objects.filter(key="conversation.asked").latest("pk")
    Happening.objects.filter(pk=newest.pk).update(handled_at=None)
    notices.handle()
    assert Mail.objects.filter(kind=handling.TOLD).count() == 1


def test_what_comes_soon_after_goes_together(calm):
    ask(calm)
    assert len(send()) == 1
    for _more in range(3):
        ask(calm)
    notices.handle()
    [waiting] = Mail.objects.filter(kind=handling.TOLD, state=MailState.WAITING)
    assert waiting.try_at > timezone.now() + timedelta(minutes=10)
    assert waiting.notices.count() == 3
    [message] = send()
    assert "2 more" in message.subject


def test_a_date_moved_ten_times_in_an_hour_is_told_once_as_it_stands(calm):
    stage = calm.programme.stages.first()
    for days in range(20, 30):
        day = timezone.localdate() + timedelta(days=days)
        record_dates(partnership=calm.partnership, dates={stage: {"planned_on": day}}, by=calm.cast.mentor)
    assert send() == []
    Happening.objects.filter(key="date.agreed").update(due_at=timezone.now())
    messages = send()
    assert calm.cast.mentee.email in [message.to[0] for message in messages]
    assert calm.cast.mentor.email not in [message.to[0] for message in messages], "who moved it knows"
    assert len({message.to[0] for message in messages}) == len(messages)
    assert all(str(day.year) in message.body for message in messages)
    assert Happening.objects.filter(key="date.agreed", handled_at__isnull=False).count() >= 1


def test_a_quiet_partnership_tells_only_what_needs_the_person(calm):
    person = calm.cast.mentee.person
    keep_quiet(person=person, partnerships=[calm.partnership])
    stage = calm.programme.stages.first()
    day = timezone.localdate() + timedelta(days=9)
    record_dates(partnership=calm.partnership, dates={stage: {"planned_on": day}}, by=calm.cast.mentor)
    Happening.objects.update(due_at=timezone.now())
    assert calm.cast.mentee.email not in [message.to[0] for message in send()]
    ask(calm)
    assert calm.cast.mentee.email in [message.to[0] for message in send()]


def test_who_wants_no_mails_in_between_gets_them_with_the_digest(calm):
    person = calm.cast.mentee.person
    choosing.choose(person=person, by=calm.cast.mentee, at_once=False)
    ask(calm)
    assert send() == []
    Mail.objects.bulk_create([digests.digest_for(person, "test")])
    [message] = send()
    assert "asks" in message.body


def test_rights_are_told_whatever_one_chose(calm):
    member = calm.teams["mentee"].members.get(person=calm.cast.mentee.person)
    choosing.unsubscribe(member.person)
    end_member(member=member, by=calm.cast.coordinator)
    [message] = [one for one in send() if one.to == [calm.cast.mentee.email]]
    assert "has ended" in message.body
    assert "List-Unsubscribe" not in message.extra_headers


def test_the_same_identity_is_told_and_posted_once(calm):
    assert tell("date.soon", 1, by=None, identity="date.soon:1:2027-01-01") is not None
    assert tell("date.soon", 1, by=None, identity="date.soon:1:2027-01-01") is None
    mails = [post("erasure_noted", address="a@x.example", language="en", identity="same") for _ in range(2)]
    assert mails[0] == mails[1]


def test_a_digest_holds_what_waits_and_what_happened_and_no_digest_nothing(calm):
    everybody = [user.person for user in calm.cast.everybody().values() if hasattr(user, "person")]
    Mail.objects.bulk_create([digests.digest_for(person, "test") for person in everybody])
    notices.send()
    states = dict(Mail.objects.filter(kind=digests.DIGEST).values_list("person__user__email", "state"))
    assert states[calm.cast.mentee.email] == MailState.SENT
    assert MailState.DROPPED in states.values(), "for whom nothing waits"
    for message in mail.outbox:
        assert "0 thing" not in message.subject
        assert message.alternatives


def test_a_conversation_that_was_opened_stands_in_a_digest_once(calm):
    for role in ("mentee", "mentor"):
        access = Access(getattr(calm.cast, role))
        consent(conversation=calm.conversation, to=OpenedTo.ASSOCIATIONS, agree=True, access=access)
    notices.handle()
    Mail.objects.bulk_create([digests.digest_for(calm.cast.mentee_association.person, "test")])
    notices.send()
    (message,) = [one for one in mail.outbox if one.to == [calm.cast.mentee_association.email]]
    assert message.body.count("opened a conversation to you") == 1
    assert "City mentoring" in message.alternatives[0][0]


def test_a_digest_asks_as_many_queries_for_many_as_for_few(calm, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    people = [user.person for user in calm.cast.everybody().values() if hasattr(user, "person")]
    counts = []
    for some in (people[:2], people):
        mails = [digests.digest_for(person, f"test{len(some)}") for person in some]
        with CaptureQueriesContext(
            connection,
        ) as asked:
            digests.letters(mails, notices.HEARD)
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2
    assert counts[1] <= 20


def test_everybody_with_a_place_gets_one_digest_a_week_and_groups_none(calm):
    digests.post_due()
    chosen = MailSettings.objects.all()
    assert chosen.filter(person=calm.cast.mentee.person, rhythm=Rhythm.WEEKLY).exists()
    assert not chosen.filter(person=calm.cast.group_member.person).exists()
    chosen.update(next_at=timezone.now() - timedelta(minutes=1))
    digests.post_due()
    digests.post_due()
    of_mentee = Mail.objects.filter(kind=digests.DIGEST, person=calm.cast.mentee.person)
    assert of_mentee.count() == 1
    row = chosen.get(person=calm.cast.mentee.person)
    assert timedelta(0) < row.next_at - timezone.now() <= timedelta(days=7)


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Brussels", 7), ("Europe/Riga", 6), ("Nowhere/Atlantis", 8), ("", 8), ("../etc", 8)]
)
def test_the_hour_is_the_persons_and_an_odd_zone_does_no_harm(zone: str, hour: int):
    row = MailSettings(rhythm=Rhythm.WEEKLY, weekday=0, hour=8)
    found = choosing.next_time(row, zone, after=datetime(2027, 1, 13, 12, tzinfo=UTC))
    assert (found.weekday(), found.hour, found.day) == (0, hour, 18)


def test_the_hour_stays_when_the_clocks_change():
    row = MailSettings(rhythm=Rhythm.DAILY, hour=8)
    moment = datetime(2027, 3, 27, 12, tzinfo=UTC)
    found = choosing.next_time(row, "Europe/Brussels", after=moment)
    assert (found.day, found.hour) == (28, 6)
    assert choosing.next_time(MailSettings(rhythm=Rhythm.NEVER), "UTC", after=moment) is None


def test_dates_that_come_near_or_passed_are_told_once_in_one_mail(calm, monkeypatch):
    monkeypatch.setattr(reminders, "NOT_BEFORE", 0)
    stages = list(calm.programme.stages.filter(retired=False)[:3])
    today = timezone.localdate()
    StageDate.objects.filter(partnership__programme=calm.programme).delete()
    for stage, days in zip(stages, (5, 6, -1), strict=True):
        StageDate.objects.create(partnership=calm.partnership, stage=stage, planned_on=today + timedelta(days=days))
    reminders.remind()
    reminders.remind()
    assert Happening.objects.filter(key__in=("date.soon", "date.passed")).count() == 3
    mine = [message for message in send() if message.to == [calm.cast.mentee.email]]
    assert len(mine) == 1
    assert "did it take place" in mine[0].body
    assert reminders.remind() == 0


def test_whoever_ended_these_mails_gets_no_reminder(calm, monkeypatch):
    monkeypatch.setattr(reminders, "NOT_BEFORE", 0)
    StageDate.objects.filter(partnership__programme=calm.programme).delete()
    day = timezone.localdate() + timedelta(days=5)
    StageDate.objects.create(partnership=calm.partnership, stage=calm.programme.stages.first(), planned_on=day)
    choosing.unsubscribe(calm.cast.mentee.person)
    reminders.remind()
    told = {message.to[0] for message in send()}
    assert calm.cast.mentor.email in told
    assert calm.cast.mentee.email not in told
