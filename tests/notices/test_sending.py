"""Mails against a real mail server that accepts, refuses, stalls, dies and comes back: none lost, none twice."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from programmes.common.worker import queue
from programmes.notices import sending, waking
from programmes.notices.enums import MailState
from programmes.notices.models import Mail
from programmes.overview import notices
from tests.factories import UserFactory
from tests.services import PATIENCE

from .conftest import erasure_mail
from .server import MailServer


@pytest.fixture
def erased(db):
    return UserFactory(erasure_asked_at=timezone.now())


def again() -> int:
    """A minute later, for mails and for the server."""
    cache.delete(sending.SERVER_AWAY)
    Mail.objects.filter(state=MailState.WAITING).update(try_at=timezone.now())
    return notices.send()


def test_an_accepted_mail_has_its_headers(server: MailServer, erased):
    mail = erasure_mail(erased, "anna")
    assert notices.send() == 1
    [got] = server.mails()
    assert got["headers"]["Message-ID"] == mail.message_id
    assert got["headers"]["Auto-Submitted"] == "auto-generated"
    assert got["headers"]["Content-Type"].startswith("multipart/alternative")
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert mail.sent_at
    assert "You are to be erased" in mail.text


def test_a_refused_address_ends_its_mail_and_no_other(server: MailServer, erased):
    mails = [erasure_mail(erased, name) for name in ("refused-bert", "anna")]
    assert notices.send() == 1
    assert [Mail.objects.get(pk=mail.pk).state for mail in mails] == [MailState.REFUSED, MailState.SENT]
    assert "No such user" in Mail.objects.get(pk=mails[0].pk).problem
    assert again() == 0


def test_a_temporary_refusal_is_tried_again_later(server: MailServer, erased):
    mails = [erasure_mail(erased, name) for name in ("once-bert", "anna")]
    assert notices.send() == 1
    first = Mail.objects.get(pk=mails[0].pk)
    assert first.state == MailState.WAITING
    assert first.try_at > timezone.now()
    assert "Greylisted" in first.problem
    assert notices.send() == 0
    assert again() == 1
    assert server.addresses() == ["anna@town.example", "once-bert@town.example"]


def test_pauses_grow_and_after_days_it_is_given_up(server: MailServer, erased):
    mail = erasure_mail(erased, "later-bert")
    pauses = []
    for _attempt in range(4):
        before = timezone.now()
        again()
        pauses.append(Mail.objects.get(pk=mail.pk).try_at - before)
    assert pauses == sorted(pauses)
    assert pauses[-1] > timedelta(minutes=50)
    Mail.objects.update(created_at=timezone.now() - timedelta(days=6))
    sending.sweep()
    assert Mail.objects.get(pk=mail.pk).state == MailState.GIVEN_UP


def test_a_server_that_stalls_keeps_nobody_for_long_and_loses_nothing(server: MailServer, erased):
    mails = [erasure_mail(erased, name) for name in ("stalls-bert", "anna", "carla")]
    begun = timezone.now()
    assert notices.send() == 0
    assert timezone.now() - begun < timedelta(seconds=30)
    assert notices.send() == 0, "nobody asks a server again that has just not answered"
    assert {row.state for row in Mail.objects.all()} == {MailState.WAITING}
    cache.delete(sending.SERVER_AWAY)
    assert notices.send() == 2, "the others do not wait for the one that stalled"
    assert Mail.objects.get(pk=mails[0].pk).attempts == 1


def test_a_server_that_is_away_for_a_day(server: MailServer, erased):
    for name in ("anna", "bert", "carla"):
        erasure_mail(erased, name)
    server.end()
    for _minute in range(3):
        assert again() == 0
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.WAITING}
    server.again()
    assert again() == 3
    assert sorted(server.addresses()) == ["anna@town.example", "bert@town.example", "carla@town.example"]


def test_a_server_that_dies_after_accepting_gets_it_again_with_the_same_name(server: MailServer, erased):
    """The documented moment: nobody can know whether it went, and mailboxes know it by its Message-ID."""
    mail = erasure_mail(erased, "dies-bert")
    assert notices.send() == 0
    assert Mail.objects.get(pk=mail.pk).state == MailState.WAITING
    server.again()
    again()
    assert [got["headers"]["Message-ID"] for got in server.mails()] == [mail.message_id] * 2


def test_many_mails_go_over_one_connection(server: MailServer, erased):
    for number in range(30):
        erasure_mail(erased, f"person{number}")
    assert notices.send() == 30
    assert len({got["peer"] for got in server.mails()}) == 1
    assert len(set(server.addresses())) == 30


def test_an_address_that_is_none_is_refused_by_ourselves(server: MailServer, erased):
    mail = erasure_mail(erased, "anna")
    Mail.objects.filter(pk=mail.pk).update(address="anna@town.example\nBcc: all@town.example")
    assert notices.send() == 0
    assert Mail.objects.get(pk=mail.pk).state == MailState.REFUSED
    assert server.mails() == []


def test_what_cannot_be_written_keeps_no_other_from_being_sent(server: MailServer, erased):
    broken = Mail.objects.create(kind="invitation", address="x@town.example", subject_id=1, identity="broken")
    erasure_mail(erased, "anna")
    assert notices.send() == 1
    broken.refresh_from_db()
    assert broken.state == MailState.WAITING
    assert broken.attempts == 1


def test_with_nothing_left_to_say_nothing_is_sent(server: MailServer, erased):
    mail = erasure_mail(erased, "anna")
    erased.erasure_asked_at = None
    erased.save()
    assert notices.send() == 0
    mail.refresh_from_db()
    assert mail.state == MailState.DROPPED


def test_two_who_send_at_once_send_each_mail_once(server: MailServer, transactional_db):
    erased = UserFactory(erasure_asked_at=timezone.now())
    for number in range(20):
        erasure_mail(erased, f"slow-{number}")
    threads = [threading.Thread(target=_send_and_close) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(server.addresses()) == sorted(f"slow-{number}@town.example" for number in range(20))


def _send_and_close() -> None:
    from django.db import connection

    notices.send()
    connection.close()


def test_a_killed_worker_loses_no_mail(server: MailServer, make_worker):
    """Killed in the middle of a batch: what it had claimed goes again once its claim is old."""
    erased = UserFactory(erasure_asked_at=timezone.now())
    for number in range(60):
        erasure_mail(erased, f"slow-{number}")
    env = {"TEST_EMAIL_PORT": str(server.port)}
    worker = make_worker(**env)
    _ask_for_sending()
    _until(lambda: len(server.mails()) >= 5)
    worker.kill()
    assert len(server.mails()) < 60, "it was killed in the middle"
    Mail.objects.filter(state=MailState.SENDING).update(
        claimed_at=timezone.now() - sending.STALE_AFTER - timedelta(seconds=1)
    )
    assert sending.sweep()
    again()
    ids = [got["headers"]["Message-ID"] for got in server.mails()]
    assert len(set(ids)) == 60, "none is lost"
    assert len(ids) <= 61, "at most the one whose acceptance could not be noted comes again"
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}


def _ask_for_sending() -> None:
    queue(waking.SEND)


def _until(ready) -> None:
    import time

    deadline = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < deadline
        time.sleep(0.02)
