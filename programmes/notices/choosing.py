"""What people choose to get, when the next digest is due, and the links by which each mail lets them choose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.accounts.models import Person, User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.zones import zone_named

from .enums import Rhythm
from .letters import Letter
from .models import Mail, MailSettings

UNSUBSCRIBE = signing.Signer(sep=".", salt="notices.unsubscribe")
"""Opens nothing: it only ends mails, and is good for ever, because mails are kept for long."""


def for_account(letter: Letter, mail: Mail, *, must_be_told: bool = False) -> Letter:
    """The letter with the ways to choose; nobody unsubscribes from what concerns their rights."""
    unsubscribe = "" if must_be_told else mail.absolute(unsubscribe_path(mail.person_id or 0))
    return replace(
        letter,
        settings_url=mail.absolute(reverse("overview:mails")),
        unsubscribe_url=unsubscribe,
        footer=letter.footer or _("You get this mail because you take part in a programme here."),
    )


def unsubscribe_path(person_id: int) -> str:
    return reverse("notices:unsubscribe", args=[UNSUBSCRIBE.sign_object(person_id)])


def person_of(token: str) -> Person | None:
    """Whose mails a link ends; None for one that is not ours."""
    try:
        return Person.objects.select_related("user").filter(pk=int(UNSUBSCRIBE.unsign_object(token))).first()
    except (signing.BadSignature, ValueError, TypeError):
        return None


def settings_of(person: Person) -> MailSettings:
    """As chosen, or as they would be: not saved."""
    return MailSettings.objects.filter(person=person).first() or MailSettings(person=person)


@transaction.atomic
def choose(*, person: Person, by: User | None, **chosen: Any) -> MailSettings:
    """How often, on which day, at which hour, and whether anything comes in between."""
    row = MailSettings.objects.select_for_update().filter(person=person).first() or MailSettings(person=person)
    for name, value in chosen.items():
        setattr(row, name, value)
    row.next_at = next_time(row, person.user.time_zone if person.user else "UTC", after=clock.now())
    row.save()
    record(by=by, verb="chose mails", target=row)
    return row


def unsubscribe(person: Person) -> None:
    """No digest and nothing in between; what changes somebody's rights is told still."""
    choose(person=person, by=None, rhythm=Rhythm.NEVER, at_once=False)


def next_time(row: MailSettings, zone_name: str, *, after: datetime) -> datetime | None:
    """The first moment after `after` that is the chosen hour of the chosen day where the person lives."""
    if row.rhythm == Rhythm.NEVER:
        return None
    zone = zone_named(zone_name)
    local = after.astimezone(zone)
    found = local.replace(hour=row.hour, minute=0, second=0, microsecond=0)
    if row.rhythm == Rhythm.WEEKLY:
        found += timedelta(days=(row.weekday - local.weekday()) % 7)
    step = timedelta(days=7 if row.rhythm == Rhythm.WEEKLY else 1)
    while found.astimezone(UTC) <= after:
        found += step
    return found.astimezone(UTC)
