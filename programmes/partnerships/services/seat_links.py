"""Seats of a support group that are offered and taken up by link, without an account."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction

from programmes.accounts.models import Person, User
from programmes.accounts.services import person_for, record
from programmes.links import services as links
from programmes.links.models import PersonalLink

from ..models import SupportGroup, SupportGroupMember
from .saving import locked

SEAT = "seat"
"""Key of the purpose."""


@transaction.atomic
def invite_by_link(
    *, group: SupportGroup, seats: Mapping[int, str], language: str, days: int, by: User, site: str
) -> list[PersonalLink]:
    """A link for each of these free seats (address by id, "" where the link is passed on by hand); with an address it
    goes by mail. A seat whose address changed gets a link for the other person, and the earlier one dies. Raises what
    `links.services.make` raises."""
    made = []
    for seat in group.members.filter(pk__in=seats, person=None).select_for_update(of=("self",)):
        person = _person_for(seat, seats[seat.pk])
        links.revoke(links=links.about([SEAT], [seat.pk]).exclude(person=person), by=by)
        row = links.make(
            purpose=SEAT,
            subject_id=seat.pk,
            person=person,
            language=language,
            by=by,
            expires_at=links.in_time(timedelta(days=days)),
        )
        links.send(link=row, site=site)
        made.append(row)
    return made


def _person_for(seat: SupportGroupMember, email: str) -> Person:
    if email:
        return person_for(email=email, name=seat.name)
    known = (
        links.about([SEAT], [seat.pk])
        .filter(links.OPEN, person__email="", declined_at=None)
        .select_related("person")
        .first()
    )
    return known.person if known else person_for(email="", name=seat.name)


@transaction.atomic
def take_seat(*, seat: SupportGroupMember, person: Person, had_dialogue: bool) -> SupportGroupMember:
    row = locked(seat)
    row.person, row.had_dialogue = person, had_dialogue
    row.save(update_fields=["person", "had_dialogue", "updated_at"])
    record(by=None, verb="took seat", target=row)
    return row


@transaction.atomic
def leave_seat(*, seat: SupportGroupMember, person: Person) -> None:
    """The line stays, for somebody else."""
    row = locked(seat)
    if row.person_id == person.pk:
        row.person = None
        row.save(update_fields=["person", "updated_at"])
        record(by=None, verb="left seat", target=row)


def close_links(groups: Iterable[SupportGroup], *, by: User | None) -> None:
    """Links to seats die when the group rests or another team keeps it: whoever sent them may know them."""
    seats = SupportGroupMember.objects.filter(group__in=list(groups)).values_list("pk", flat=True)
    links.revoke(links=links.about([SEAT], seats), by=by)
