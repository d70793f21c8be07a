"""The history of a team, read by its own people and its partner city's team."""

from datetime import datetime

from programmes.accounts.models import Person, User

from ..models import Team, TeamEvent


def tell(team: Team, kind: str, *, by: User | None, person: Person | None = None, name: str = "") -> None:
    """Note what happened, with the person it is about, or a name where it is none of ours."""
    TeamEvent.objects.create(team=team, kind=kind, by=by, person=person, name="" if person else name[:200])


def forget_names(before: datetime) -> int:
    """Blank the names of people who were only invited; returns how many."""
    return TeamEvent.objects.filter(person=None, at__lt=before).exclude(name="").update(name="")
