"""Who may do what with a benchmark. Superusers get what stands here and no more."""

import rules

from programmes.common.access import Access
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import CITY_ROLES, Role
from programmes.partnerships.models import Partnership

from . import boundary
from .models import BenchmarkVersion


@rules.predicate
def steers_a_programme(access: Access, _nothing: object = None) -> bool:
    return bool(boundary.programmes_steered_by(access))


@rules.predicate
def reads(access: Access, version: BenchmarkVersion) -> bool:
    return access.is_active and (not version.is_draft or boundary.writes(access, version.benchmark))


@rules.predicate
def writes(access: Access, version: BenchmarkVersion) -> bool:
    return boundary.writes(access, version.benchmark)


@rules.predicate
def works_there(access: Access, partnership: Partnership) -> bool:
    """In a city's team of the partnership, or facilitates it, now."""
    teams = places_of(access).teams
    return any(row.team_id in teams for row in partnership.current_in(*CITY_ROLES, Role.FACILITATOR))


rules.add_perm("benchmarks.choose", works_there)
rules.add_perm("benchmarks.view_version", reads)
rules.add_perm("benchmarks.add_benchmark", steers_a_programme)
rules.add_perm("benchmarks.change_version", writes)
