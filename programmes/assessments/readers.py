"""Who could be given a version to read, and who reads one now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from programmes.partnerships.boundary import current, members_of
from programmes.partnerships.enums import ASSOCIATION_ROLES, CITY_ENROLMENTS, CITY_ROLES, EnrolmentRole, Role
from programmes.partnerships.models import Backing, Enrolment, Participation, Team

from .boundary import Writing
from .enums import Party, QuestionnaireKey
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
        names[member.team_id].append(member.person.name)
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
    teams = Team.objects.filter(current("enrolment__"), enrolment__programme=enrolment.programme_id)
    backing = Backing.objects.filter(current(), enrolment__in=cities)
    own = set(Team.objects.filter(enrolment__in=cities).values_list("pk", flat=True))
    partners = set().union(*(by_role[role] for role in CITY_ROLES)) - own
    return [
        (_("The city itself") if enrolment.role in CITY_ENROLMENTS else _("Cities you back"), own),
        (_("Partner cities"), partners),
        (
            _("Associations"),
            set(backing.values_list("team", flat=True)).union(*(by_role[r] for r in ASSOCIATION_ROLES)),
        ),
        (_("Facilitators"), by_role[Role.FACILITATOR]),
        (_("Coordination of the programme"), _ids(teams.filter(enrolment__role=EnrolmentRole.COORDINATOR))),
        *_would_be(response, teams),
    ]


def _cities(response: Response) -> QuerySet[Enrolment]:
    """The city of this response, or the cities its association backs."""
    if response.enrolment.role in CITY_ENROLMENTS:
        return Enrolment.objects.filter(pk=response.enrolment_id)
    backed = Backing.objects.filter(current(), team__enrolment=response.enrolment_id).values("enrolment")
    return Enrolment.objects.filter(pk__in=backed)


def _would_be(response: Response, teams: QuerySet[Team]) -> list[tuple[str, set[int]]]:
    """Before anybody is paired: needs go to cities that could mentor, strengths to cities that look for a mentor."""
    if response.questionnaire.key == QuestionnaireKey.NEEDS:
        roles = (EnrolmentRole.MENTOR, EnrolmentRole.BOTH)
        return [(_("Cities that could become mentors"), _ids(teams.filter(enrolment__role__in=roles)))]
    if response.questionnaire.key == QuestionnaireKey.STRENGTHS:
        roles = (EnrolmentRole.MENTEE, EnrolmentRole.BOTH)
        return [(_("Cities that look for a mentor"), _ids(teams.filter(enrolment__role__in=roles)))]
    return []


def _ids(teams: QuerySet[Team]) -> set[int]:
    return set(teams.values_list("pk", flat=True))


@dataclass(frozen=True)
class Shared:
    """What one team may read of one section now: the newest version granted to it."""

    team: Team
    number: int

    @property
    def name(self) -> str:
        return self.team.enrolment.organisation.short


def readers_now(response: Response, *, also: Q | None = None) -> dict[str, list[Shared]]:
    """Per section key, who may read which version; teams in the order in which they were first chosen."""
    where = Q(version__response=response) | (also or Q(pk=None))
    rows = (
        ShareGrant.objects.filter(where, recalled_at=None)
        .select_related("team__enrolment__organisation")
        .order_by("pk")
        .values_list("section_key", "team", "version__number")
    )
    newest: dict[str, dict[int, int]] = defaultdict(dict)
    for section, team, number in rows:
        newest[section][team] = max(number, newest[section].get(team, 0))
    ids = {team for teams in newest.values() for team in teams}
    teams = Team.objects.select_related("enrolment__organisation").in_bulk(ids)
    return {key: [Shared(teams[pk], number) for pk, number in found.items()] for key, found in newest.items()}
