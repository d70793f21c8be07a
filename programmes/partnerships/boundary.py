"""The trust boundary: who is in which team or support group now (P7).

Everything else asks here. Access hangs on current team members, never on an employer, an office or superuser rights.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from programmes.accounts.models import Person
from programmes.common.access import Access
from programmes.common.prepared import Given, GivenIds, Sort, prepared, sort_of

from .days import furthest_day
from .enums import CITY_ROLES, OVERSEEING_TEAMS, Role, TeamRole
from .models import Backing, Participation, SupportGroupMember, Team, TeamMember, TeamReopening


@dataclass(frozen=True)
class Places:
    """Where a person currently is in a team: ids, and the time zones of the programmes; read once per request.

    In `teams` the person reads and writes. `resting` are teams whose organisation is not in the programme at the
    moment: what is the team's own is still read, nothing is written, and what others had shared with it is closed.
    All the rest is about `teams`; `overseen` are programmes whose board the person sees whole (`OVERSEEING_TEAMS`),
    `roles` are values of `TeamRole`, `steering` is a team for each programme in
    `coordinated`, `reopening` says that in one of the programmes somebody is named for an empty team."""

    teams: frozenset[int] = frozenset()
    resting: frozenset[int] = frozenset()
    programmes: frozenset[int] = frozenset()
    overseen: frozenset[int] = frozenset()
    coordinated: frozenset[int] = frozenset()
    steering: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    zones: frozenset[str] = frozenset()
    reopening: bool = False

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
    everywhere = [_Place(*row) for row in _places(access.user.pk)]
    running = [place for place in everywhere if place.runs]
    steering = {place.programme: place.team for place in running if place.role == TeamRole.COORDINATOR}
    return Places(
        teams=frozenset(place.team for place in running),
        resting=frozenset(place.team for place in everywhere if not place.runs),
        programmes=frozenset(place.programme for place in running),
        overseen=frozenset(place.programme for place in running if place.role in OVERSEEING_TEAMS),
        coordinated=frozenset(steering),
        steering=frozenset(steering.values()),
        roles=frozenset(place.role for place in running),
        zones=frozenset(place.zone for place in running),
        reopening=any(place.reopening for place in running),
    )


class _Place(NamedTuple):
    team: int
    role: str
    runs: bool
    programme: int
    zone: str
    reopening: bool


@prepared
def _places(user: int) -> QuerySet[TeamMember, tuple]:
    enrolment = "team__enrolment__"
    rows = TeamMember.objects.filter(current(), person__user=user, team__closed_at=None).order_by("pk")
    runs = ExpressionWrapper(current(enrolment), output_field=BooleanField())
    programme = f"{enrolment}programme"
    return rows.values_list("team", "team__role", runs, programme, f"{programme}__time_zone", being_reopened())


def being_reopened() -> Exists:
    """Of rows with a `team`: somebody is named for an empty team of its programme, and not let in yet."""
    programme = "team__enrolment__programme"
    rows = TeamReopening.objects.filter(stopped_at=None, opened_at=None)
    return Exists(rows.filter(**{programme: OuterRef(programme)}))


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
    return frozenset(group for (group,) in _groups(access.user.pk))


@prepared
def _groups(user: int) -> QuerySet[SupportGroupMember, tuple]:
    return group_seats().filter(person__user=user).order_by("pk").values_list("group")


def awake(prefix: str = "") -> Q:
    """Support groups that do not rest, and whose team may write: what members without an account can reach."""
    conditions = {f"{prefix}resting_since": None, f"{prefix}team__closed_at": None}
    return current(f"{prefix}team__enrolment__") & Q(**conditions)


def seats_by_link(access: Access) -> QuerySet[SupportGroupMember]:
    """Current seats of who came by a link, in groups that are awake."""
    return awake_seats_of(access.person) if access.person is not None else SupportGroupMember.objects.none()


def awake_seats_of(person: Person) -> QuerySet[SupportGroupMember]:
    """The same for the person of a link that nobody has opened yet. Nothing but links asks either."""
    rows = SupportGroupMember.objects.filter(current(), awake("group__"), person=person)
    return rows.select_related("group__city", "group__team")


def members_of(teams: Iterable[Team | int]) -> QuerySet[TeamMember]:
    """Current members of these teams, with their people."""
    return TeamMember.objects.filter(current(), team__in=teams).select_related(
        "person__user", "team__enrolment__organisation"
    )


WHO_ASKS = Given("access", BigIntegerField(), lambda access: access.user.pk)
"""In prepared queries, as the following: the account of an access."""

SORTS_OF_PLACES = ("roles", "zones", "reopening")
OF_PLACES: dict[str, Any] = {
    row.name: GivenIds("access", lambda access, name=row.name: getattr(places_of(access), name))  # type: ignore[misc]
    for row in fields(Places)
    if row.name not in SORTS_OF_PLACES
}
OF_REACH: dict[str, Any] = {
    row.name: GivenIds("access", lambda access, name=row.name: getattr(reach_of(access), name))  # type: ignore[misc]
    for row in fields(Reach)
}
OF_GROUPS = GivenIds("access", support_groups_of)


class Anybody(Access):
    """Stands for all accesses of a `sort` while a query is prepared: those in the same roles and zones, who have none
    of the same ids. What else is asked `once` is to be a function of the access that gives ids."""

    def __init__(self, access: Access):
        known = {name: getattr(access.user, name) for name in ("is_authenticated", "is_active", "is_superuser")}
        super().__init__(SimpleNamespace(pk=WHO_ASKS, **known), person=access.person)
        places, groups = places_of(access), support_groups_of(access)
        reach = OF_REACH if places.roles & {TeamRole.ASSOCIATION, TeamRole.FACILITATOR} else {}
        there = {name: ids for name, ids in OF_PLACES.items() if getattr(places, name)}
        sorts = [getattr(places, name) for name in SORTS_OF_PLACES]
        self.sort = (*known.values(), access.person, *sorts, *there, bool(groups))
        self._kept = {
            places_of: replace(places, **there),
            reach_of: replace(Reach(), **reach),
            support_groups_of: OF_GROUPS if groups else groups,
        }

    def once(self, key: Any, read: Any) -> Any:
        return self._kept[key] if key in self._kept else GivenIds("access", key)


@sort_of.register
def _sort_of_access(access: Access, name: str) -> Sort:
    def read() -> Sort:
        anybody = Anybody(access)
        return Sort(anybody.sort, anybody)

    return access.once(_sort_of_access, read)
