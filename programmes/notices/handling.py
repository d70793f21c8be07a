"""From what happened to who is told: a notice for each person who should know now, and a mail where that is at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.accounts.models import Person

from . import waking
from .enums import MailState
from .kinds import Event, MailKind, Said
from .letters import Button, Letter, Part, Row, Rows, Words
from .models import Happening, Mail, Notice

AT_A_TIME = 200
TOLD = "told"
MAILS_APART = timedelta(minutes=15)
"""Between two mails to one person about what happens at once: what comes meanwhile goes together."""


def handle_due(events: Iterable[Event]) -> int:
    """Write the notices of what happened, and the mails of what is told at once. Safe to run twice and side by side;
    how many happenings were handled."""
    known = {event.key: event for event in events}
    handled = 0
    while some := _handle_some(known):
        handled += some
    return handled


@transaction.atomic
def _handle_some(events: Mapping[str, Event]) -> int:
    due = Happening.objects.filter(handled_at=None, due_at__lte=timezone.now()).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("by")[:AT_A_TIME])
    if not rows:
        return 0
    notices = [
        Notice(happening=row, person_id=person, at_once=events[row.key].at_once)
        for row, people in recipients_of(rows, events).items()
        for person in sorted(people)
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    Happening.objects.filter(pk__in=[row.pk for row in rows]).update(handled_at=timezone.now())
    _post_at_once(Notice.objects.filter(happening__in=rows, at_once=True, mail=None))
    return len(rows)


def recipients_of(rows: Sequence[Happening], events: Mapping[str, Event]) -> dict[Happening, set[int]]:
    """Who should know now, each with an open account, without who did it; a fixed number of queries per event."""
    by_key: dict[str, list[Happening]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    found: dict[int, Collection[int]] = {}
    for key, some in by_key.items():
        if key in events:
            found.update(events[key].recipients(some))
    everybody = {person for people in found.values() for person in people}
    accounts = dict(Person.objects.filter(pk__in=everybody, user__is_active=True).values_list("pk", "user"))
    return {
        row: {person for person in found.get(row.pk, ()) if person in accounts and accounts[person] != row.by_id}
        for row in rows
    }


def _post_at_once(notices: QuerySet[Notice]) -> None:
    """One mail a person: the first at once, what comes soon after with the next."""
    rows = list(notices.select_related("person__user"))
    people = {row.person_id: row.person for row in rows}
    waiting = _told(people).filter(state=MailState.WAITING, attempts=0).select_for_update()
    mails = {row.person_id: row for row in waiting}
    last = dict(_told(people).order_by("created_at").values_list("person", "created_at"))
    now = timezone.now()
    for row in rows:
        if row.person_id not in mails:
            mails[row.person_id] = _new_mail(row, people[row.person_id])
            since = last.get(row.person_id)
            if since is not None and since + MAILS_APART > now:
                mails[row.person_id].try_at = since + MAILS_APART
                mails[row.person_id].save(update_fields=["try_at"])
        row.mail = mails[row.person_id]
    Notice.objects.bulk_update(rows, ["mail"])
    if rows:
        waking.wake(waking.SEND)


def _told(people: Collection[int]) -> QuerySet[Mail]:
    return Mail.objects.filter(kind=TOLD, person__in=list(people))


def _new_mail(notice: Notice, person: Person) -> Mail:
    user: Any = person.user
    return Mail.objects.create(
        kind=TOLD, person=person, address=user.email, language=user.language, identity=f"{TOLD}:{notice.pk}"
    )


def told(events: Iterable[Event]) -> MailKind:
    """The kind of the mails that are sent at once."""
    known = {event.key: event for event in events}
    return MailKind(TOLD, lambda mails: _letters(mails, known))


def _letters(mails: Sequence[Mail], events: Mapping[str, Event]) -> dict[int, Letter]:
    notices = Notice.objects.filter(mail__in=[mail.pk for mail in mails]).select_related("happening").order_by("pk")
    still = still_for(list(notices), events)
    by_mail: dict[int, list[Notice]] = defaultdict(list)
    for notice in still:
        by_mail[notice.mail_id or 0].append(notice)
    written = {}
    for mail in mails:
        with translation.override(mail.language):
            letter = _letter(mail, by_mail[mail.pk], events)
        if letter is not None:
            written[mail.pk] = letter
    return written


def still_for(notices: Sequence[Notice], events: Mapping[str, Event]) -> list[Notice]:
    """Those whose person may and should know at this moment, too."""
    happenings = {notice.happening_id: notice.happening for notice in notices}
    now = {row.pk: people for row, people in recipients_of(list(happenings.values()), events).items()}
    return [notice for notice in notices if notice.person_id in now[notice.happening_id]]


def _letter(mail: Mail, notices: Sequence[Notice], events: Mapping[str, Event]) -> Letter | None:
    said = [(notice, words) for notice in notices if (words := events[notice.happening.key].say(notice)) is not None]
    if not said:
        return None
    action = any(events[notice.happening.key].action for notice, _words in said)
    threads = {words.thread for _notice, words in said}
    parts, subject = _parts(mail, [words for _notice, words in said])
    thread = threads.pop() if len(threads) == 1 else ""
    return Letter(subject, parts, action=action, thread=thread)


def _parts(mail: Mail, said: Sequence[Said]) -> tuple[list[Part], str]:
    """Of one thing a sentence and a button, of several a list; and the subject."""
    first = said[0]
    if len(said) == 1:
        parts: list[Part] = [Words(first.text)]
        if first.context:
            parts.append(Words(first.context, soft=True))
        return [*parts, Button(first.verb or _("Open"), mail.absolute(first.path))], first.text
    rows = [Row(words.text, mail.absolute(words.path), words.context) for words in said]
    more = ngettext("and %(n)s more", "and %(n)s more", len(said) - 1) % {"n": len(said) - 1}
    return [Rows(_("What happened"), rows)], f"{first.text} – {more}"
