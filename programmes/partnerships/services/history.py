"""The history of a team, read by its own people and its partner city's team."""

from datetime import datetime

from django.db.models import QuerySet

from programmes.accounts.models import Person, User

from ..enums import TeamEventKind
from ..models import Team, TeamEvent

NAME_NO_PERSON = (TeamEventKind.OFFICE_NAMED, TeamEventKind.OFFICE_CONFIRMED, TeamEventKind.BACKING_ACCEPTED)
"""Of an office or an association."""


def tell(team: Team, kind: str, *, by: User | None, person: Person | None = None, name: str = "") -> None:
    """Note what happened, with the person it is about, or a name where it is none of ours."""
    TeamEvent.objects.create(team=team, kind=kind, by=by, person=person, name="" if person else name[:200])


def is_now(person: Person, *, team: Team, name: str) -> None:
    """Somebody who was only a name in this history came: what is told of them goes where the person goes."""
    _called(name).filter(team=team).update(person=person, name="")


def forget_name(name: str, *, team: Team | int | None = None, kind: str = "") -> None:
    """Blank the name of somebody who has no place, in this history or in all."""
    rows = _called(name)
    rows = rows.filter(team=team) if team is not None else rows
    (rows.filter(kind=kind) if kind else rows).update(name="")


def _called(name: str) -> QuerySet[TeamEvent]:
    return TeamEvent.objects.filter(person=None, name=name).exclude(name="").exclude(kind__in=NAME_NO_PERSON)


def forget_names(before: datetime) -> int:
    """Blank the names of people who were only invited; returns how many."""
    return TeamEvent.objects.filter(person=None, at__lt=before).exclude(name="").update(name="")
