"""Who could be given a version of a plan to read, with the names of the people: access hangs on them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from programmes.partnerships.boundary import current, members_of
from programmes.partnerships.enums import ASSOCIATION_ROLES, Role, TeamRole
from programmes.partnerships.models import SupportGroup, SupportGroupMember, Team

from .models import Plan, PlanGrant, PlanVersion


@dataclass(frozen=True)
class Reader:
    """A team or a local support group; exactly one of the two is set. `key` names it in forms."""

    sort: str
    people: tuple[str, ...]
    team: Team | None = None
    group: SupportGroup | None = None
    newcomers: tuple[str, ...] = ()
    """Those of a team who joined after a version of this plan was last shared with it."""

    @property
    def key(self) -> str:
        return f"team-{self.team.pk}" if self.team else f"group-{self.group.pk}"  # type: ignore[union-attr]

    @property
    def name(self) -> str:
        return str(self.team or self.group)


@dataclass(frozen=True)
class Reading:
    """A live grant and who reads because of it."""

    grant: PlanGrant
    reader: Reader


def readers_of(version: PlanVersion) -> list[Reading]:
    """Who reads this version now, in the order in which they were chosen."""
    rows = version.grants.filter(recalled_at=None).order_by("pk")
    grants = list(rows.select_related("team__enrolment__organisation", "support_group__city"))
    people = _people_of_teams([grant.team_id for grant in grants if grant.team_id])
    seats = _people_of_groups([grant.support_group_id for grant in grants if grant.support_group_id])
    return [Reading(grant, _reader(grant, people, seats)) for grant in grants]


def has_group_without_people(readings: Iterable[Reading]) -> bool:
    """Whether a local support group was given the version of which nobody has joined yet."""
    return any(reading.reader.group and not reading.reader.people for reading in readings)


def _reader(grant: PlanGrant, people: dict, seats: dict) -> Reader:
    names = people[grant.team_id] if grant.team_id else seats[grant.support_group_id]
    return Reader("", names, team=grant.team, group=grant.support_group)


def possible_readers(plan: Plan) -> list[Reader]:
    """Mentors, associations, facilitator, the programme's coordination and the city's groups that do not rest."""
    sorts = _sorts(plan)
    teams = Team.objects.select_related("enrolment__organisation").in_bulk(sorts)
    people = _people_of_teams(teams)
    new = _newcomers(plan, teams)
    readers = [Reader(sort, people[pk], team=teams[pk], newcomers=new[pk]) for pk, sort in sorts.items() if pk in teams]
    groups = list(SupportGroup.objects.filter(team=plan.team_id, resting_since=None).select_related("city"))
    seats = _people_of_groups([group.pk for group in groups])
    return readers + [Reader(_("Local support group"), seats[group.pk], group=group) for group in groups]


def _sorts(plan: Plan) -> dict[int, str]:
    """Ids of teams in the order in which they are offered, each with what it is; never the plan's own."""
    taking_part = plan.partnership.current_in
    found = {row.team_id: _("Mentor") for row in taking_part(Role.MENTOR)}
    found |= {row.team_id: _("Peer") for row in taking_part(Role.PEER)}
    found |= {row.team_id: _("Association") for row in taking_part(*ASSOCIATION_ROLES)}
    found |= {row.team_id: _("Facilitator") for row in taking_part(Role.FACILITATOR)}
    coordination = Team.objects.filter(
        current("enrolment__"),
        enrolment__programme=plan.partnership.programme_id,
        role=TeamRole.COORDINATOR,
        closed_at=None,
    )
    found |= {pk: _("Coordination of the programme") for pk in coordination.order_by("pk").values_list("pk", flat=True)}
    found.pop(plan.team_id, None)
    return found


def _people_of_teams(teams: Iterable[int]) -> dict[int, tuple[str, ...]]:
    return _by_place((member.team_id, str(member.person)) for member in members_of(list(teams)))


def _newcomers(plan: Plan, teams: Iterable[int]) -> dict[int, tuple[str, ...]]:
    grants = PlanGrant.objects.filter(version__plan=plan, team__in=list(teams))
    last = dict(grants.values_list("team").annotate(last=Max("updated_at")).order_by())
    rows = members_of(list(last))
    return _by_place((row.team_id, row.person.name) for row in rows if row.created_at > last[row.team_id])


def _people_of_groups(groups: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Members with an account read; a line that is only a seat does not."""
    seats = SupportGroupMember.objects.filter(current(), group__in=list(groups), person__user__is_active=True)
    return _by_place(seats.values_list("group_id", "person__name"))


def _by_place(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    names: dict[int, list[str]] = defaultdict(list)
    for place, name in rows:
        names[place].append(name)
    return defaultdict(tuple, {place: tuple(found) for place, found in names.items()})
