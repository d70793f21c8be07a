"""Which programmes, partnerships and teams a person may see, and how they are read in few queries."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from programmes.common.access import Access
from programmes.common.held import hold
from programmes.common.prepared import prepared

from ..boundary import current, members_of, places_of
from ..enums import CITY_ROLES, Role, TeamRole
from ..models import (
    Backing,
    Enrolment,
    Invitation,
    Participation,
    Partnership,
    PreparedInvitation,
    Programme,
    Stage,
    StageDate,
    SupportGroup,
    Team,
    TeamMember,
)
from .progress import stages_around


def programmes_visible_to(access: Access) -> QuerySet[Programme]:
    """Programmes in which the person is in a team; administrators see all, but nothing that cities wrote."""
    if access.is_administrator:
        return Programme.objects.all()
    return Programme.objects.filter(pk__in=places_of(access).programmes)


def visible_programme(access: Access, pk: int) -> Programme | None:
    """One of these with its network, which is noted."""
    programme = next(iter(_programme(access, pk)), None)
    if programme is not None:
        access.note("sees", programme)
    return programme


@prepared
def _programme(access: Access, programme: int) -> QuerySet[Programme]:
    return programmes_visible_to(access).filter(pk=programme).select_related("network")


def partnerships_visible_to(access: Access) -> QuerySet[Partnership]:
    """State and dates: teams that take part now, and the coordinator of the programme."""
    places = places_of(access)
    taking_part = Participation.objects.filter(current(), partnership=OuterRef("pk"), team__in=places.teams)
    return Partnership.objects.filter(Q(programme__in=places.coordinated) | Q(Exists(taking_part)))


def participations_visible_to(access: Access) -> QuerySet[Participation]:
    return Participation.objects.filter(partnership__in=partnerships_visible_to(access))


def with_people(partnerships: QuerySet[Partnership], programme: Programme | None = None) -> list[Partnership]:
    """With what a row of the board reads at hand: participations, dates, stages, theme. `programme`: of all of them,
    where that is known."""
    found = list(partnerships.select_related("theme"))
    known = [programme] if programme else _programmes({row.programme_id for row in found})
    programmes = {one.pk: one for one in known}
    for row in found:
        row.programme = programmes[row.programme_id]
    return _holding(found, teams=False)


@prepared
def _programmes(pks: set[int]) -> QuerySet[Programme]:
    return Programme.objects.filter(pk__in=pks)


def _holding(partnerships: list[Partnership], *, teams: bool) -> list[Partnership]:
    """With their people, dates and stages; every stage is one object."""
    ids = [row.pk for row in partnerships]
    hold(partnerships, "participations", participations_in(ids, teams))
    dates, found = _stage_dates(ids), stages_around(partnerships)
    stages: dict[int | None, Stage] = {stage.pk: stage for stage in found}
    for row in dates:
        row.stage = stages[row.stage_id]
    for partnership in partnerships:
        partnership.current_stage = stages.get(partnership.current_stage_id)
    hold(partnerships, "stage_dates", dates)
    hold(partnerships, "own_stages", [stage for stage in found if stage.partnership_id])
    return partnerships


@prepared
def participations_in(partnerships: list[int], teams: bool) -> QuerySet[Participation]:
    """Of these partnerships (ids), also former ones, with their organisations and, if wanted, teams."""
    rows = Participation.objects.filter(partnership__in=partnerships)
    return rows.select_related("organisation", "team") if teams else rows.select_related("organisation")


@prepared
def _stage_dates(partnerships: list[int]) -> QuerySet[StageDate]:
    return StageDate.objects.filter(partnership__in=partnerships)


def visible_partnership(access: Access, pk: int) -> Partnership | None:
    """With its people; None for who does not see it."""
    return next(iter(placed(_visible(access, pk))), None)


@prepared
def _visible(access: Access, partnership: int) -> QuerySet[Partnership]:
    return partnerships_visible_to(access).filter(pk=partnership).select_related("programme", "theme")


def placed(partnerships: list[Partnership]) -> list[Partnership]:
    """With what the page of a partnership and the top of the pages inside it read; they have their programme."""
    return _holding(partnerships, teams=True)


def people_of(partnership: Partnership) -> list[tuple[Participation, list[TeamMember]]]:
    """Current participations in the order of roles, each with its team's members, in one query."""
    rows = partnership.current()
    people: dict[int, list[TeamMember]] = {}
    for member in _members([row.team_id for row in rows]):
        people.setdefault(member.team_id, []).append(member)
    return [(row, people.get(row.team_id, [])) for row in rows]


