"""Who could be given a version of a form to read, and who reads one now."""

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.common.prepared import prepared
from programmes.partnerships.boundary import backings_in_force, current
from programmes.partnerships.enums import ASSOCIATION_ROLES, CITY_ROLES, EnrolmentRole, Role, TeamRole
from programmes.partnerships.models import Participation, SupportGroup, Team
from programmes.sharing import readers as sharing
from programmes.sharing.readers import Group, Reader, Shared, group_readers, team_readers

from .boundary import Writing
from .enums import Purpose
from .models import Response, ShareGrant


def possible_readers(response: Response, writing: Writing) -> list[Reader]:
    return [reader for group in reader_groups(response, writing) for reader in group.readers]


def readers_now(response: Response) -> dict[str, list[Shared]]:
    """Per section key, who may read which version."""
    return sharing.readers_now(_grants_now(response.pk))


@prepared
def _grants_now(response: int) -> QuerySet[ShareGrant]:
    return sharing.live(ShareGrant.objects.filter(version__response=response))


def reader_groups(response: Response, writing: Writing) -> list[Group]:
    """Teams the writer may choose among, each once, under the first heading that fits; groups without any left out."""
    sorts = _team_ids(response)
    rows = Team.objects.filter(pk__in={pk for _title, ids in sorts for pk in ids}).exclude(pk=writing.team.pk)
    teams = {team.pk: team for team in rows.select_related("enrolment__organisation").order_by("pk")}
    readers = team_readers(teams, ShareGrant.objects.filter(version__response=response))
    groups = []
    for title, ids in sorts:
        found = [teams.pop(pk) for pk in sorted(ids & teams.keys())]
        found.sort(key=lambda team: team.enrolment.organisation.normalised)
        if found:
            groups.append(Group(title, [readers[team.pk] for team in found]))
    return [*groups, *_support_groups(response, writing)]


def _support_groups(response: Response, writing: Writing) -> list[Group]:
    """Those that the city's own team keeps, for what that team writes."""
    if writing.team.pk != response.team_id:
        return []
    rows = SupportGroup.objects.filter(team=response.team_id, resting_since=None).select_related("city")
    grants = ShareGrant.objects.filter(version__response=response)
    found = group_readers(rows.order_by("pk"), grants, _("Local support group"))
    return [Group(_("Local support group"), found)] if found else []


def _team_ids(response: Response) -> list[tuple[str, set[int]]]:
    """Ids of teams by heading; the order decides where a team that fits twice stands."""
    cities = _cities(response)
    places = Participation.objects.filter(
        current(),
        partnership__in=Participation.objects.filter(current(), team__in=cities).values("partnership"),
    ).values_list("role", "team")
    by_role = defaultdict(set)
    for role, team in places:
        by_role[role].add(team)
    backing = backings_in_force(enrolment__in=cities.values("enrolment")).values_list("team", flat=True)
    own = set(cities.values_list("pk", flat=True))
    partners = set().union(*(by_role[role] for role in CITY_ROLES)) - own
    offices = _teams_by_role(response.enrolment.programme_id)
    return [
        (_("The city itself") if response.team.role == TeamRole.CITY else _("Cities of your association"), own),
        (_("Partner cities"), partners),
        (_("Associations"), set(backing).union(*(by_role[role] for role in ASSOCIATION_ROLES))),
        (_("Facilitators"), by_role[Role.FACILITATOR]),
        (_("Coordination of the programme"), offices[TeamRole.COORDINATOR]),
        *_would_be(response, offices),
    ]


def _teams_by_role(programme_id: int) -> dict[str, set[int]]:
    """Ids of the open teams in a programme now: under what they do, those of cities also under what these came for."""
    rows = Team.objects.filter(current("enrolment__"), enrolment__programme=programme_id, closed_at=None)
    found: dict[str, set[int]] = defaultdict(set)
    for does, came_for, team in rows.values_list("role", "enrolment__role", "pk"):
        found[does].add(team)
        if does == TeamRole.CITY:
            found[came_for].add(team)
    return found


def _cities(response: Response) -> QuerySet[Team]:
    """The team of this city, or of the cities its association backs."""
    if response.team.role == TeamRole.CITY:
        return Team.objects.filter(pk=response.team_id)
    backed = backings_in_force(team=response.team_id).values("enrolment")
    return Team.objects.filter(enrolment__in=backed, role=TeamRole.CITY, closed_at=None)


def _would_be(response: Response, offices: Mapping[str, set[int]]) -> list[tuple[str, set[int]]]:
    """Before anybody is paired: needs go to cities that could mentor, strengths to cities that look for a mentor."""
    if response.questionnaire.purpose == Purpose.NEEDS:
        mentors = offices[EnrolmentRole.MENTOR] | offices[EnrolmentRole.BOTH]
        return [(_("Cities that could become mentors"), mentors)]
    if response.questionnaire.purpose == Purpose.STRENGTHS:
        mentees = offices[EnrolmentRole.MENTEE] | offices[EnrolmentRole.BOTH]
        return [(_("Cities that look for a mentor"), mentees)]
    return []
