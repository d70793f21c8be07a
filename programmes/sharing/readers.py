"""Who could be given a version to read, and who reads one now, with the names of the people: access hangs on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, F, Max, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from programmes.links.models import PersonalLink
from programmes.partnerships.boundary import current, members_of
from programmes.partnerships.models import SupportGroup, SupportGroupMember, Team, TeamMember
from programmes.partnerships.services.seat_links import SEAT

from .models import Grant, SharedSnapshot


@dataclass(frozen=True)
class Reader:
    """A team or a local support group; exactly one of the two is set. `key` names it in forms, `sort` says what it
    is. Without `people` nobody has joined yet: whoever does will read."""

    people: tuple[str, ...] = ()
    team: Team | None = None
    group: SupportGroup | None = None
    sort: str = ""
    newcomers: tuple[str, ...] = ()
    """Those who joined after something of this was last shared with it."""

    @property
    def key(self) -> str:
        return f"team-{self.team.pk}" if self.team else f"group-{self.group.pk}"  # type: ignore[union-attr]

    @property
    def name(self) -> str:
        return str(self.team or self.group)


@dataclass
class Group:
    """Readers of one sort, under a heading."""

    title: str
    readers: list[Reader] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """A live grant and who reads because of it."""

    grant: Any
    reader: Reader


@dataclass(frozen=True)
class Shared:
    """What one reader may read of one section now: the newest version granted to it."""

    team: Team | None
    group: SupportGroup | None
    number: int

    @property
    def key(self) -> str:
        return Reader(team=self.team, group=self.group).key

    @property
    def name(self) -> str:
        return self.team.enrolment.organisation.short if self.team else str(self.group)


def team_readers(teams: Mapping[int, Team], grants: QuerySet[Any], sorts: Mapping[int, str] = {}) -> dict[int, Reader]:
    """These teams by id as readers; `grants` is all that was shared of this before, `sorts` what each team is."""
    members, last = _members(teams), last_shared(grants.filter(team__in=list(teams)), "team")
    return {
        pk: Reader(
            tuple(str(row.person) for row in members[pk]),
            team=team,
            sort=sorts.get(pk, ""),
            newcomers=tuple(str(row.person) for row in members[pk] if pk in last and row.created_at > last[pk]),
        )
        for pk, team in teams.items()
    }


def group_readers(groups: Iterable[SupportGroup], grants: QuerySet[Any], sort: str) -> list[Reader]:
    """Members with an account read, and those who took their seat by a link are asked about it; a line that is only a
    seat does not. `grants` as for teams."""
    groups = list(groups)
    ids = [group.pk for group in groups]
    seats, last = _seats(ids), last_shared(grants.filter(support_group__in=ids), "support_group")
    return [
        Reader(
            tuple(str(row.person) for row in seats[pk]),
            group=group,
            sort=sort,
            newcomers=tuple(str(row.person) for row in seats[pk] if pk in last and row.taken_up_at > last[pk]),
        )
        for pk, group in zip(ids, groups, strict=True)
    ]


def readings_of(version: SharedSnapshot) -> list[Reading]:
    """Who reads this version now, in the order in which they were chosen."""
    rows = version.grants.filter(recalled_at=None).order_by("pk")
    grants = list(rows.select_related("team__enrolment__organisation", "support_group__city"))
    members = _members(grant.team_id for grant in grants if grant.team_id)
    seats = _seats([grant.support_group_id for grant in grants if grant.support_group_id])
    return [Reading(grant, _reader(grant, members, seats)) for grant in grants]


def _reader(grant: Grant, members: Mapping[int, list[TeamMember]], seats: Mapping[int, list[Any]]) -> Reader:
    if grant.support_group_id:
        return Reader(tuple(str(row.person) for row in seats[grant.support_group_id]), group=grant.support_group)
    people = members[grant.team_id] if grant.team_id else ()
    return Reader(tuple(str(row.person) for row in people), team=grant.team)


def has_group_without_people(readings: Iterable[Reading]) -> bool:
    """Whether a local support group was given the version of which nobody has joined yet."""
    return any(reading.reader.group and not reading.reader.people for reading in readings)


def live(grants: QuerySet[Any]) -> QuerySet[Any]:
    """Those that hold, as `readers_now` takes them: readers in the order in which they were first chosen."""
    rows = grants.filter(recalled_at=None).order_by("pk").defer("version__data")
    return rows.select_related("team__enrolment__organisation", "support_group__city", "version")


def readers_now(grants: Iterable[Any]) -> dict[str, list[Shared]]:
    """Per section key, who may read which version."""
    newest: dict[str, dict[Any, Shared]] = defaultdict(dict)
    for grant in grants:
        reader = grant.team, grant.support_group
        known = newest[grant.section_key].get(reader)
        number = max(grant.version.number, known.number if known else 0)
        newest[grant.section_key][reader] = Shared(*reader, number)
    return {key: list(found.values()) for key, found in newest.items()}


def last_shared(grants: QuerySet[Any], reader: str) -> dict[int, datetime]:
    """By `reader` ("team", "support_group"), when it was last given something; recalling is no giving."""
    given = Case(When(recalled_at=None, then=F("updated_at")), default=F("created_at"))
    return dict(grants.order_by().values_list(reader).annotate(last=Max(given)))


def _members(teams: Iterable[int]) -> Mapping[int, list[TeamMember]]:
    found: dict[int, list[TeamMember]] = defaultdict(list)
    for member in members_of(list(teams)):
        found[member.team_id].append(member)
    return found


def _seats(groups: list[int]) -> Mapping[int, list[Any]]:
    """With `taken_up_at`: a line may have stood there long before somebody took up the invitation or link to it."""
    there = Q(person__user__is_active=True) | Q(person__isnull=False, person__user=None)
    links = PersonalLink.objects.filter(purpose=SEAT, subject_id=OuterRef("pk"), person=OuterRef("person_id"))
    by_link = Subquery(links.filter(answered_at__isnull=False).order_by("-pk").values("answered_at")[:1])
    rows = SupportGroupMember.objects.filter(current(), there, group__in=groups)
    rows = rows.annotate(taken_up_at=Coalesce(Max("invitations__accepted_at"), by_link, F("created_at")))
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.select_related("person").order_by("pk"):
        found[row.group_id].append(row)
    return found
