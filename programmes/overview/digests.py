"""The summary of what waits and what happened, by mail: who is due, and what it says; for many people at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.accounts.models import Person
from programmes.accounts.outbox import leads_to_a_page
from programmes.common.waiting import Waiting
from programmes.notices import waking
from programmes.notices.choosing import for_account, next_time
from programmes.notices.enums import Rhythm
from programmes.notices.handling import Events, WordedNotice
from programmes.notices.kinds import MailKind
from programmes.notices.letters import Button, Letter, Part, Row, Rows, Words
from programmes.notices.models import Mail, MailSettings, Notice
from programmes.partnerships.boundary import seats
from programmes.partnerships.selectors.recipients import quiet_pairs

from .waiting import waiting_for

DIGEST = "digest"
AT_A_TIME = 1000
LOOKS_BACK = timedelta(days=31)
"""What happened longer ago is no news: for whoever begins to get the digest, or lets it rest."""

MOST_ROWS = 20
"""Of each part; the rest is counted, and a button away."""


def post_due() -> int:
    """Post the digests whose hour has come, also for people who came since; returns how many. Safe to run twice: the
    mail's identity is the person and the moment it was due."""
    _begin_with_newcomers()
    posted = 0
    while some := _post_some():
        posted += some
    return posted


def _begin_with_newcomers() -> None:
    """Who has a place in a team gets a weekly digest, until they choose otherwise; others have to ask for it."""
    chosen = MailSettings.objects.filter(person=OuterRef("pk"))
    seated = seats().filter(person=OuterRef("pk"))
    people = Person.objects.filter(Exists(seated), ~Exists(chosen), user__is_active=True).select_related("user")
    rows = []
    for person in people:
        row = MailSettings(person=person)
        row.next_at = next_time(row, person.user.time_zone if person.user else "", after=timezone.now())
        rows.append(row)
    MailSettings.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_A_TIME)


@transaction.atomic
def _post_some() -> int:
    now = timezone.now()
    due = MailSettings.objects.filter(next_at__lte=now, person__user__is_active=True).exclude(rhythm=Rhythm.NEVER)
    rows = list(
        due.select_for_update(skip_locked=True, of=("self",)).select_related("person__user").order_by("pk")[:AT_A_TIME]
    )
    mails = [digest_for(row.person, f"{row.next_at:%Y-%m-%dT%H:%M}") for row in rows]
    Mail.objects.bulk_create(mails, ignore_conflicts=True)
    for row in rows:
        row.next_at = next_time(row, row.person.user.time_zone if row.person.user else "", after=now)
    MailSettings.objects.bulk_update(rows, ["next_at"], batch_size=AT_A_TIME)
    if rows:
        waking.wake(waking.SEND)
    return len(rows)


@transaction.atomic
def post_to_demo() -> None:
    """The summary of this moment to each of the demo's accounts, whatever they chose."""
    people = Person.objects.filter(user__is_demo=True, user__is_active=True).select_related("user").order_by("pk")
    now = f"now:{timezone.now():%Y-%m-%dT%H:%M:%S}"
    Mail.objects.bulk_create([digest_for(person, now) for person in people], ignore_conflicts=True)
    waking.wake(waking.SEND)


def digest_for(person: Person, slot: str) -> Mail:
    """Not saved."""
    user = person.user
    return Mail(
        kind=DIGEST,
        person=person,
        address=person.address,
        language=user.language if user else "en",
        identity=f"{DIGEST}:{person.pk}:{slot}",
    )


def kind(events: Events) -> MailKind:
    return MailKind(DIGEST, lambda mails: letters(mails, events), sent=_sent)


def letters(mails: Sequence[Mail], events: Events) -> dict[int, Letter]:
    """Nothing new and nothing waiting: no letter. The queries do not grow with the people."""
    people = {mail.person_id or 0 for mail in mails}
    waiting = _waiting(people)
    told = _told(people, events)
    written = {}
    for mail in mails:
        one = mail.person_id or 0
        if waiting[one] or told[one]:
            with translation.override(mail.language):
                written[mail.pk] = _letter(mail, waiting[one], told[one])
    return written


def _waiting(people: set[int]) -> dict[int, list[Waiting]]:
    quiet, found = quiet_pairs(people), defaultdict(list)
    for row in waiting_for(Person(pk=pk) for pk in people):
        if (row.person_id, row.partnership_id) not in quiet:
            found[row.person_id or 0].append(row)
    return found


def _told(people: set[int], events: Events) -> dict[int, list[WordedNotice]]:
    since = timezone.now() - LOOKS_BACK
    rows = Notice.objects.filter(person__in=people, mail=None, created_at__gt=since).select_related("happening")
    found = defaultdict(list)
    for one in events.still(list(rows.order_by("-pk"))):
        found[one.notice.person_id].append(one)
    return found


def _sent(mail: Mail) -> None:
    """What it told is told; what happened since it was written comes with the next."""
    new = Notice.objects.filter(person=mail.person_id, mail=None, created_at__lte=mail.written_at or mail.created_at)
    new.update(mail=mail)


def _letter(mail: Mail, waiting: Sequence[Waiting], told: Sequence[WordedNotice]) -> Letter:
    shown = [_waiting_row(mail, row) for row in waiting]
    known = {row.url for row in shown}
    happened = [row for row in _happened(mail, told) if row.url not in known]
    parts: list[Part] = []
    if shown:
        parts += _rows("", shown)
    if happened:
        parts += _rows(_("What happened") if shown else "", happened)
    parts.append(Button(_("Open My work"), mail.absolute(reverse("overview:my_work"))))
    return for_account(Letter(_subject(len(shown), len(happened)), parts), mail)


def _subject(waiting: int, happened: int) -> str:
    if waiting:
        return ngettext("%(n)s thing waits for you", "%(n)s things wait for you", waiting) % {"n": waiting}
    return ngettext("%(n)s thing happened", "%(n)s things happened", happened) % {"n": happened}


def _rows(heading: str, rows: Sequence[Row]) -> list[Part]:
    more = len(rows) - MOST_ROWS
    parts: list[Part] = [Rows(heading, rows[:MOST_ROWS])]
    if more > 0:
        parts.append(Words(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}, soft=True))
    return parts


def _waiting_row(mail: Mail, row: Waiting) -> Row:
    words = row.kind.say(row)  # not kept: the same row may be told in two languages
    url = mail.absolute(words.url)
    if not leads_to_a_page(url.partition("#")[0]):
        # Nobody enters by a summary that somebody passes on.
        url = mail.absolute(reverse("overview:my_work"))
    return Row(words.text, url, words.context, day_of(row.due) if row.due else "")


def _happened(mail: Mail, told: Iterable[WordedNotice]) -> list[Row]:
    rows = []
    for one in told:
        said = one.say()
        rows.append(Row(said.text, mail.absolute(said.path), said.context))
    return list(dict.fromkeys(rows))


def day_of(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
