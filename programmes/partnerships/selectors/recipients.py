"""Who is told what happens in a partnership or a team: the people who are in it at this moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from programmes.accounts.models import Person

from ..boundary import current, group_seats, seats
from ..models import Partnership, QuietPartnership, TeamMember

People = dict[int, set[int]]
"""Ids of people by the id of something."""


def gathered(pairs: Iterable[tuple[int, int]]) -> People:
    found: People = defaultdict(set)
    for key, person in pairs:
        found[key].add(person)
    return found


def people_in_partnerships(partnerships: Collection[int], roles: Collection[str] = ()) -> People:
    """In a team that takes part now, in one of the roles where some are named; one query."""
    part = "team__participations__"
    asked = {f"{part}partnership__in": partnerships} | ({f"{part}role__in": roles} if roles else {})
    rows = seats().filter(current(part), **asked).order_by()
    return gathered(rows.values_list(f"{part}partnership", "person").distinct())


def people_in_teams(teams: Collection[int]) -> People:
    """With a place in a team of a running enrolment; one query."""
    return gathered(seats().filter(team__in=teams).order_by().values_list("team", "person"))


def people_in_resting_teams(teams: Collection[int]) -> People:
    """The same where the organisation left the programme: who keeps reading what is the team's own."""
    rows = TeamMember.objects.filter(current(), team__in=teams, team__closed_at=None)
    return gathered(rows.order_by().values_list("team", "person"))


def people_in_groups(groups: Collection[int]) -> People:
    return gathered(group_seats().filter(group__in=groups).order_by().values_list("group", "person"))


def quiet_pairs(people: Collection[int]) -> set[tuple[int, int]]:
    """Who keeps which partnership quiet."""
    return set(QuietPartnership.objects.filter(person__in=people).values_list("person", "partnership"))


def partnerships_to_hear_of(person: Person) -> QuerySet[Partnership]:
    """Those in which a team of the person's takes part now."""
    mine = seats().filter(current("team__participations__"), person=person)
    rows = Partnership.objects.filter(pk__in=mine.order_by().values("team__participations__partnership"), ended_on=None)
    return rows.select_related("programme", "theme").order_by("pk")
