"""What the pages show where a benchmark is written: its boxes in one language, with the first one beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

from programmes.common.addresses import address
from programmes.common.kinds import Input
from programmes.common.kinds.base import slug

from .booklet import Words
from .boxes import ABOUT, OF_A_CONTEXT, OF_A_FACTOR, OF_AN_EXAMPLE, OF_THE_WHOLE, Asked, example_place, key_of
from .models import BenchmarkVersion, ContextFactor, Example, KeyFactor, Passage

NO_LANGUAGE = "all"
"""Stands in addresses for a box that has no language."""

Passages = dict[tuple[str, str], Passage]


@dataclass(frozen=True)
class WriteBox:
    """One box; `beside` is what stands in it in the first language, where another one is written."""

    asked: Asked
    key: str
    version: BenchmarkVersion
    language: str
    passage: Passage | None
    beside: Passage | None = None

    @property
    def name(self) -> str:
        return box_name(self.key, self.language)

    @property
    def slug(self) -> str:
        return slug(self.name)

    @property
    def revision(self) -> int:
        return self.passage.revision if self.passage else 0

    @property
    def input(self) -> Input:
        return self.asked.value_kind.input(
            self.asked.box(self.key),
            self.passage.value if self.passage else "",
            id=f"{self.slug}-value",
            label=str(self.asked.title),
            language=self.language,
            hint=f"{self.slug}-hint" if self.asked.hint else "",
            rows=self.asked.rows,
        )

    @property
    def beside_markup(self) -> str:
        value = self.beside.value if self.beside else ""
        return self.asked.value_kind.markup(value, self.asked.box(self.key))

    @property
    def save_url(self) -> str:
        return address("benchmarks:passage", self.version.pk, self.key, self.language or NO_LANGUAGE)

    @property
    def history_url(self) -> str:
        return address("benchmarks:history", self.version.pk, self.key, self.language or NO_LANGUAGE)


@dataclass(frozen=True)
class ExampleBoxes:
    example: Example
    boxes: list[WriteBox]


def box_name(key: str, language: str) -> str:
    return f"{key}-{language}" if language else key


def boxes_of_the_whole(version: BenchmarkVersion, language: str) -> list[WriteBox]:
    asked = OF_THE_WHOLE if version.number > 1 else OF_THE_WHOLE[:-1]
    return _boxes(version, ABOUT, asked, language, _passages(version, ABOUT))


def boxes_of(place: KeyFactor | ContextFactor, language: str) -> list[WriteBox]:
    asked = OF_A_FACTOR if isinstance(place, KeyFactor) else OF_A_CONTEXT
    return _boxes(place.version, place.key, asked, language, _passages(place.version, place.key))


def boxes_of_examples(factor: KeyFactor, examples: Iterable[Example], language: str) -> list[ExampleBoxes]:
    """`examples` of the factor, all of them in one query."""
    passages = _passages(factor.version, factor.key)
    return [
        ExampleBoxes(
            example,
            _boxes(factor.version, example_place(factor.key, example.key), OF_AN_EXAMPLE, language, passages),
        )
        for example in examples
    ]


def titles_in(version: BenchmarkVersion, language: str) -> dict[str, Words]:
    """Of the whole and of all factors by their keys, removed ones too; in `language` where they have one there, else
    in the first."""
    rows = version.passages.filter(key__endswith=".title", language__in=[language, version.benchmark.first_language])
    found: dict[str, Words] = {}
    for row in rows:
        place = row.key.removesuffix(".title")
        if row.value and (row.language == language or place not in found):
            found[place] = Words(" ".join(row.value.split()), row.language)
    return found


def _passages(version: BenchmarkVersion, place: str) -> Passages:
    """Also of the examples of a factor."""
    rows = version.passages.filter(key__startswith=f"{place}.").select_related("updated_by")
    return {(row.key, row.language): row for row in rows}


def _boxes(
    version: BenchmarkVersion, place: str, asked: Iterable[Asked], language: str, passages: Passages
) -> list[WriteBox]:
    """Those without a language stand with the first one."""
    first = version.benchmark.first_language
    found = []
    for one in asked:
        if not one.has_language and language != first:
            continue
        key, spoken = key_of(place, one), language if one.has_language else ""
        beside = passages.get((key, first)) if spoken not in ("", first) else None
        found.append(WriteBox(one, key, version, spoken, passages.get((key, spoken)), beside))
    return found
