"""Who writes which section, and who reads which shared version (architecture, idea 4).

A team reads and writes its own sections in full. Everybody else reads what was shared with a team they are in, newest
version per section, until it is recalled. Coordinators, facilitators and administrators have no further way in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.common.access import Access
from programmes.partnerships.boundary import current, members_of, places_of, reach_of
from programmes.partnerships.enums import CITY_ENROLMENTS
from programmes.partnerships.models import Backing, Enrolment, Team, TeamMember

from .enums import NEEDS_SECTION, Party, Purpose
from .models import HelpStatement, Need, Response, SharedVersion, ShareGrant


@dataclass(frozen=True)
class Writing:
    """What a person writes in a response: as whom (`Party`), for which team, and whether on its behalf."""

    party: str
    team: Team
    on_behalf: bool = False

    def writes(self, section: Any) -> bool:
        return section.answered_by == self.party


def writing_of(access: Access, response: Response) -> Writing | None:
    """How the person writes in `response`, or None. An association's own response is written by its team; in a
    city's response the city's team writes the city's sections, a backing association the one about the city.

    Read once per access."""
    return access.once((writing_of, response.enrolment_id), lambda: _read_writing(access, response.enrolment))


def _read_writing(access: Access, enrolment: Enrolment) -> Writing | None:
    places, is_city = places_of(access), enrolment.role in CITY_ENROLMENTS
    if enrolment.pk in places.enrolments:
        own = enrolment.teams.filter(pk__in=places.teams).select_related("enrolment__organisation")
        return Writing(Party.CITY if is_city else Party.ASSOCIATION, own[0])
    if not is_city or not places.teams:
        return None
    backing = Backing.objects.filter(current(), enrolment=enrolment, team__in=places.teams)
    found = backing.select_related("team__enrolment__organisation").first()
    if found:
        return Writing(Party.ASSOCIATION, found.team)
    allowed = _facilitated(access).filter(enrolment=enrolment).select_related("enrolment__organisation").first()
    return Writing(Party.CITY, allowed, on_behalf=True) if allowed else None


def _facilitated(access: Access) -> QuerySet[Team]:
    """City teams that let their facilitator write, where the person facilitates now."""
    return Team.objects.filter(pk__in=reach_of(access).facilitated_teams)


def written_enrolments(access: Access) -> frozenset[int]:
    """Whose responses the person writes in: the own, those of cities one's association backs, and of cities that let
    their facilitator write."""
    reach = reach_of(access)
    return places_of(access).enrolments | reach.backed | reach.facilitated


def responses_written_by(access: Access) -> QuerySet[Response]:
    """Responses in which the person writes at least one section."""
    return Response.objects.filter(enrolment__in=written_enrolments(access))


def writers_of(response: Response, writing: Writing) -> QuerySet[TeamMember]:
    """Current members of the teams that write the same part of this response."""
    if writing.party == Party.ASSOCIATION and response.enrolment.role in CITY_ENROLMENTS:
        backing = Backing.objects.filter(current(), enrolment=response.enrolment)
        return members_of(backing.values_list("team", flat=True))
    return members_of(response.enrolment.teams.all())


def grants_to(access: Access) -> QuerySet[ShareGrant]:
    """Live grants to teams the person is in."""
    return ShareGrant.objects.filter(team__in=places_of(access).teams, recalled_at=None)


def responses_visible_to(access: Access) -> QuerySet[Response]:
    shared = grants_to(access).values("version__response")
    return Response.objects.filter(Q(enrolment__in=written_enrolments(access)) | Q(pk__in=shared))


def grants_on(access: Access, responses: Iterable[Response]) -> QuerySet[ShareGrant]:
    """All grants on these responses to teams the person is in, recalled ones too, oldest version first; without the
    texts, which are long."""
    rows = ShareGrant.objects.filter(version__response__in=responses, team__in=places_of(access).teams)
    named = rows.select_related("version__shared_by__enrolment__organisation", "team__enrolment")
    return named.defer("version__data").order_by("version__number", "pk")


def shared_sections(access: Access, response: Response) -> dict[str, SharedVersion]:
    """Per section key the newest version of it that the person may read."""
    return {grant.section_key: grant.version for grant in grants_on(access, [response]) if grant.recalled_at is None}


def versions_visible_to(access: Access) -> QuerySet[SharedVersion]:
    """Versions shared by a team the person is in or writes for, and those with a live grant to one of their teams."""
    granted = grants_to(access).filter(version=OuterRef("pk"))
    own = places_of(access).teams | reach_of(access).facilitated_teams
    return SharedVersion.objects.filter(Q(shared_by__in=own) | Q(Exists(granted)))


def readable_sections(access: Access, version: SharedVersion) -> set[str]:
    """Keys of the sections of one version that the person may read; all for those who shared it."""
    if version.shared_by_id in places_of(access).teams | reach_of(access).facilitated_teams:
        return {entry["key"] for entry in version.data["sections"]} | {NEEDS_SECTION}
    return set(grants_to(access).filter(version=version).values_list("section_key", flat=True))


def needs_visible_to(access: Access) -> QuerySet[Need]:
    """A need is read by its city's writers, and by teams with which the city shared a version that contains it. What
    readers see of it stands in that version: the row may have other words since."""
    shared = grants_to(access).filter(section_key=NEEDS_SECTION, version__needs=OuterRef("pk"))
    written = Q(response__enrolment__in=places_of(access).enrolments | reach_of(access).facilitated)
    return Need.objects.filter(written | Q(Exists(shared)))


def keeps(response: Response, section: Any) -> bool:
    """Whether the answers of this section stand in this response: an association's own context does not stand in its
    cities' responses."""
    city = response.enrolment.role in CITY_ENROLMENTS
    return section.kept_by == (Party.CITY if city else Party.ASSOCIATION)


def writes_needs(writing: Writing | None, response: Response) -> bool:
    """The list of needs belongs to the city's part of a needs analysis."""
    return writing is not None and writing.party == Party.CITY and response.questionnaire.purpose == Purpose.NEEDS


def context_responses(enrolment: Any) -> QuerySet[Response]:
    """What the associations that back this city now answered about themselves."""
    backed = Backing.objects.filter(current(), enrolment=enrolment, team__enrolment=OuterRef("enrolment"))
    return Response.objects.filter(Exists(backed), questionnaire__purpose=Purpose.ASSOCIATION_CONTEXT)


def help_visible_to(access: Access) -> QuerySet[HelpStatement]:
    """Read by the team that said it, by the team whose need it is about, and by the coordinator, where it may read
    the need itself."""
    places = places_of(access)
    coordinated = Q(need__response__enrolment__programme__in=places.coordinated)
    return HelpStatement.objects.filter(
        Q(team__in=places.teams)
        | Q(need__response__enrolment__in=places.enrolments)
        | coordinated & Q(need__in=needs_visible_to(access).values("pk"))
    )
