"""Who writes which section, and who reads which shared version (architecture, idea 4).

A team reads and writes its own sections in full. Everybody else reads what was shared with a team they are in, newest
version per section, until it is recalled. Coordinators, facilitators and administrators have no further way in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.common.access import Access
from programmes.partnerships.boundary import backings_in_force, members_of, places_of, reach_of
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import Team, TeamMember
from programmes.sharing import boundary as sharing

from .enums import NEEDS_SECTION, Party, Purpose
from .models import Answer, HelpStatement, Need, Part, Response, SharedVersion, ShareGrant


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
    return writing_for(access, response.team)


def writing_for(access: Access, team: Team) -> Writing | None:
    """The same for the responses of a team, also where none was begun."""
    return access.once((writing_for, team.pk), lambda: _read_writing(access, team))


def _read_writing(access: Access, team: Team) -> Writing | None:
    places, is_city = places_of(access), team.role == TeamRole.CITY
    if team.pk in places.teams:
        return Writing(Party.CITY if is_city else Party.ASSOCIATION, team)
    if team.pk in backed_teams(access):
        found = backings_in_force(enrolment=team.enrolment_id, team__in=places.teams)
        return Writing(Party.ASSOCIATION, found.select_related("team__enrolment__organisation")[0].team)
    return Writing(Party.CITY, team, on_behalf=True) if team.pk in reach_of(access).facilitated else None


def backed_teams(access: Access) -> frozenset[int]:
    """Teams of cities in whose forms the person's association writes. One that came later does not go on with what
    another association had written there, unless the city lets it."""
    return access.once(backed_teams, lambda: _read_backed(access))


def _read_backed(access: Access) -> frozenset[int]:
    if not reach_of(access).backed:
        return frozenset()
    backings = backings_in_force(team__in=places_of(access).teams)
    cities = backings.filter(Q(reads_earlier=True) | ~begun_before("enrolment", "accepted_at")).values("enrolment")
    return frozenset(
        Team.objects.filter(pk__in=reach_of(access).backed, enrolment__in=cities).values_list("pk", flat=True)
    )


def begun_before(city: str, accepted_at: str) -> Exists:
    """Of rows with a city's enrolment and the moment at which it accepted an association, by their names: something
    stood in what an association writes before."""
    asked = Part.objects.filter(
        key=OuterRef("part_key"),
        question__section__version=OuterRef("response__questionnaire_version"),
        question__section__answered_by=Party.ASSOCIATION,
    )
    earlier = Answer.objects.filter(
        Exists(asked),
        response__team__enrolment=OuterRef(city),
        response__team__closed_at=None,
        history__begun_at__lt=OuterRef(accepted_at),
    )
    return Exists(earlier)


def reads_history(access: Access, response: Response, section: Any) -> bool:
    """Earlier texts are read by who writes a section, and by its own team while it may not write."""
    reading = reading_of(access, response)
    return reading is not None and keeps(response, section) and reading.writes(section)


def written_teams(access: Access) -> frozenset[int]:
    """In whose responses the person writes: the own, those of cities one's association backs, and of cities that let
    their facilitator write."""
    return places_of(access).teams | backed_teams(access) | reach_of(access).facilitated


def responses_written_by(access: Access) -> QuerySet[Response]:
    """Responses in which the person writes at least one section."""
    return Response.objects.filter(team__in=written_teams(access))


def reading_of(access: Access, response: Response) -> Writing | None:
    """As what the person reads a response as it stands: whoever writes in it, and its own team while its organisation
    is not in the programme and it writes nothing."""
    if response.team_id in places_of(access).resting:
        own = Party.CITY if response.team.role == TeamRole.CITY else Party.ASSOCIATION
        return Writing(own, response.team)
    return writing_of(access, response)


def writers_of(response: Response, writing: Writing) -> QuerySet[TeamMember]:
    """Current members of the teams that write the same part of this response."""
    if writing.party == Party.ASSOCIATION and response.team.role == TeamRole.CITY:
        return members_of(backings_in_force(enrolment=response.team.enrolment_id).values_list("team", flat=True))
    return members_of([response.team_id])


def grants_to(access: Access) -> QuerySet[ShareGrant]:
    return sharing.grants_to(access, ShareGrant)


def responses_visible_to(access: Access) -> QuerySet[Response]:
    shared = grants_to(access).values("version__response")
    own = written_teams(access) | places_of(access).resting
    return Response.objects.filter(Q(team__in=own) | Q(pk__in=shared))


def grants_on(access: Access, responses: Iterable[Response]) -> QuerySet[ShareGrant]:
    """All grants on these responses that the person ever had, recalled ones too, oldest version first; without the
    texts, which are long."""
    rows = sharing.ever_granted_to(access, ShareGrant).filter(version__response__in=responses)
    named = rows.select_related("version__shared_by__enrolment__organisation", "team__enrolment")
    return named.defer("version__data").order_by("version__number", "pk")


def shared_sections(access: Access, response: Response) -> dict[str, SharedVersion]:
    """Per section key the newest version of it that the person may read."""
    return {grant.section_key: grant.version for grant in grants_on(access, [response]) if grant.recalled_at is None}


def versions_visible_to(access: Access) -> QuerySet[SharedVersion]:
    """Versions shared by a team the person is in or writes for, and those with a live grant to one of their teams."""
    granted = grants_to(access).filter(version=OuterRef("pk"))
    own = places_of(access).own | reach_of(access).facilitated
    return SharedVersion.objects.filter(Q(shared_by__in=own) | Q(Exists(granted)))


def versions_beside(access: Access, version: SharedVersion) -> QuerySet[SharedVersion]:
    """All that the same team shared of the same form, as far as the person may read it, this one too; what another
    team wrote there are other sections."""
    return versions_visible_to(access).filter(response=version.response_id, shared_by=version.shared_by_id)


def knows_left_out(access: Access, version: SharedVersion) -> bool:
    """Who shared a version reads all of it, and is told how many questions were left out."""
    return version.shared_by_id in places_of(access).own | reach_of(access).facilitated


def readable_sections(access: Access, version: SharedVersion) -> set[str]:
    """Keys of the sections of one version that the person may read; all for those who shared it."""
    if knows_left_out(access, version):
        return {entry["key"] for entry in version.content["sections"]} | {NEEDS_SECTION}
    return set(grants_to(access).filter(version=version).values_list("section_key", flat=True))


def needs_visible_to(access: Access) -> QuerySet[Need]:
    """A need is read by its city's writers, and by teams with which the city shared a version that contains it. What
    readers see of it stands in that version: the row may have other words since."""
    shared = grants_to(access).filter(section_key=NEEDS_SECTION, version__needs=OuterRef("pk"))
    written = Q(response__team__in=places_of(access).own | reach_of(access).facilitated)
    return Need.objects.filter(written | Q(Exists(shared)))


def keeps(response: Response, section: Any) -> bool:
    """Whether the answers of this section stand in this response: an association's own context does not stand in its
    cities' responses."""
    return section.kept_by == (Party.CITY if response.team.role == TeamRole.CITY else Party.ASSOCIATION)


def writes_needs(writing: Writing | None, response: Response) -> bool:
    """The list of needs belongs to the city's part of a needs analysis."""
    return writing is not None and writing.party == Party.CITY and response.questionnaire.purpose == Purpose.NEEDS


def context_responses(team: Team) -> QuerySet[Response]:
    """What the associations that back this city's team now answered about themselves."""
    behind = backings_in_force(enrolment=team.enrolment_id).values("team")
    return Response.objects.filter(team__in=behind, questionnaire__purpose=Purpose.ASSOCIATION_CONTEXT)


def help_visible_to(access: Access) -> QuerySet[HelpStatement]:
    """Read by the team that said it, by the team whose need it is about, and by the coordinator, where it may read
    the need itself."""
    places = places_of(access)
    coordinated = Q(need__response__team__enrolment__programme__in=places.coordinated)
    return HelpStatement.objects.filter(
        Q(team__in=places.teams)
        | Q(need__response__team__in=places.own)
        | coordinated & Q(need__in=needs_visible_to(access).values("pk"))
    )
