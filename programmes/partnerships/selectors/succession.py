"""Who may confirm whom the coordinator names for an empty team, who was in it, and who is new in one's teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.signing import Signer
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.models import Person
from programmes.common import clock
from programmes.common.access import Access
from programmes.common.prepared import prepared

from ..boundary import current, places_of
from ..enums import CITY_ROLES, TeamRole
from ..models import Backing, Participation, Programme, Team, TeamMember, TeamOffice, TeamReopening

OBJECT = Signer(sep=".", salt="partnerships.reopening.object")
"""Of the link with which a former member objects."""

OFFICE_ANSWERS_WITHIN = timedelta(days=30)
"""So long nobody begins a team anew whose office was asked whom it names."""

MOST_ARRIVALS = 20
NEW_FOR = timedelta(days=30)
"""How long *My work* tells that somebody joined."""


def confirmers_of(team: Team) -> QuerySet[Team]:
    """Teams of other organisations that may confirm whom the coordinator names for an empty team."""
    empty = "enrolment__programme__enrolments__teams"
    rows = Team.objects.filter(**{empty: team}, closed_at=None)
    rows = rows.alias(empty_team=F(empty))
    return confirming(rows, team="pk", enrolment="enrolment", emptied=f"{empty}__emptied_at")


def confirming(rows: QuerySet, *, team: str, enrolment: str, emptied: str) -> QuerySet:
    """Rows whose `team` may confirm somebody for their `empty_team` (an alias): it stood beside that team when its last
    place ended (`emptied`), with people of its own then: a partner city's, an association's behind the city, one of a
    city behind which it stood. Never one in which the coordinator's own people sit or sat, nor one of the coordinating
    organisation."""
    when, one, empty = OuterRef("was_emptied_at"), OuterRef("one_team"), OuterRef("empty_team")
    rows = rows.alias(one_team=F(team), was_emptied_at=F(emptied)).exclude(one_team=F("empty_team"))
    rows = rows.alias(emptied_day=TruncDate("was_emptied_at", tzinfo=UTC)).filter(was_emptied_at__isnull=False)
    partners = Participation.objects.filter(
        _stood("ended_on"),
        _stood("partnership__participations__ended_on"),
        partnership__participations__team=empty,
        partnership__participations__created_at__lt=when,
        team=one,
        role__in=CITY_ROLES,
        created_at__lt=when,
    )
    backings = Backing.objects.filter(_stood("ended_on"), accepted_at__lt=when, enrolment__teams__role=TeamRole.CITY)
    behind = backings.filter(team=one, enrolment__teams=empty)
    before = backings.filter(team=empty, enrolment__teams=one)
    had_people = TeamMember.objects.filter(_stood("ended_on"), team=one, created_at__lt=when)
    steering = TeamMember.objects.filter(
        team=one,
        person__team_places__team__role=TeamRole.COORDINATOR,
        person__team_places__team__enrolment__programme=OuterRef(f"{enrolment}__programme"),
    )
    coordinates = Team.objects.filter(
        role=TeamRole.COORDINATOR,
        enrolment__programme=OuterRef(f"{enrolment}__programme"),
        enrolment__organisation=OuterRef(f"{enrolment}__organisation"),
    )
    return rows.filter(
        Exists(partners) | Exists(behind) | Exists(before), Exists(had_people), ~Exists(steering), ~Exists(coordinates)
    )


def asked_since_emptied(office: TeamOffice) -> bool:
    emptied = office.team.emptied_at
    return office.asked_at is not None and emptied is not None and office.asked_at >= emptied


def office_comes_first(team: Team) -> bool:
    """The team confirmed an office that was not written to yet, or lately: it may still name somebody."""
    office = TeamOffice.objects.filter(team=team, confirmed_at__isnull=False).select_related("team").first()
    if office is None:
        return False
    has_until = office_has_until(office)
    return has_until is None or has_until > clock.now()


def office_has_until(office: TeamOffice) -> datetime | None:
    """None: it was not written to since the team is empty."""
    return office.asked_at + OFFICE_ANSWERS_WITHIN if office.asked_at and asked_since_emptied(office) else None


def coordinators_own(programme: Programme) -> QuerySet[Person]:
    """People who are, or ever were, in a coordinator's team of the programme."""
    return Person.objects.filter(
        team_places__team__role=TeamRole.COORDINATOR, team_places__team__enrolment__programme=programme
    )


def former_members_of(team: Team) -> QuerySet[Person]:
    return Person.objects.filter(team_places__team=team, team_places__ended_on__isnull=False).distinct()


def _stood(field: str) -> Q:
    """From–to rows that had not ended at that moment; days are compared generously to the same day."""
    return Q(**{field: None}) | Q(**{f"{field}__gte": OuterRef("emptied_day")})


def objection_path(reopening_id: int, person_id: int) -> str:
    return reverse("partnerships:reopening_object", args=[OBJECT.sign_object([reopening_id, person_id])])


def reopenings_visible_to(access: Access) -> QuerySet[TeamReopening]:
    """Those of programmes that one coordinates, and those that a team of one's own may confirm or confirmed."""
    places = places_of(access)
    rows = TeamReopening.objects.filter(team__enrolment__programme__in=places.programmes)
    rows = rows.select_related("team__enrolment__organisation", "team__enrolment__programme", "asked_by")
    mine = [row.pk for row in rows if confirming_team(access, row) or row.confirmed_for_id in places.teams]
    return rows.filter(Q(pk__in=mine) | Q(team__enrolment__programme__in=places.coordinated))


def confirming_team(access: Access, reopening: TeamReopening) -> Team | None:
    """The person's own team that may confirm it."""
    return confirmers_of(reopening.team).filter(pk__in=places_of(access).teams).first()


@dataclass(frozen=True)
class Arrival:
    """Somebody who joined a team; `unconfirmed`: by a link that was passed on, and the address is not confirmed."""

    member: TeamMember
    unconfirmed: bool


def arrivals_seen_by(access: Access, limit: int = MOST_ARRIVALS) -> list[Arrival]:
    """Who joined the person's teams and those of their partner cities within the last month, newest first."""
    if not places_of(access).teams:
        return []
    return with_confirmation(_arrivals(access, timezone.now() - NEW_FOR)[:limit])


@prepared
def _arrivals(access: Access, since: datetime) -> QuerySet[TeamMember]:
    places = places_of(access)
    mine = Participation.objects.filter(current(), team__in=places.teams, role__in=CITY_ROLES)
    partners = Participation.objects.filter(current(), partnership__in=mine.values("partnership"), role__in=CITY_ROLES)
    rows = TeamMember.objects.filter(
        Q(team__in=places.teams) | Q(team__in=partners.values("team")), current(), created_at__gt=since
    ).exclude(person__user=access.user.pk)
    named = rows.select_related("person__user", "team__enrolment__organisation", "invited_by")
    return named.order_by("-pk")[:MOST_ARRIVALS]


def with_confirmation(members: Iterable[TeamMember]) -> list[Arrival]:
    """The members, each with whether the address is still to be confirmed; in two queries."""
    rows = list(members)
    asked = {row.person.user_id for row in rows if row.by_copied_link}
    confirmed = set()
    if asked:
        proved = EmailAddress.objects.filter(user__in=asked, verified=True)
        confirmed = set(proved.values_list("user", flat=True))
    return [Arrival(row, row.by_copied_link and row.person.user_id not in confirmed) for row in rows]
