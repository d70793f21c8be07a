"""Benchmarks as lists show them."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from programmes.common.access import Access
from programmes.partnerships.models import Partnership

from . import boundary
from .booklet import Words, titles_of
from .models import BenchmarkVersion


@dataclass(frozen=True)
class Entry:
    """A version with its theme in the reader's language."""

    version: BenchmarkVersion
    title: Words
    factors: int


def to_read(access: Access) -> list[Entry]:
    """Published and not retired, those that came with the site first."""
    rows = boundary.versions_visible_to(access).filter(published_at__isnull=False, retired_at=None)
    return _entries(rows.order_by(F("benchmark__programme").asc(nulls_first=True), "benchmark"))


def being_written(access: Access) -> list[Entry]:
    return _entries(boundary.versions_written_by(access).filter(published_at=None).order_by("-updated_at"))


def newer_than(version: BenchmarkVersion) -> BenchmarkVersion | None:
    """The version that is offered in place of this one."""
    rows = version.benchmark.versions.filter(published_at__isnull=False, retired_at=None, number__gt=version.number)
    return rows.order_by("-number").first()


def draft_of(version: BenchmarkVersion) -> BenchmarkVersion | None:
    """The one that is being written, for those who write it."""
    return version.benchmark.versions.filter(published_at=None).first()


def used_by(partnership: Partnership) -> BenchmarkVersion | None:
    """The version that the partnership works with."""
    rows = BenchmarkVersion.objects.filter(uses__partnership=partnership)
    return rows.select_related("benchmark__programme", "benchmark__origin").first()


def to_choose_from(access: Access, used: BenchmarkVersion | None) -> list[Entry]:
    """What is offered, and the version in use wherever it stands."""
    offered = to_read(access)
    if used is None or used.pk in {entry.version.pk for entry in offered}:
        return offered
    return [*_entries(BenchmarkVersion.objects.filter(pk=used.pk)), *offered]


def _entries(rows) -> list[Entry]:
    present = Count("factors", filter=Q(factors__removed_at=None))
    versions = list(rows.select_related("benchmark__programme", "benchmark__origin").annotate(size=present))
    titles = titles_of(versions)
    return [Entry(version, titles[version.pk], version.size) for version in versions]
