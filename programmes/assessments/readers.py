"""Who could be given a version to read, and who reads one now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.partnerships.boundary import current, members_of
from programmes.partnerships.enums import ASSOCIATION_ROLES, CITY_ENROLMENTS, CITY_ROLES, EnrolmentRole, Role
from programmes.partnerships.models import Backing, Enrolment, Participation, Team

from .boundary import Writing
from .enums import Party, Purpose
from .models import Response, ShareGrant


@dataclass(frozen=True)
class Reader:
    """A team and the names of the people who would read: access hangs on them."""

    team: Team
    people: tuple[str, ...] = ()

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
    if writing.party == Party.CITY:
        rows = rows.exclude(enrolment=response.enrolment)
    teams = {team.pk: team for team in rows.select_related("enrolment__organisation").order_by("pk")}
    people = _people(teams)
    groups = []
    for title, ids in sorts:
        readers = [Reader(teams.pop(pk), people[pk]) for pk in sorted(ids & teams.keys())]
        if readers:
            groups.append(
                Group(title, sorted(readers, key=lambda reader: reader.team.enrolment.organisation.normalised))
            )
    return groups


def _people(teams: Iterable[int]) -> dict[int, tuple[str, ...]]:
    names = defaultdict(list)
    for member in members_of(teams):
        names[member.team_id].append(str(member.person))
    return defaultdict(tuple, {pk: tuple(people) for pk, people in names.items()})


def _team_ids(response: Response) -> list[tuple[str, set[int]]]:
    """Ids of teams by heading; the order decides where a team that fits twice stands."""
    cities, enrolment = _cities(response), response.enrolment
    places = Participation.objects.filter(
        current(),
        partnership__in=Participation.objects.filter(current(), team__enrolment__in=cities).values("partnership"),
    ).values_list("role", "team")
    by_role = defaultdict(set)
    for role, team in places:
        by_role[role].add(team)
    backing = Backing.objects.filter(current(), enrolment__in=cities).values_list("team", flat=True)
    own = set(Team.objects.filter(enrolment__in=cities).values_list("pk", flat=True))
    partners = set().union(*(by_role[role] for role in CITY_ROLES)) - own
    offices = _teams_by_role(enrolment.programme_id)
    return [
        (_("The city itself") if enrolment.role in CITY_ENROLMENTS else _("Cities you back"), own),
        (_("Partner cities"), partners),
        (_("Associations"), set(backing).union(*(by_role[role] for role in ASSOCIATION_ROLES))),
        (_("Facilitators"), by_role[Role.FACILITATOR]),
        (_("Coordination of the programme"), offices[EnrolmentRole.COORDINATOR]),
        *_would_be(response, offices),
    ]


def _teams_by_role(programme_id: int) -> dict[str, set[int]]:
    """Ids of the teams enrolled in a programme now."""
    rows = Team.objects.filter(current("enrolment__"), enrolment__programme=programme_id)
    found: dict[str, set[int]] = defaultdict(set)
    for role, team in rows.values_list("enrolment__role", "pk"):
        found[role].add(team)
    return found


def _cities(response: Response) -> QuerySet[Enrolment]:
    """The city of this response, or the cities its association backs."""
    if response.enrolment.role in CITY_ENROLMENTS:
        return Enrolment.objects.filter(pk=response.enrolment_id)
    backed = Backing.objects.filter(current(), team__enrolment=response.enrolment_id).values("enrolment")
    return Enrolment.objects.filter(pk__in=backed)


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
