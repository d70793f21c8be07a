"""From what happened to who is told: a notice for each person who should know now, and a mail where that is at once."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from programmes.accounts.models import Person

from . import waking
from .enums import MailState
from .kinds import Event, Said
from .models import Happening, Mail, MailSettings, Notice

AT_A_TIME = 200
TOLD = "told"
REMINDER = "reminder"
APART = {TOLD: timedelta(minutes=15), REMINDER: timedelta(hours=20)}
"""Between two mails of the kind to one person: the first goes at once, what comes meanwhile goes together."""

Quiet = Callable[[Collection[int]], Collection[tuple[int, int]]]
"""Of these people, who keeps which partnership quiet: pairs of person and partnership."""


@dataclass(frozen=True)
class Events:
    """The events of all apps, and who wants to hear nothing of which partnership."""

    events: Iterable[Event]
    quiet: Quiet = lambda people: ()
    by_key: dict[str, Event] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key.update({event.key: event for event in self.events})

    def recipients(self, rows: Collection[Happening]) -> dict[int, set[int]]:
        """Who should know now, by happening: people with an open account, without who did it and who keeps the
        partnership quiet; a fixed number of queries per event."""
        found: dict[int, Collection[int]] = {}
        for event, some in self._by_event(rows):
            found.update(event.recipients(some))
        everybody = {person for people in found.values() for person in people}
        accounts = dict(Person.objects.filter(pk__in=everybody, user__is_active=True).values_list("pk", "user"))
        quiet = set(self.quiet(accounts.keys())) if accounts else set()

        def told(row: Happening, person: int) -> bool:
            heard = self.by_key[row.key].must_be_told or (person, row.data.get("partnership")) not in quiet
            return heard and person in accounts and accounts[person] != row.by_id

        return {row.pk: {person for person in found.get(row.pk, ()) if told(row, person)} for row in rows}

    def facts(self, rows: Collection[Happening]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for event, some in self._by_event(rows):
            found.update(event.facts(some))
        return found

    def still(self, notices: Sequence[Notice]) -> list["WordedNotice"]:
        """Those whose person may and should know at this moment, too, and of which there is something left to tell."""
        happenings = {notice.happening_id: notice.happening for notice in notices}
        people, facts = self.recipients(happenings.values()), self.facts(happenings.values())
        return [
            WordedNotice(notice, self.by_key[notice.happening.key], facts[notice.happening_id])
            for notice in notices
            if notice.person_id in people[notice.happening_id] and notice.happening_id in facts
        ]

    def _by_event(self, rows: Iterable[Happening]) -> list[tuple[Event, list[Happening]]]:
        by_key: dict[str, list[Happening]] = defaultdict(list)
        for row in rows:
            by_key[row.key].append(row)
        return [(self.by_key[key], some) for key, some in by_key.items() if key in self.by_key]


@dataclass(frozen=True)
class WordedNotice:
    """A notice with what its words need."""

    notice: Notice
    event: Event
    fact: Any

    def say(self) -> Said:
        """In the active language."""
        return self.event.say(self.fact)


def handle_due(events: Events) -> int:
    """Write the notices of what happened, and the mails of what is told at once. Safe to run twice and side by side;
    how many happenings were handled."""
    handled = 0
    while some := _handle_some(events):
        handled += some
    return handled


@transaction.atomic
def _handle_some(events: Events) -> int:
    due = Happening.objects.filter(handled_at=None, due_at__lte=timezone.now()).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True)[:AT_A_TIME])
    if not rows:
        return 0
    people = events.recipients(rows)
    notices = [
        Notice(happening=row, person_id=person, at_once=events.by_key[row.key].at_once)
        for row in rows
        for person in sorted(people[row.pk])
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    Happening.objects.filter(pk__in=[row.pk for row in rows]).update(handled_at=timezone.now())
    _post_at_once(Notice.objects.filter(happening__in=rows, at_once=True, mail=None), events)
    return len(rows)


def _post_at_once(notices: QuerySet[Notice], events: Events) -> None:
    rows = list(notices.select_related("happening", "person__user").order_by("pk"))
    rather_not = set(_with_the_digest(row.person_id for row in rows))
    for kind in (TOLD, REMINDER):
        wanted = [
            row
            for row in rows
            if _kind_of(events.by_key[row.happening.key]) == kind
            and (row.person_id not in rather_not or events.by_key[row.happening.key].changes_rights)
        ]
        if wanted:
            _post(kind, wanted)


def _kind_of(event: Event) -> str:
    return REMINDER if event.once_a_day else TOLD


def _with_the_digest(people: Iterable[int]) -> QuerySet[MailSettings, int]:
    """Who asked not to be mailed in between."""
    rows = MailSettings.objects.filter(person__in=set(people), at_once=False)
    return rows.values_list("person_id", flat=True)


def _post(kind: str, notices: Sequence[Notice]) -> None:
    """One mail a person: the first at once, what comes soon after with the next."""
    now, people = timezone.now(), {row.person_id: row.person for row in notices}
    mails = Mail.objects.filter(kind=kind, person__in=list(people))
    open_ones = mails.filter(Q(state=MailState.WAITING), attempts=0).select_for_update()
    by_person = {row.person_id: row for row in open_ones}
    last = dict(mails.order_by("created_at").values_list("person", "created_at"))
    for notice in notices:
        person = notice.person_id
        if person not in by_person:
            try_at = max(now, last[person] + APART[kind]) if person in last else now
            by_person[person] = _new_mail(kind, notice, people[person], try_at)
        notice.mail = by_person[person]
    Notice.objects.bulk_update(notices, ["mail"])
    waking.wake(waking.SEND)


def _new_mail(kind: str, notice: Notice, person: Person, try_at: Any) -> Mail:
    user: Any = person.user
    return Mail.objects.create(
        kind=kind,
        person=person,
        address=user.email,
        language=user.language,
        identity=f"{kind}:{notice.pk}",
        try_at=try_at,
    )
