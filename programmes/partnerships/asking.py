"""For whom and where it is asked what waits: one person's page, or many people at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from programmes.accounts.models import Person
from programmes.common.access import Access
from programmes.common.prepared import Given

from .boundary import (
    OF_GROUPS,
    OF_PLACES,
    WHO_ASKS,
    being_reopened,
    current,
    group_seats,
    places_of,
    seats,
    support_groups_of,
)
from .days import furthest_day, today_in_zone
from .enums import TeamRole
from .models import SupportGroupMember, TeamMember

NOW = Given("now", DateTimeField())


@dataclass(frozen=True)
class WaitingQuery:
    """A question, equal to another where the same query answers both with other `given` values.

    `roles` of teams that any of the people is in, `zones` of the programmes they are in, `has_groups`: whether any has
    a seat in a support group, `reopening`: whether somebody is named for an empty team; `narrowed` names what narrows
    (`partnership`, `programme`), `limit` counts rows a person. `many` are ids of people; None for the one who asks.
    `days`: a question of yesterday is made anew."""

    roles: frozenset[str]
    zones: frozenset[str]
    has_groups: bool
    reopening: bool
    days: tuple[date, ...]
    limit: int
    narrowed: frozenset[str]
    many: tuple[int, ...] | None = None
    given: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def is_one(self) -> bool:
        return self.many is None

    @property
    def people(self) -> QuerySet[Person]:
        """With an open account."""
        if self.many is None:
            return Person.objects.filter(user=WHO_ASKS)
        return Person.objects.filter(pk__in=self.many, user__is_active=True)

    def seats(self) -> QuerySet[TeamMember]:
        """Their places in teams, as `places_of` has them."""
        if self.is_one:
            return TeamMember.objects.filter(current(), person__user=WHO_ASKS, team__in=OF_PLACES["teams"])
        return seats().filter(person__in=self.people)

    def group_seats(self) -> QuerySet[SupportGroupMember]:
        if self.is_one:
            return SupportGroupMember.objects.filter(current(), person__user=WHO_ASKS, group__in=OF_GROUPS)
        return group_seats().filter(person__in=self.people)

    def coordinating(self) -> QuerySet[TeamMember]:
        """Their places as coordinators, one in each programme."""
        if self.is_one:
            return TeamMember.objects.filter(current(), person__user=WHO_ASKS, team__in=OF_PLACES["steering"])
        rows = seats().filter(team__role=TeamRole.COORDINATOR)
        same = {"person": OuterRef("person"), "team__enrolment__programme": OuterRef("team__enrolment__programme")}
        return rows.filter(~Exists(rows.filter(pk__lt=OuterRef("pk"), **same)), person__in=self.people)

    def sits_in(self, team: str, person: OuterRef) -> Q:
        """The `person` of a row has a place in the team to which the path `team` leads."""
        if self.is_one:
            return Q(**{f"{team}__in": OF_PLACES["teams"]})
        return Q(Exists(seats().filter(person=person, team=OuterRef(team))))

    def sits_in_group(self, group: str, person: OuterRef) -> Q:
        if self.is_one:
            return Q(**{f"{group}__in": OF_GROUPS})
        return Q(Exists(group_seats().filter(person=person, group=OuterRef(group))))


def asked_by(access: Access, *, limit: int = 50, **narrowed: int) -> WaitingQuery | None:
    """None for who has no open account: nothing waits for them."""
    if not access.is_active:
        return None
    places, groups = places_of(access), support_groups_of(access)
    return _asked(places.roles, places.zones, bool(groups), places.reopening, limit, {"access": access, **narrowed})


def asked_for(people: Iterable[Person], *, limit: int = 50, **narrowed: int) -> WaitingQuery:
    """In two queries."""
    ids = tuple(person.pk for person in people)
    active = Person.objects.filter(pk__in=ids, user__is_active=True)
    rows = seats().filter(person__in=active).order_by().distinct()
    found = list(rows.values_list("team__role", "team__enrolment__programme__time_zone", being_reopened()))
    has_groups = group_seats().filter(person__in=active).exists()
    roles, zones = {role for role, *_more in found}, {zone for _role, zone, _reopening in found}
    return _asked(roles, zones, has_groups, any(row[-1] for row in found), limit, narrowed, ids)


def _asked(roles, zones, has_groups: bool, reopening: bool, limit: int, given: dict, many=None) -> WaitingQuery:
    days = (furthest_day(), *(today_in_zone(zone) for zone in sorted(zones)))
    return WaitingQuery(
        frozenset(roles),
        frozenset(zones),
        has_groups,
        reopening,
        days,
        limit,
        narrowed=frozenset(given) & {"partnership", "programme"},
        many=many,
        given={"now": timezone.now(), **given},
    )