@prepared
def _members(teams: list[int]) -> QuerySet[TeamMember]:
    return members_of(teams)


def teams_visible_to(access: Access) -> QuerySet[Team]:
    """Teams of the programmes the person may see: who they are is known to all who take part. And one's own, also while
    its organisation is not in the programme."""
    seen = Q(enrolment__programme__in=programmes_visible_to(access))
    return Team.objects.filter(seen | Q(pk__in=places_of(access).own))


def enrolments_visible_to(access: Access) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(programme__in=programmes_visible_to(access))


def members_visible_to(access: Access) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(team__in=teams_visible_to(access))


def backings_visible_to(access: Access) -> QuerySet[Backing]:
    return Backing.objects.filter(enrolment__in=enrolments_visible_to(access))


def invitations_visible_to(access: Access) -> QuerySet[Invitation]:
    """Invitations one sent oneself, and those into the teams and to the seats of one's own city or team."""
    if not access.is_active:
        return Invitation.objects.none()
    places = places_of(access)
    rows = Q(team__in=places.teams) | Q(seat__group__team__in=places.teams)
    rows |= Q(invited_by=access.user, team__enrolment__programme__in=places.programmes)
    rows |= Q(team__enrolment__programme__in=places.coordinated)
    if access.is_administrator:
        rows |= Q(team__role=TeamRole.COORDINATOR)
    return Invitation.objects.filter(rows).select_related("team__enrolment__programme", "seat__group")


def prepared_visible_to(access: Access) -> QuerySet[PreparedInvitation]:
    """People to be invited into one's own teams, those of the programmes one coordinates, and whom one entered."""
    if not access.is_active:
        return PreparedInvitation.objects.none()
    places = places_of(access)
    mine = Q(team__in=places.teams) | Q(team__enrolment__programme__in=places.coordinated) | Q(entered_by=access.user)
    rows = PreparedInvitation.objects.filter(mine, team__closed_at=None)
    return rows.filter(team__enrolment__ended_on=None).select_related(
        "team__enrolment__organisation", "team__enrolment__programme", "entered_by"
    )


def with_teams(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Enrolments with what the page of who takes part reads: open teams, current members, associations, themes."""
    members = TeamMember.objects.filter(current()).select_related("person")
    backings = Backing.objects.filter(ended_on=None).select_related("team__enrolment__organisation")
    return enrolments.select_related("organisation", "programme").prefetch_related(
        "themes",
        Prefetch("teams", Team.objects.filter(closed_at=None).order_by("pk")),
        Prefetch("teams__members", members, to_attr="current_members"),
        Prefetch("backings", backings, to_attr="current_backings"),
    )


def facilitated_by(access: Access) -> QuerySet[Participation, int]:
    """Ids of the city teams in the partnerships that the person facilitates now."""
    facilitates = Participation.objects.filter(current(), role=Role.FACILITATOR, team__in=places_of(access).teams)
    together = Participation.objects.filter(current(), role__in=CITY_ROLES)
    return together.filter(partnership__in=facilitates.values("partnership")).values_list("team", flat=True)


def support_groups_visible_to(access: Access) -> QuerySet[SupportGroup]:
    """Groups that the person's team keeps, and those of the cities that the person facilitates."""
    kept = Q(team__in=places_of(access).own) | Q(team__in=facilitated_by(access))
    return SupportGroup.objects.filter(kept).select_related("city", "body", "team__enrolment__organisation")


def mirrors_of(access: Access, group: SupportGroup) -> list[tuple[SupportGroup, bool]]:
    """Groups of partner cities, which let these know that they exist, each with whether the person may open it."""
    taking_part = Participation.objects.filter(current(), team=group.team_id, role__in=CITY_ROLES)
    partners = Participation.objects.filter(
        current(), partnership__in=taking_part.values("partnership"), role__in=CITY_ROLES
    ).exclude(team=group.team_id)
    rows = SupportGroup.objects.filter(team__in=partners.values("team"), known_to_partners=True).select_related("city")
    open_to = set(support_groups_visible_to(access).filter(pk__in=rows).values_list("pk", flat=True))
    return [(row, row.pk in open_to) for row in rows.order_by("pk")]


def successors_of(group: SupportGroup) -> QuerySet[Team]:
    """Other teams of the same city that could keep the group."""
    rows = Team.objects.filter(enrolment__organisation=group.city_id, role=TeamRole.CITY, closed_at=None)
    rows = rows.filter(enrolment__ended_on=None).exclude(pk=group.team_id)
    return rows.select_related("enrolment__organisation", "enrolment__programme")
