"""Who could be given a version to read, and who reads one now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from programmes.partnerships.boundary import backings_in_force, current, members_of
from programmes.partnerships.enums import ASSOCIATION_ROLES, CITY_ROLES, EnrolmentRole, Role, TeamRole
from programmes.partnerships.models import Participation, Team, TeamMember

from .boundary import Writing
from .enums import Purpose
from .models import Response, ShareGrant


@dataclass(frozen=True)
class Reader:
    """A team and the names of the people who would read: access hangs on them."""

    team: Team
    people: tuple[str, ...] = ()
    newcomers: tuple[str, ...] = ()
    """Those of them who joined after something of this form was last shared with the team."""

    @property
    def name(self) -> str:
        return str(self.team)


@dataclass
class Group:
    """Readers of one sort, under a heading."""

    title: str
    readers: list[Reader] = field(default_factory=list)


def teams_to_share_with(response: Response, writing: Writing) -> list[Team]:
    return [reader.team for group in reader_groups(response, writing) for reader in group.readers]


def reader_groups(response: Response, writing: Writing) -> list[Group]:
    """Teams the writer may choose among, each once, under the first heading that fits; groups without any left out."""
    sorts = _team_ids(response)
    rows = Team.objects.filter(pk__in={pk for _title, ids in sorts for pk in ids}).exclude(pk=writing.team.pk)
    teams = {team.pk: team for team in rows.select_related("enrolment__organisation").order_by("pk")}
    members = _members(teams)
    last = dict(
        ShareGrant.objects.filter(version__response=response, team__in=teams)
        .values_list("team")
        .annotate(last=Max("created_at"))
    )
    groups = []
    for title, ids in sorts:
        readers = [_reader(teams.pop(pk), members[pk], last.get(pk)) for pk in sorted(ids & teams.keys())]
        if readers:
            groups.append(
                Group(title, sorted(readers, key=lambda reader: reader.team.enrolment.organisation.normalised))
            )
    return groups


def _members(teams: Iterable[int]) -> dict[int, list[TeamMember]]:
    found = defaultdict(list)
    for member in members_of(teams):
        found[member.team_id].append(member)
    return found


def _reader(team: Team, members: list[TeamMember], last: datetime | None) -> Reader:
    newcomers = [str(row.person) for row in members if last is not None and row.created_at > last]
    return Reader(team, tuple(str(row.person) for row in members), tuple(newcomers))


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
        (_("The city itself") if response.team.role == TeamRole.CITY else _("Cities you back"), own),
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


@dataclass(frozen=True)
class Shared:
    """What one team may read of one section now: the newest version granted to it."""

    team: Team
    number: int

    @property
    def name(self) -> str:
        return self.team.enrolment.organisation.short


def readers_now(response: Response) -> dict[str, list[Shared]]:
    """Per section key, who may read which version; teams in the order in which they were first chosen."""
    rows = ShareGrant.objects.filter(version__response=response, recalled_at=None).order_by("pk")
    rows = rows.select_related("team__enrolment__organisation", "version").defer("version__data")
    newest: dict[str, dict[int, Shared]] = defaultdict(dict)
    for grant in rows:
        known = newest[grant.section_key].get(grant.team_id)
        number = max(grant.version.number, known.number if known else 0)
        newest[grant.section_key][grant.team_id] = Shared(grant.team, number)
    return {key: list(found.values()) for key, found in newest.items()}
