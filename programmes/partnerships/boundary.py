"""The trust boundary: who is in which team or support group now (P7).

Everything else asks here. Access hangs on current team members, never on an employer, an office or superuser rights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from programmes.common.access import Access

from .days import furthest_day
from .enums import CITY_ROLES, Role, TeamRole
from .models import Backing, Enrolment, Participation, SupportGroupMember, Team, TeamMember


@dataclass(frozen=True)
class Places:
    """Where a person currently is in a team: ids, and the programmes' time zones; read once per request.

    In `teams` the person reads and writes. `resting` are teams whose organisation is not in the programme at the
    moment: what is the team's own is still read, nothing is written, and what others had shared with it is closed.
    All the rest is about `teams`; `roles` are values of `TeamRole`."""

    teams: frozenset[int] = frozenset()
    resting: frozenset[int] = frozenset()
    programmes: frozenset[int] = frozenset()
    coordinated: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    zones: frozenset[tuple[int, str]] = frozenset()

    @property
    def own(self) -> frozenset[int]:
        """Teams whose own texts the person reads."""
        return self.teams | self.resting


def current(prefix: str = "") -> Q:
    """Rows of a from–to table that hold today, wherever on earth; `prefix` is a lookup path ending in `__`."""
    today = furthest_day()
    begun = Q(**{f"{prefix}started_on": None}) | Q(**{f"{prefix}started_on__lte": today})
    return begun & (Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gt": today}))


def seats() -> QuerySet[TeamMember]:
    """Current places in teams of running enrolments, everybody's: the rows behind `Places.teams`, for conditions that
    are asked of many people in one query."""
    return TeamMember.objects.filter(current(), current("team__enrolment__"), team__closed_at=None)


def group_seats() -> QuerySet[SupportGroupMember]:
    """The rows behind `support_groups_of`, everybody's."""
    return SupportGroupMember.objects.filter(current(), group__resting_since=None, person__isnull=False)


def places_of(access: Access) -> Places:
    """The person's places: one query per access. Inactive and anonymous people have none."""
    return access.once(places_of, lambda: _read_places(access)) if access.is_active else Places()


def _read_places(access: Access) -> Places:
    members = TeamMember.objects.filter(current(), person__user=access.user, team__closed_at=None)
    everywhere = [row.team for row in members.select_related("team__enrolment__programme")]
    teams = [team for team in everywhere if _runs(team.enrolment)]
    programmes = {team.enrolment.programme for team in teams}
    return Places(
        teams=frozenset(team.pk for team in teams),
        resting=frozenset(team.pk for team in everywhere if not _runs(team.enrolment)),
        programmes=frozenset(row.pk for row in programmes),
        coordinated=frozenset(team.enrolment.programme_id for team in teams if team.role == TeamRole.COORDINATOR),
        roles=frozenset(team.role for team in teams),
        zones=frozenset((row.pk, row.time_zone) for row in programmes),
    )


def _runs(enrolment: Enrolment) -> bool:
    """As `current`, of a row in hand."""
    today = furthest_day()
    begun = enrolment.started_on is None or enrolment.started_on <= today
    return begun and (enrolment.ended_on is None or enrolment.ended_on > today)


@dataclass(frozen=True)
class Reach:
    """Teams for which a person may write beyond the own ones: of cities that the person's association backs, and
    those that let the person, who facilitates them, write on their behalf."""

    backed: frozenset[int] = frozenset()
    facilitated: frozenset[int] = frozenset()


def reach_of(access: Access) -> Reach:
    """Read once per access, as ids: lists of ten thousand rows are then narrowed by index, not row by row."""
    places = places_of(access)
    return access.once(reach_of, lambda: _read_reach(places.teams, places.roles)) if places.teams else Reach()


def _read_reach(teams: frozenset[int], roles: frozenset[str]) -> Reach:
    """Only what the person's roles can reach is asked for."""
    backed: Any = []
    if TeamRole.ASSOCIATION in roles:
        cities = backings_in_force(team__in=teams).values("enrolment")
        backed = Team.objects.filter(enrolment__in=cities, role=TeamRole.CITY, closed_at=None)
        backed = backed.values_list("pk", flat=True)
    if TeamRole.FACILITATOR not in roles:
        return Reach(frozenset(backed))
    facilitating = Participation.objects.filter(current(), role=Role.FACILITATOR, team__in=teams)
    allowed = Participation.objects.filter(
        current(),
        partnership__in=facilitating.values("partnership"),
        role__in=CITY_ROLES,
        team__facilitator_may_write_at__isnull=False,
    )
    return Reach(frozenset(backed), frozenset(allowed.values_list("team", flat=True)))


def backings_in_force(**narrowed: Any) -> QuerySet[Backing]:
    """Of running enrolments, and accepted by the city: one that was only proposed gives nothing."""
    rows = Backing.objects.filter(
        current(), current("enrolment__"), accepted_at__isnull=False, team__closed_at=None, **narrowed
    )
    return rows.filter(current("team__enrolment__"))


def support_groups_of(access: Access) -> frozenset[int]:
    """Ids of groups in which the person has a current seat and which are not resting."""
    return access.once(support_groups_of, lambda: _read_support_groups(access)) if access.is_active else frozenset()


def _read_support_groups(access: Access) -> frozenset[int]:
    return frozenset(group_seats().filter(person__user=access.user).values_list("group_id", flat=True))


def members_of(teams: Iterable[Team | int]) -> QuerySet[TeamMember]:
    """Current members of these teams, with their people."""
    return TeamMember.objects.filter(current(), team__in=teams).select_related(
        "person__user", "team__enrolment__organisation"
    )
