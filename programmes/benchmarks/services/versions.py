"""Benchmarks and their versions: begun, copied, followed by a new one, published, retired."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.limits import refuse_beyond
from programmes.common.once import made_once
from programmes.notices.services import tell
from programmes.partnerships.models import Programme

from ..boxes import ABOUT
from ..models import Benchmark, BenchmarkVersion, ContextFactor, Example, KeyFactor, Passage, PassageRevision

MOST_BENCHMARKS = 100
"""Of one programme."""

CHANGES = f"{ABOUT}.changes"


class NothingToPublish(Refusal):
    message = _("There is no key factor with a title yet. Add the first one, then publish.")


class SayWhatChanged(Refusal):
    message = _("Say first what changed in this version: those who work with the earlier one are told it.")


class PublishedAlready(Refusal):
    message = _("This version is published; its factors stay as they are. Begin a new version to change them.")


class NotPublished(Refusal):
    message = _("This version is not published.")


@transaction.atomic
def begin(
    *, programme: Programme, title: str, languages: Sequence[str], by: User, form_key: UUID | None = None
) -> BenchmarkVersion:
    """An empty draft; the same form makes it once. `languages`: the first is the one of the title. Raises
    TooManyRows."""
    benchmark = _made(programme, by, form_key, languages=list(languages))
    version = benchmark.versions.first()
    if version is None:
        version = BenchmarkVersion.objects.create(benchmark=benchmark, number=1)
        write_first(version, [(f"{ABOUT}.title", languages[0], title)], by)
    return version


@transaction.atomic
def copy(
    *, version: BenchmarkVersion, programme: Programme, by: User, form_key: UUID | None = None
) -> BenchmarkVersion:
    """A draft of the programme's own with all that this version says, under the same keys. Raises TooManyRows."""
    origin = version.benchmark
    benchmark = _made(programme, by, form_key, languages=origin.languages, origin=origin)
    draft = benchmark.versions.first()
    if draft is None:
        draft = BenchmarkVersion.objects.create(benchmark=benchmark, number=1)
        _take_over(version, draft, by)
    return draft


@transaction.atomic
def next_version(*, version: BenchmarkVersion, by: User) -> BenchmarkVersion:
    """A draft that begins as a copy of this version, with the same keys; the one that is being written is returned."""
    benchmark = Benchmark.objects.select_for_update().get(pk=version.benchmark_id)
    draft = benchmark.versions.filter(published_at=None).first()
    if draft is None:
        number = (benchmark.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        draft = BenchmarkVersion.objects.create(benchmark=benchmark, number=number)
        _take_over(version, draft, by)
        record(by=by, verb="began", target=draft)
    return draft


@transaction.atomic
def publish(*, version: BenchmarkVersion, by: User) -> BenchmarkVersion:
    """Everybody signed in reads it from now on; the version before it is retired. Raises PublishedAlready,
    NothingToPublish, SayWhatChanged."""
    row = BenchmarkVersion.objects.select_for_update().get(pk=version.pk)
    if not row.is_draft:
        raise PublishedAlready
    if not _has_a_factor(row):
        raise NothingToPublish
    if row.number > 1 and not row.passages.filter(key=CHANGES).exclude(value="").exists():
        raise SayWhatChanged
    now = clock.now()
    earlier = BenchmarkVersion.objects.filter(benchmark=row.benchmark_id, published_at__isnull=False, retired_at=None)
    earlier.update(retired_at=now, retired_by=by)
    row.published_at, row.published_by = now, by
    row.save(update_fields=["published_at", "published_by", "updated_at"])
    record(by=by, verb="published", target=row)
    if row.number > 1:
        tell("benchmarks.newer", row.pk, by=by)
    return row


@transaction.atomic
def retire(*, version: BenchmarkVersion, by: User) -> BenchmarkVersion:
    """It is offered to nobody any more; what stands on it stays readable. Raises NotPublished."""
    row = BenchmarkVersion.objects.select_for_update().get(pk=version.pk)
    if row.is_draft:
        raise NotPublished
    if row.retired_at is None:
        row.retired_at, row.retired_by = clock.now(), by
        row.save(update_fields=["retired_at", "retired_by", "updated_at"])
        record(by=by, verb="retired", target=row)
    return row


@transaction.atomic
def set_languages(*, benchmark: Benchmark, languages: Sequence[str], by: User) -> Benchmark:
    """The one it was written in first stays first; what was written in a language that goes is kept."""
    row = Benchmark.objects.select_for_update().get(pk=benchmark.pk)
    first = row.first_language
    row.languages = [first, *(code for code in languages if code != first)]
    row.save(update_fields=["languages", "updated_at"])
    record(by=by, verb="changed", target=row)
    return row


def _made(programme: Programme, by: User, form_key: UUID | None, **values: Any) -> Benchmark:
    rows = Benchmark.objects.filter(programme=programme)

    def make(key: UUID | None) -> Benchmark:
        refuse_beyond(rows, MOST_BENCHMARKS)
        benchmark = Benchmark.objects.create(programme=programme, created_by=by, form_key=key, **values)
        record(by=by, verb="began", target=benchmark)
        return benchmark

    return made_once(rows, form_key, make)


def _has_a_factor(version: BenchmarkVersion) -> bool:
    keys = version.factors.filter(removed_at=None).values_list("key", flat=True)
    titles = version.passages.filter(key__in=[f"{key}.title" for key in keys]).exclude(value="")
    return titles.exists()


def _take_over(source: BenchmarkVersion, draft: BenchmarkVersion, by: User) -> None:
    """Everything that is not removed, under the same keys, but for what changed in the earlier version."""
    factors = {row.key: row for row in _copied(source.factors.filter(removed_at=None), KeyFactor, version=draft)}
    examples = Example.objects.filter(factor__version=source, removed_at=None, factor__key__in=factors)
    Example.objects.bulk_create(
        Example(factor=factors[row.factor.key], key=row.key, order=row.order)
        for row in examples.select_related("factor")
    )
    contexts = source.contexts.filter(removed_at=None).prefetch_related("bears_on")
    made = {row.key: row for row in _copied(contexts, ContextFactor, version=draft)}
    for row in contexts:
        made[row.key].bears_on.set(factors[factor.key] for factor in row.bears_on.all() if factor.key in factors)
    passages = source.passages.exclude(key=CHANGES)
    write_first(draft, [(row.key, row.language, row.value) for row in passages if row.value], by)


def _copied(rows: Iterable[Any], model: Any, **owner: Any) -> list[Any]:
    return model.objects.bulk_create(model(key=row.key, order=row.order, **owner) for row in rows)


def write_first(version: BenchmarkVersion, words: Iterable[tuple[str, str, Any]], by: User) -> None:
    """First passages of a draft, each with the beginning of its history."""
    now = clock.now()
    known = {"version": version, "revision": 1, "updated_by": by, "updated_at": now}
    rows = Passage.objects.bulk_create(
        Passage(key=key, language=language, value=value, **known) for key, language, value in words
    )
    PassageRevision.objects.bulk_create(
        PassageRevision(owner=row, revision=1, value=row.value, language=row.language, by=by, begun_at=now, at=now)
        for row in rows
    )
