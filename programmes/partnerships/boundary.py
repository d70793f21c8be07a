"""The trust boundary: who is in which team or support group now (P7).

Everything else asks here. Access hangs on current team members, never on an employer, an office or superuser rights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from programmes.common.access import Access

from .days import furthest_day
from .enums import CITY_ROLES, EnrolmentRole, Role
from .models import Backing, Participation, SupportGroupMember, Team, TeamMember


@dataclass(frozen=True)
class Places:
    """Where a person currently is in a team: ids, and the programmes' time zones; read once per request."""

    teams: frozenset[int] = frozenset()
    enrolments: frozenset[int] = frozenset()
    programmes: frozenset[int] = frozenset()
    coordinated: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    zones: frozenset[tuple[int, str]] = frozenset()


def current(prefix: str = "") -> Q:
    """Rows of a from–to table that hold today, wherever on earth; `prefix` is a lookup path ending in `__`."""
    today = furthest_day()
    begun = Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": today})
    return begun & (Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gt": today}))


def places_of(access: Access) -> Places:
    """The person's places: one query per access. Inactive and anonymous people have none."""
    return access.once(places_of, lambda: _read_places(access)) if access.is_active else Places()


def _read_places(access: Access) -> Places:
    members = TeamMember.objects.filter(current(), current("team__enrolment__"), person__user=access.user)
    rows = list(members.select_related("team__enrolment__programme"))
    enrolled = [row.team.enrolment for row in rows]
    return Places(
        teams=frozenset(row.team_id for row in rows),
        enrolments=frozenset(row.pk for row in enrolled),
        programmes=frozenset(row.programme_id for row in enrolled),
        coordinated=frozenset(row.programme_id for row in enrolled if row.role == EnrolmentRole.COORDINATOR),
        organisations=frozenset(row.organisation_id for row in enrolled),
        roles=frozenset(row.role for row in enrolled),
        zones=frozenset((row.programme_id, row.programme.time_zone) for row in enrolled),
    )


@dataclass(frozen=True)
class Reach:
    """Where a person may write beyond the own organisation: enrolments of cities that the person's association backs,
    and teams (with their enrolments) that let the person, who facilitates them, write on their behalf."""

    backed: frozenset[int] = frozenset()
    facilitated_teams: frozenset[int] = frozenset()
    facilitated: frozenset[int] = frozenset()


def reach_of(access: Access) -> Reach:
    """Read once per access, as ids: lists of ten thousand rows are then narrowed by index, not row by row."""
    places = places_of(access)
    return access.once(reach_of, lambda: _read_reach(places.teams, places.roles)) if places.teams else Reach()


def _read_reach(teams: frozenset[int], roles: frozenset[str]) -> Reach:
    """Only what the person's roles can reach is asked for."""
    backed: Any = []
    if EnrolmentRole.ASSOCIATION in roles:
        backed = Backing.objects.filter(current(), team__in=teams).values_list("enrolment", flat=True)
    if EnrolmentRole.FACILITATOR not in roles:
        return Reach(frozenset(backed))
    facilitating = Participation.objects.filter(current(), role=Role.FACILITATOR, team__in=teams)
    allowed = Participation.objects.filter(
        current(),
        partnership__in=facilitating.values("partnership"),
        role__in=CITY_ROLES,
        team__facilitator_may_write_at__isnull=False,
    ).values_list("team", "team__enrolment")
    pairs = list(allowed)
    return Reach(frozenset(backed), frozenset(team for team, _ in pairs), frozenset(row for _, row in pairs))


def support_groups_of(access: Access) -> frozenset[int]:
    """Ids of groups in which the person has a current seat and which are not resting."""
    return access.once(support_groups_of, lambda: _read_support_groups(access)) if access.is_active else frozenset()


def _read_support_groups(access: Access) -> frozenset[int]:
    seats = SupportGroupMember.objects.filter(current(), person__user=access.user, group__resting_since=None)
    return frozenset(seats.values_list("group_id", flat=True))


def members_of(teams: Iterable[Team | int]) -> QuerySet[TeamMember]:
    """Current members of these teams, with their people."""
    return TeamMember.objects.filter(current(), team__in=teams).select_related(
        "person", "team__enrolment__organisation"
    )
