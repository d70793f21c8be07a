"""The trust boundary: who is in which team now, and who reads what is said between the cities (P7).

Everything else asks here. Access hangs on current team members, never on an employer, an office or superuser rights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.common.access import Access

from .days import furthest_day
from .enums import ASSOCIATION_ROLES, CITY_ENROLMENTS, CITY_ROLES, Audience, EnrolmentRole, OpenedTo, Role
from .models import Backing, Participation, SupportGroup, SupportGroupMember, Team, TeamMember, Thread, ThreadOpening


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


def threads_visible_to(access: Access) -> QuerySet[Thread]:
    """Threads the person may read now. The only way to threads for pages, lists, documents and counts.

    Only the ways in that the person's roles have are asked for: a coordinator has none."""
    places, groups = places_of(access), support_groups_of(access)
    ways = []
    if places.roles & set(CITY_ENROLMENTS):
        ways.append(_cities(places))
    if EnrolmentRole.ASSOCIATION in places.roles:
        ways.append(_plan(places))
    if places.roles & {EnrolmentRole.ASSOCIATION, EnrolmentRole.FACILITATOR}:
        ways.append(_opened(places))
    if groups:
        ways.append(asked_of(groups))
    return Thread.objects.filter(reduce(or_, ways)) if ways else Thread.objects.none()


def _cities(places: Places) -> Q:
    mentees = Q(current("mentee__"), mentee__team__in=places.teams)
    return mentees | Q(current("mentor__"), mentor__team__in=places.teams) & ~Q(audience=Audience.GROUP)


def _taking_part(places: Places, *roles: str) -> Exists:
    rows = Participation.objects.filter(
        current(), partnership=OuterRef("partnership"), role__in=roles, team__in=places.teams
    )
    return Exists(rows)


def _plan(places: Places) -> Q:
    return Q(current("mentee__"), _taking_part(places, Role.MENTEE_ASSOCIATION), audience=Audience.PLAN)


def asked_of(groups: frozenset[int]) -> Q:
    """Threads in which a mentee asks one of these local support groups."""
    seat = SupportGroup.objects.filter(pk__in=groups, team=OuterRef("mentee__team"))
    return Q(Exists(seat), current("mentee__"), audience=Audience.GROUP)


def _opened(places: Places) -> Q:
    """Both sides agreed, and both are still in the partnership: who was not asked has opened nothing."""

    def agreed(to: str) -> Exists:
        return Exists(
            ThreadOpening.objects.filter(thread=OuterRef("pk"), to=to, mentee_at__isnull=False, mentor_at__isnull=False)
        )

    lasting = Q(current("mentee__")) & Q(current("mentor__"))
    to_associations = Q(agreed(OpenedTo.ASSOCIATIONS), _taking_part(places, *ASSOCIATION_ROLES))
    to_facilitator = Q(agreed(OpenedTo.FACILITATOR), _taking_part(places, Role.FACILITATOR))
    return lasting & (to_associations | to_facilitator)


def may_read_thread(access: Access, thread: Thread) -> bool:
    return threads_visible_to(access).filter(pk=thread.pk).exists()


def side_of(access: Access, thread: Thread) -> str:
    """`mentee` or `mentor` when the person is in that city's team now, else empty."""
    teams = places_of(access).teams
    for side in ("mentee", "mentor"):
        participation = getattr(thread, side)
        if participation and participation.ended_on is None and participation.team_id in teams:
            return side
    return ""
