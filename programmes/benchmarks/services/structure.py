"""Which factors and examples a draft has, and in which order. What is published keeps its structure."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.limits import refuse_beyond
from programmes.common.once import made_once

from ..boxes import ABOUT, example_place
from ..models import BenchmarkVersion, ContextFactor, Example, KeyFactor, Place
from ..pasting import Understood
from .versions import PublishedAlready, write_first

MOST_FACTORS = 60
MOST_EXAMPLES = 20
LONGEST_KEY = 50


class NotOfThisVersion(Refusal):
    message = _("A context factor can only bear on key factors of its own benchmark.")


@transaction.atomic
def add_factor(*, version: BenchmarkVersion, title: str, by: User, form_key: UUID | None = None) -> KeyFactor:
    """At the end. Raises PublishedAlready, TooManyRows."""
    return _added(KeyFactor, _draft(version), title, by, form_key)


@transaction.atomic
def add_context(*, version: BenchmarkVersion, title: str, by: User, form_key: UUID | None = None) -> ContextFactor:
    """At the end. Raises PublishedAlready, TooManyRows."""
    return _added(ContextFactor, _draft(version), title, by, form_key)


@transaction.atomic
def add_example(*, factor: KeyFactor, by: User, form_key: UUID | None = None) -> Example:
    """An empty one at the end. Raises PublishedAlready, TooManyRows."""
    _draft(factor.version)
    rows = factor.examples.all()

    def make(key: UUID | None) -> Example:
        refuse_beyond(rows.filter(removed_at=None), MOST_EXAMPLES)
        number = rows.count() + 1
        example = rows.create(factor=factor, key=f"example-{number}", order=_last(rows) + 1, form_key=key)
        record(by=by, verb="added", target=example)
        return example

    return made_once(rows, form_key, make)


@transaction.atomic
def remove(*, place: Place, version: BenchmarkVersion, by: User) -> None:
    """Takes a factor or an example out of the draft; its texts stay. Raises PublishedAlready."""
    _draft(version)
    if place.removed_at is None:
        place.removed_at, place.removed_by = clock.now(), by
        place.save(update_fields=["removed_at", "removed_by"])
        record(by=by, verb="removed", target=place)


@transaction.atomic
def bring_back(*, place: Place, version: BenchmarkVersion, by: User) -> None:
    """Raises PublishedAlready, TooManyRows."""
    _draft(version)
    if place.removed_at is not None:
        refuse_beyond(_beside(place).filter(removed_at=None), MOST_FACTORS)
        place.removed_at = place.removed_by = None
        place.save(update_fields=["removed_at", "removed_by"])
        record(by=by, verb="brought back", target=place)


@transaction.atomic
def move(*, place: Place, version: BenchmarkVersion, step: int, by: User) -> None:
    """Some places down, up where negative; beyond an end means the end. Raises PublishedAlready."""
    _draft(version)
    rows = list(_beside(place).filter(removed_at=None))
    if place not in rows:
        return
    target = min(max(rows.index(place) + step, 0), len(rows) - 1)
    rows.remove(place)
    rows.insert(target, place)
    for order, row in enumerate(rows, start=1):
        row.order = order
    type(place)._default_manager.bulk_update(rows, ["order"])
    record(by=by, verb="reordered", target=version)


@transaction.atomic
def set_bearing(*, context: ContextFactor, factors: Iterable[KeyFactor], by: User) -> None:
    """On which key factors it bears. Raises NotOfThisVersion, PublishedAlready."""
    _draft(context.version)
    chosen = list(factors)
    if any(factor.version_id != context.version_id for factor in chosen):
        raise NotOfThisVersion
    context.bears_on.set(chosen)
    record(by=by, verb="changed", target=context)


@transaction.atomic
def take_pasted(
    *, version: BenchmarkVersion, factors: Sequence[Understood], by: User, form_key: UUID | None = None
) -> list[KeyFactor]:
    """The factors of a pasted table, at the end of the draft, in the language it is written in first. The same form
    adds them once. Raises PublishedAlready, TooManyRows."""
    draft = _draft(version)
    if form_key and version.factors.filter(form_key=form_key).exists():
        return []
    refuse_beyond(draft.factors.filter(removed_at=None), MOST_FACTORS - len(factors) + 1)
    last, used, made = _last(draft.factors.all()), _keys(draft), []
    for place, understood in enumerate(factors):
        key = _key_for(understood.title, used)
        used.add(key)
        made.append(KeyFactor(version=draft, key=key, order=last + place + 1, form_key=None if place else form_key))
    KeyFactor.objects.bulk_create(made)
    words: list[tuple[str, str, Any]] = []
    for row, understood in zip(made, factors, strict=True):
        words += _words_of(row, understood, draft.benchmark.first_language)
    write_first(draft, [word for word in words if word[2]], by)
    record(by=by, verb="added", target=draft)
    return made


def _words_of(factor: KeyFactor, understood: Understood, language: str) -> list[tuple[str, str, Any]]:
    """What its row of the table says, box by box; its examples are made here."""
    words: list[tuple[str, str, Any]] = [
        (f"{factor.key}.{name}", language, value) for name, value in understood.boxes().items()
    ]
    for number, pasted in enumerate(understood.examples[:MOST_EXAMPLES], start=1):
        example = factor.examples.create(key=f"example-{number}", order=number)
        place = example_place(factor.key, example.key)
        words += [(f"{place}.summary", language, pasted.summary), (f"{place}.link", "", pasted.link)]
    return words


def _draft(version: BenchmarkVersion) -> BenchmarkVersion:
    """Locked, so that it is not published meanwhile and two people get two places. Raises PublishedAlready."""
    row = BenchmarkVersion.objects.select_for_update(of=("self",)).select_related("benchmark").get(pk=version.pk)
    if not row.is_draft:
        raise PublishedAlready
    return row


def _added(model: Any, version: BenchmarkVersion, title: str, by: User, form_key: UUID | None) -> Any:
    rows = model.objects.filter(version=version)

    def make(key: UUID | None) -> Any:
        refuse_beyond(rows.filter(removed_at=None), MOST_FACTORS)
        name = _key_for(title, _keys(version))
        place = model.objects.create(version=version, key=name, order=_last(rows) + 1, form_key=key)
        write_first(version, [(f"{name}.title", version.benchmark.first_language, title)], by)
        record(by=by, verb="added", target=place)
        return place

    return made_once(rows, form_key, make)


def _beside(place: Any) -> Any:
    """The rows that it is in order with, itself among them."""
    return (
        place.factor.examples.all() if isinstance(place, Example) else type(place).objects.filter(version=place.version)
    )


def _last(rows: Any) -> int:
    return rows.aggregate(last=Max("order"))["last"] or 0


def _keys(version: BenchmarkVersion) -> set[str]:
    """Taken in any version of the benchmark, by what is there and by what was removed."""
    of_it = {"version__benchmark": version.benchmark_id}
    factors = KeyFactor.objects.filter(**of_it).values_list("key", flat=True)
    return {ABOUT, *factors, *ContextFactor.objects.filter(**of_it).values_list("key", flat=True)}


def _key_for(title: str, taken: set[str]) -> str:
    """After the title where that has letters for it; a number tells two of the same name apart."""
    name = slugify(title)[:LONGEST_KEY].strip("-") or "factor"
    keys = (name if number == 1 else f"{name}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in keys if key not in taken)
