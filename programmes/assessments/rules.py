"""Who may do what with what cities and associations write. Nobody gets anything by being a superuser."""

from collections.abc import Iterable
from typing import NamedTuple

import rules

from programmes.common.access import Access
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import Team

from .boundary import (
    grants_on,
    grants_to,
    keeps,
    needs_visible_to,
    reads_history,
    responses_visible_to,
    versions_visible_to,
    writes_needs,
    writing_for,
    writing_of,
)
from .enums import NEEDS_SECTION, Purpose
from .models import Need, Response, Section, SharedVersion, ShareGrant


class SectionOf(NamedTuple):
    """What `write_section` is asked about: a section of one response."""

    response: Response
    section: Section


class FormOf(NamedTuple):
    """What `begin` is asked about: a form of a team, by its purpose."""

    team: Team
    purpose: str


def may_begin(access: Access, team: Team, purpose: str) -> bool:
    """A team begins its own forms; an association that backs a city may open that city's, to say how typical the city
    is; so may a facilitator whom the team lets write."""
    written_by = TeamRole.ASSOCIATION if purpose == Purpose.ASSOCIATION_CONTEXT else TeamRole.CITY
    return team.role == written_by and writing_for(access, team) is not None


@rules.predicate
def sees_response(access: Access, response: Response) -> bool:
    return access.noted("sees", response) or responses_visible_to(access).filter(pk=response.pk).exists()


@rules.predicate
def writes_something(access: Access, response: Response) -> bool:
    return writing_of(access, response) is not None


@rules.predicate
def is_its_team(access: Access, response: Response) -> bool:
    """In the team whose form it is: neither its association nor a facilitator whom it lets write."""
    writing = writing_of(access, response)
    return writing is not None and not writing.on_behalf and writing.team.pk == response.team_id


@rules.predicate
def writes_for_own_team(access: Access, response: Response) -> bool:
    """Letting the facilitator type never includes sharing."""
    writing = writing_of(access, response)
    return writing is not None and not writing.on_behalf


@rules.predicate
def writes_this_section(access: Access, place: SectionOf) -> bool:
    writing = writing_of(access, place.response)
    return writing is not None and keeps(place.response, place.section) and writing.writes(place.section)


@rules.predicate
def reads_its_history(access: Access, place: SectionOf) -> bool:
    return reads_history(access, place.response, place.section)


@rules.predicate
def keeps_the_needs(access: Access, response: Response) -> bool:
    return writes_needs(writing_of(access, response), response)


@rules.predicate
def sees_version(access: Access, version: SharedVersion) -> bool:
    return versions_visible_to(access).filter(pk=version.pk).exists()


@rules.predicate
def shared_this(access: Access, version: SharedVersion) -> bool:
    """In the team that shared it: a facilitator who types for it neither shares nor recalls."""
    return version.shared_by_id in places_of(access).teams


@rules.predicate
def sees_need(access: Access, need: Need) -> bool:
    return needs_visible_to(access).filter(pk=need.pk).exists()


@rules.predicate
def is_offered_the_need(access: Access, need: Need) -> bool:
    """In the team of another city with which the need was shared."""
    granted = grants_to(access).filter(section_key=NEEDS_SECTION, version__needs=need)
    return granted.filter(team__role=TeamRole.CITY).exists()


def help_team(access: Access, response: Response) -> Team | None:
    """The city's team of this person with which the list of needs was shared."""
    return mentor_of(grants_on(access, [response]))


def mentor_of(grants: Iterable[ShareGrant]) -> Team | None:
    """The first other city's team among those that may read the list of needs now."""
    for grant in grants:
        team, holds = grant.team, grant.recalled_at is None
        if team and team.role == TeamRole.CITY and grant.section_key == NEEDS_SECTION and holds:
            return team
    return None


@rules.predicate
def begins(access: Access, form: FormOf) -> bool:
    return may_begin(access, form.team, form.purpose)


rules.add_perm("assessments.begin", begins)
rules.add_perm("assessments.view_response", sees_response)
rules.add_perm("assessments.write_response", writes_something)
rules.add_perm("assessments.move_response", is_its_team)
rules.add_perm("assessments.write_section", writes_this_section)
rules.add_perm("assessments.read_history", reads_its_history)
rules.add_perm("assessments.share_response", writes_for_own_team)
rules.add_perm("assessments.ask_group", is_its_team)
rules.add_perm("assessments.write_needs", keeps_the_needs)
rules.add_perm("assessments.view_version", sees_version)
rules.add_perm("assessments.recall", shared_this)
rules.add_perm("assessments.view_need", sees_need)
rules.add_perm("assessments.state_help", is_offered_the_need)
