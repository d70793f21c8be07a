"""Benchmarks that come with the product, from `data/*.yaml` into rows: made where they are missing, corrected where
their wording changed.

A published structure stays: a file that takes away, adds or moves a factor must carry a new version number, and its
`changes` then say what changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction
from django.utils import timezone

from .boxes import ABOUT, OF_A_CONTEXT, OF_A_FACTOR, OF_AN_EXAMPLE, OF_THE_WHOLE, Asked, example_place, key_of

DATA = Path(__file__).parent / "data"
FILES = ("language-learning", "city-for-all")
LANGUAGES = ["en", "es"]

Passages = dict[tuple[str, str], Any]
"""What stands in each box, by its key and language."""


class StructureChangedError(ValueError):
    """A file changes factors of a version that is published already."""


@dataclass(frozen=True)
class Loaded:
    """How many rows were made, and how many passages got other words."""

    made: int = 0
    reworded: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.made + other.made, self.reworded + other.reworded)


def read(key: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / f"{key}.yaml").read_text(encoding="utf-8"))


@transaction.atomic
def install(get_model: Callable[[str, str], type[models.Model]]) -> Loaded:
    """Brings the rows in step with the files; safe to run at any time.

    `get_model` is the registry's, of today or of a migration. Raises StructureChangedError."""
    return sum((_Installation(get_model, read(key)).run() for key in FILES), Loaded())


def passages_of(content: dict[str, Any]) -> Passages:
    """All that a file says, box by box."""
    return dict(_passages(content))


def _passages(content: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    yield from _place(ABOUT, OF_THE_WHOLE, content)
    for factor in content["factors"]:
        yield from _place(factor["key"], OF_A_FACTOR, factor)
        for example in factor.get("examples", ()):
            yield from _place(example_place(factor["key"], example["key"]), OF_AN_EXAMPLE, example)
    for context in content["contexts"]:
        yield from _place(context["key"], OF_A_CONTEXT, context)


def _place(place: str, boxes: tuple[Asked, ...], entry: dict[str, Any]) -> Iterator[tuple[tuple[str, str], Any]]:
    for asked in boxes:
        said = entry.get(asked.name)
        if not said:
            continue
        key = key_of(place, asked)
        if not asked.has_language:
            yield (key, ""), said
        else:
            for language in LANGUAGES:
                words = [line[language] for line in said] if isinstance(said, list) else said[language].strip()
                yield (key, language), words


class _Installation:
    """One benchmark on its way into the tables."""

    def __init__(self, get_model: Callable[[str, str], type[models.Model]], content: dict[str, Any]):
        self.model: Callable[[str], Any] = lambda name: get_model("benchmarks", name)
        self.content = content

    def run(self) -> Loaded:
        benchmark, made = self.model("Benchmark")._default_manager.get_or_create(
            key=self.content["key"], programme=None, defaults={"languages": LANGUAGES}
        )
        versions = self.model("BenchmarkVersion")._default_manager.filter(benchmark=benchmark)
        version = versions.filter(number=self.content["version"]).first()
        if version is None:
            now = timezone.now()
            versions.filter(retired_at=None).update(retired_at=now)
            number = self.content["version"]
            version = versions.create(benchmark=benchmark, number=number, published_at=now)
            return Loaded(made=made + 1 + self._build(version)) + self._word(version)
        self._hold_structure(version)
        return self._word(version)

    def _build(self, version: Any) -> int:
        factors = self._rows("KeyFactor", self.content["factors"], version=version)
        contexts = self._rows("ContextFactor", self.content["contexts"], version=version)
        bearing = self.model("ContextFactor").bears_on.through
        bearing._default_manager.bulk_create(
            bearing(contextfactor_id=contexts[entry["key"]].pk, keyfactor_id=factors[key].pk)
            for entry in self.content["contexts"]
            for key in entry["bears_on"]
        )
        examples = [
            self.model("Example")(factor=factors[entry["key"]], key=example["key"], order=order)
            for entry in self.content["factors"]
            for order, example in enumerate(entry.get("examples", ()), start=1)
        ]
        self.model("Example")._default_manager.bulk_create(examples)
        return len(factors) + len(contexts) + len(examples)

    def _rows(self, name: str, entries: list[dict[str, Any]], **owner: Any) -> dict[str, Any]:
        model = self.model(name)
        rows = [model(key=entry["key"], order=order, **owner) for order, entry in enumerate(entries, start=1)]
        return {row.key: row for row in model._default_manager.bulk_create(rows)}

    def _word(self, version: Any) -> Loaded:
        model = self.model("Passage")
        known = {(row.key, row.language): row for row in model._default_manager.filter(version=version)}
        made, reworded = [], []
        for (key, language), value in passages_of(self.content).items():
            row = known.get((key, language))
            if row is None:
                made.append(model(version=version, key=key, language=language, value=value, revision=1))
            elif row.value != value:
                row.value, row.revision = value, row.revision + 1
                reworded.append(row)
        model._default_manager.bulk_create(made)
        model._default_manager.bulk_update(reworded, ["value", "revision"])
        return Loaded(len(made), len(reworded))

    def _hold_structure(self, version: Any) -> None:
        stands = [
            *version.factors.order_by("order").values_list("key", flat=True),
            *version.contexts.order_by("order").values_list("key", flat=True),
        ]
        told = [entry["key"] for entry in (*self.content["factors"], *self.content["contexts"])]
        if stands != told:
            raise StructureChangedError(
                f"{self.content['key']}.yaml changes the factors of version {version.number}, which is published: "
                f"give the file version {version.number + 1}."
            )
