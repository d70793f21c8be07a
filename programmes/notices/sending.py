"""The worker's part: takes mails whose time has come, writes them and hands them to the mail server.

A mail is claimed by a conditional UPDATE just before it is handed over and noted as sent just after, so that a killed
worker loses none and doubles none, but for the moment between the server's acceptance and our note: that one comes
again, with the same Message-ID (docs/adr/0011)."""

import smtplib
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F, QuerySet
from django.utils import timezone, translation

from programmes.common.worker import queue

from . import waking
from .enums import MailState
from .kinds import MailKind
from .letters import Letter, html_of, subject_of, text_of
from .models import Mail

BATCH = 1000
"""Mails over one connection."""

AT_MOST_SECONDS = 60
"""For one task; then another goes on, so that its queue's other tasks have their turn."""

STALE_AFTER = timedelta(minutes=3)
"""Longer than any mail takes: whoever claimed it and has not finished by then is dead."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""After the first, second… temporary refusal of one mail; the last holds for all that follow."""

GIVEN_UP_AFTER = timedelta(days=5)
SERVER_AWAY = "notices.server_away"
AWAY_SECONDS = 30
"""So long nobody asks a mail server that did not answer."""

PERMANENT_FROM = 500
CLOSING = 421
log = structlog.get_logger(__name__)


class ServerAwayError(Exception):
    """The mail server does not answer, or wants nothing from us at the moment: every other mail waits, too."""


def send_due(kinds: Iterable[MailKind]) -> int:
    """Send what is due, at most a thousand; queues itself again where more waits. Safe to run twice, side by
    side."""
    if cache.get(SERVER_AWAY):
        return 0
    mails = list(_due().order_by("pk")[:BATCH])
    if not mails:
        return 0
    post = _Post({kind.key: kind for kind in kinds})
    try:
        post.send_all(mails)
    except ServerAwayError as error:
        log.warning("mail.server_away", reason=str(error.__cause__ or error)[:200], waiting=_due().count())
        cache.set(SERVER_AWAY, 1, AWAY_SECONDS)
    else:
        if len(mails) == BATCH or time.monotonic() > post.until:
            queue(waking.SEND)
    finally:
        post.close()
    return post.sent


def sweep() -> int:
    """Give back what a dead worker had claimed, and give up what nobody wanted for days; how many mails are due."""
    now = timezone.now()
    dead = Mail.objects.filter(state=MailState.SENDING, claimed_at__lt=now - STALE_AFTER)
    dead.update(state=MailState.WAITING, claimed_at=None, try_at=now)
    old = Mail.objects.filter(state=MailState.WAITING, created_at__lt=now - GIVEN_UP_AFTER, attempts__gt=0)
    old.update(state=MailState.GIVEN_UP)
    return _due().count()


def _due() -> QuerySet[Mail]:
    return Mail.objects.filter(state=MailState.WAITING, try_at__lte=timezone.now())


