"""For whom and where it is asked what waits: one person's page, or many people at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from programmes.accounts.models import Person
from programmes.common.access import Access

from .boundary import group_seats, places_of, seats, support_groups_of
from .models import TeamMember


@dataclass(frozen=True)
class WaitingQuery:
    """`people` with an open account; `roles` of teams that any of them is in, `zones` (id, time zone) of the programmes
    they are in, `has_groups`: whether any has a seat in a support group. `partnership` and `programme` (ids) narrow,
    `limit` counts rows a person."""

    people: QuerySet[Person]
    roles: frozenset[str]
    zones: frozenset[tuple[int, str]]
    has_groups: bool
    is_one: bool
    limit: int = 50
    partnership: int | None = None
    programme: int | None = None

    def seats(self) -> QuerySet[TeamMember]:
        """Their places in teams, as `places_of` has them."""
        return seats().filter(person__in=self.people)


def asked_by(access: Access, **narrowed: int | None) -> WaitingQuery | None:
    """None for who has no open account: nothing waits for them."""
    if not access.is_active:
        return None
    places = places_of(access)
    people = Person.objects.filter(user=access.user)
    return WaitingQuery(people, places.roles, places.zones, bool(support_groups_of(access)), is_one=True, **narrowed)  # type: ignore[arg-type]


def asked_for(people: Iterable[Person], **narrowed: int | None) -> WaitingQuery:
    """In two queries."""
    active = Person.objects.filter(pk__in=[person.pk for person in people], user__is_active=True)
    programme = "team__enrolment__programme"
    rows = seats().filter(person__in=active).values_list("team__role", programme, f"{programme}__time_zone").distinct()
    found = list(rows.order_by())
    return WaitingQuery(
        active,
        frozenset(role for role, *_zone in found),
        frozenset((pk, zone) for _role, pk, zone in found),
        group_seats().filter(person__in=active).exists(),
        is_one=False,
        **narrowed,  # type: ignore[arg-type]
    )
