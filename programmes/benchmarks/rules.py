"""Who may do what with a benchmark. Superusers get what stands here and no more."""

import rules

from programmes.common.access import Access

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


rules.add_perm("benchmarks.view_version", reads)
rules.add_perm("benchmarks.add_benchmark", steers_a_programme)
rules.add_perm("benchmarks.change_version", writes)
