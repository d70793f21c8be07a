"""Who may confirm whom the coordinator names for an empty team, who was in it, and who is new in one's teams."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from programmes.accounts.models import Person
from programmes.common.access import Access

from ..boundary import current, places_of
from ..enums import CITY_ROLES, TeamRole
from ..models import Backing, Participation, Programme, Team, TeamMember, TeamReopening

NEW_FOR = timedelta(days=30)
"""How long *My work* tells that somebody joined."""


def confirmers_of(team: Team) -> QuerySet[Team]:
    """Teams of other organisations that stood beside an empty team when its last place ended, with people of their own
    then: partner cities, an association behind the city, the cities behind which an association stood. Never one in
    which the coordinator's own people sit or sat, nor one of the coordinating organisation."""
    when = team.emptied_at
    if when is None:
        return Team.objects.none()
    beside = _partners(team, when) | _backed(team, when)
    had_people = TeamMember.objects.filter(_stood("ended_on", when), created_at__lt=when).values("team")
    programme = team.enrolment.programme
    own = TeamMember.objects.filter(person__in=coordinators_own(programme)).values("team")
    steering = Team.objects.filter(enrolment__programme=programme, role=TeamRole.COORDINATOR)
    rows = Team.objects.filter(pk__in=beside, closed_at=None).filter(pk__in=had_people).exclude(pk__in=own)
    return rows.exclude(enrolment__organisation__in=steering.values("enrolment__organisation")).exclude(pk=team.pk)


def coordinators_own(programme: Programme) -> QuerySet[Person]:
    """People who are, or ever were, in a coordinator's team of the programme."""
    return Person.objects.filter(
        team_places__team__role=TeamRole.COORDINATOR, team_places__team__enrolment__programme=programme
    )


def former_members_of(team: Team) -> QuerySet[Person]:
    return Person.objects.filter(team_places__team=team, team_places__ended_on__isnull=False).distinct()


def _stood(field: str, when: datetime) -> Q:
    """From–to rows that had not ended at that moment; days are compared generously to the same day."""
    return Q(**{field: None}) | Q(**{f"{field}__gte": when.date()})


def _partners(team: Team, when: datetime) -> set[int]:
    mine = Participation.objects.filter(_stood("ended_on", when), team=team, created_at__lt=when)
    rows = Participation.objects.filter(
        _stood("ended_on", when),
        partnership__in=mine.values("partnership"),
        role__in=CITY_ROLES,
        created_at__lt=when,
    )
    return set(rows.values_list("team", flat=True))


def _backed(team: Team, when: datetime) -> set[int]:
    rows = Backing.objects.filter(_stood("ended_on", when), accepted_at__lt=when)
    behind = set(rows.filter(enrolment=team.enrolment_id).values_list("team", flat=True))
    cities = Team.objects.filter(role=TeamRole.CITY, enrolment__in=rows.filter(team=team).values("enrolment"))
    return (behind if team.role == TeamRole.CITY else set()) | set(cities.values_list("pk", flat=True))


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


def arrivals_seen_by(access: Access, limit: int = 20) -> list[Arrival]:
    """Who joined the person's teams and those of their partner cities within the last month, newest first."""
    places = places_of(access)
    if not places.teams:
        return []
    since = timezone.now() - NEW_FOR
    mine = Participation.objects.filter(current(), team__in=places.teams, role__in=CITY_ROLES)
    partners = Participation.objects.filter(current(), partnership__in=mine.values("partnership"), role__in=CITY_ROLES)
    rows = TeamMember.objects.filter(
        Q(team__in=places.teams) | Q(team__in=partners.values("team")), current(), created_at__gt=since
    ).exclude(person__user=access.user)
    named = rows.select_related("person__user", "team__enrolment__organisation", "invited_by")
    return with_confirmation(named.order_by("-pk")[:limit])


def with_confirmation(members: QuerySet[TeamMember]) -> list[Arrival]:
    """The members, each with whether the address is still to be confirmed; in two queries."""
    rows = list(members)
    asked = {row.person.user_id for row in rows if row.by_copied_link}
    confirmed = set()
    if asked:
        proved = EmailAddress.objects.filter(user__in=asked, verified=True)
        confirmed = set(proved.values_list("user", flat=True))
    return [Arrival(row, row.by_copied_link and row.person.user_id not in confirmed) for row in rows]
