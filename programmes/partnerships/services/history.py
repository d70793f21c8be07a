"""The history of a team, read by its own people and its partner city's team."""

from datetime import timedelta

from django.utils import timezone

from programmes.accounts.models import User
from programmes.participants.models import Person

from ..models import Team, TeamEvent

NAMED_FOR = timedelta(days=365)
"""For how long the name of somebody who never had a place in the team stands in its history."""


def tell(team: Team, kind: str, *, by: User | None, person: Person | None = None, name: str = "") -> None:
    """Note what happened, with the person it is about, or a name where it is none of ours."""
    TeamEvent.objects.create(team=team, kind=kind, by=by, person=person, name="" if person else name[:200])


def forget_names() -> int:
    """Blank the names of people who were only invited, a year later; returns how many."""
    old = TeamEvent.objects.filter(person=None, at__lt=timezone.now() - NAMED_FOR)
    return old.exclude(name="").update(name="")