class _Post:
    """One connection and what goes over it."""

    def __init__(self, kinds: Mapping[str, MailKind]):
        self.kinds = kinds
        self.connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
        self.opened = False
        self.sent = 0
        self.until = time.monotonic() + AT_MOST_SECONDS

    def send_all(self, mails: Collection[Mail]) -> None:
        by_kind: dict[str, list[Mail]] = defaultdict(list)
        for mail in mails:
            by_kind[mail.kind].append(mail)
        for key, some in by_kind.items():
            letters = self._written(key, some)
            for mail in some:
                if time.monotonic() > self.until:
                    return
                if mail.pk in letters:
                    self._send(mail, letters[mail.pk])

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.connection.close()

    def _written(self, key: str, mails: list[Mail]) -> Mapping[int, Letter]:
        """The letters; mails about which there is nothing left to say are dropped. One that cannot be written, by a
        mistake of ours, keeps no other from being sent."""
        kind = self.kinds[key]
        now = timezone.now()
        for mail in mails:
            mail.written_at = now
        with _Isolated(mails if len(mails) == 1 else ()) as attempt:
            letters = kind.letters(mails)
        if attempt.failed:
            singly = (self._written(key, [mail]) for mail in mails if len(mails) > 1 and time.monotonic() < self.until)
            return {pk: letter for some in singly for pk, letter in some.items()}
        dropped = [mail.pk for mail in mails if mail.pk not in letters]
        Mail.objects.filter(pk__in=dropped, state=MailState.WAITING).update(state=MailState.DROPPED)
        return letters

    def _send(self, mail: Mail, letter: Letter) -> None:
        if not _claim(mail):
            return
        mine = Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts)
        with translation.override(mail.language):
            message = _message(mail, letter, self.connection)
            text = "" if letter.secret else str(message.body)
        try:
            self._hand_over(message)
        except smtplib.SMTPRecipientsRefused as refused:
            _refused(mine, mail, *next(iter(refused.recipients.values())))
        except smtplib.SMTPDataError as refused:
            _refused(mine, mail, refused.smtp_code, refused.smtp_error)
        except ValueError as unusable:
            # The address or the subject cannot be written into a mail.
            mine.update(state=MailState.REFUSED, problem=str(unusable)[:300])
        except (smtplib.SMTPException, OSError) as error:
            _put_back(mine, mail, str(error))
            raise ServerAwayError from error
        else:
            self._note(mine, mail, str(message.subject), text)

    def _hand_over(self, message: EmailMultiAlternatives) -> None:
        if not self.opened:
            self.connection.open()
            self.opened = True
        self.connection.send_messages([message])

    def _note(self, mine: QuerySet[Mail], mail: Mail, subject: str, text: str) -> None:
        mail.sent_at = timezone.now()
        values: dict[str, Any] = {"subject": subject, "text": text, "sent_at": mail.sent_at, "problem": ""}
        values["written_at"] = mail.written_at
        if mine.update(state=MailState.SENT, **values):
            self.sent += 1
            heard = self.kinds[mail.kind].sent
            if heard is not None:
                heard(mail)


class _Isolated:
    """What goes wrong inside is logged, and these mails wait; it does not go further."""

    def __init__(self, mails: Iterable[Mail]):
        self.mails = mails
        self.failed = False

    def __enter__(self) -> "_Isolated":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self.failed = True
        for mail in self.mails:
            log.error("mail.unwritable", mail=mail.pk, kind=mail.kind, exc_info=error)
            pause = _pause(mail.attempts + 1)
            Mail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
                attempts=F("attempts") + 1, try_at=timezone.now() + pause, problem="It could not be written."
            )
        return True


def _claim(mail: Mail) -> bool:
    """False where another worker was faster."""
    now = timezone.now()
    rows = Mail.objects.filter(pk=mail.pk, state=MailState.WAITING, attempts=mail.attempts)
    mail.attempts += 1
    return bool(rows.update(state=MailState.SENDING, claimed_at=now, attempts=mail.attempts))


def _refused(mine: QuerySet[Mail], mail: Mail, code: int, words: Any) -> None:
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    if code >= PERMANENT_FROM:
        mine.update(state=MailState.REFUSED, problem=said[:300])
        log.info("mail.refused", mail=mail.pk, code=code)
    else:
        _put_back(mine, mail, said)
        if code == CLOSING:
            raise ServerAwayError(said)


def _put_back(mine: QuerySet[Mail], mail: Mail, problem: str) -> None:
    try_at: datetime = timezone.now() + _pause(mail.attempts)
    mine.update(state=MailState.WAITING, claimed_at=None, try_at=try_at, problem=problem[:300])


def _pause(attempts: int) -> timedelta:
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def _message(mail: Mail, letter: Letter, connection: Any) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.thread:
        root = f"<{letter.thread}@{mail.message_id.rpartition('@')[2]}"
        headers |= {"In-Reply-To": root, "References": root}
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        subject_of(letter), text_of(letter), to=[mail.address], headers=headers, connection=connection
    )
    message.attach_alternative(html_of(letter), "text/html")
    return message
