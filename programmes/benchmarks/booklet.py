"""A benchmark as it is read: its boxes put together for one reader, for pages and documents alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import get_language

from .boxes import ABOUT, example_place
from .enums import Level
from .models import BenchmarkVersion, ContextFactor, Example, KeyFactor, Passage


@dataclass(frozen=True)
class Words:
    """What a box says, and in which language: the reader's where it is there, else the one written first."""

    text: str = ""
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Lines:
    """The same of a list."""

    items: tuple[str, ...] = ()
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True)
class ShownExample:
    city: str
    summary: Words
    link: str


@dataclass(frozen=True)
class Factor:
    key: str
    number: int
    title: Words
    why: Words
    how: Words
    questions: Lines
    tips: Lines
    examples: tuple[ShownExample, ...]
    contexts: list["Context"] = field(default_factory=list)


@dataclass(frozen=True)
class Context:
    """`bears_on`: factors, in their order."""

    key: str
    title: Words
    level: str
    bearing: Words
    bears_on: tuple[Factor, ...]


@dataclass(frozen=True)
class Booklet:
    version: BenchmarkVersion
    title: Words
    intro: Words
    authors: Words
    sources: Lines
    changes: Words
    factors: tuple[Factor, ...]
    contexts: tuple[Context, ...]

    def factor(self, key: str) -> Factor | None:
        return next((factor for factor in self.factors if factor.key == key), None)

    @property
    def is_shipped(self) -> bool:
        return self.version.benchmark.is_shipped

    @property
    def is_of_ours(self) -> bool:
        """Whether it began as a text of this project."""
        benchmark = self.version.benchmark
        return benchmark.is_shipped or bool(benchmark.origin and benchmark.origin.is_shipped)


class _Reader:
    """What stands in the boxes of one version, in the order of languages that its reader prefers."""

    def __init__(self, passages: Iterable[Passage], first: str, language: str):
        self.passages = {(row.key, row.language): row.value for row in passages if row.value}
        languages = sorted({language for _key, language in self.passages})
        self.languages = list(dict.fromkeys([language, language.split("-")[0], first, *languages]))

    def said(self, key: str) -> tuple[Any, str]:
        for language in self.languages:
            if (key, language) in self.passages:
                return self.passages[key, language], language
        return "", ""

    def words(self, key: str) -> Words:
        text, language = self.said(key)
        return Words(text, language)

    def line(self, key: str) -> Words:
        text, language = self.said(key)
        return Words(" ".join(text.split()), language)

    def lines(self, key: str) -> Lines:
        items, language = self.said(key)
        return Lines(tuple(items), language)


OUTLINE = Q(key__startswith=f"{ABOUT}.") | Q(key__endswith=".title") | Q(key__endswith=".level")
OUTLINE |= Q(key__endswith=".bearing")
"""What an overview says: of the key factors the titles alone."""


def booklet_of(version: BenchmarkVersion, language: str = "", *, outline: bool = False) -> Booklet:
    """Five queries, whatever its size; the version comes with its benchmark."""
    present = Prefetch("examples", Example.objects.filter(removed_at=None))
    rows = version.factors.filter(removed_at=None).prefetch_related(present)
    benchmark = version.benchmark
    reader = _Reader(_read(version, outline), benchmark.first_language, language or get_language() or "en")
    factors = tuple(_factor(reader, row, number) for number, row in enumerate(rows, start=1))
    by_key = {factor.key: factor for factor in factors}
    contexts = version.contexts.filter(removed_at=None).prefetch_related("bears_on")
    return Booklet(
        version,
        reader.line(f"{ABOUT}.title"),
        reader.words(f"{ABOUT}.intro"),
        reader.words(f"{ABOUT}.authors"),
        reader.lines(f"{ABOUT}.sources"),
        reader.words(f"{ABOUT}.changes"),
        factors,
        tuple(_context(reader, row, by_key) for row in contexts),
    )


def _read(version: BenchmarkVersion, outline: bool) -> Iterable[Passage]:
    rows = version.passages.filter(OUTLINE) if outline else version.passages.all()
    return rows.only("version_id", "key", "language", "value")


def titles_of(versions: Iterable[BenchmarkVersion], language: str = "") -> dict[int, Words]:
    """The themes of several versions, in one query."""
    found = list(versions)
    passages: dict[int, list[Passage]] = {version.pk: [] for version in found}
    for row in Passage.objects.filter(version__in=found, key=f"{ABOUT}.title"):
        passages[row.version_id].append(row)
    spoken = language or get_language() or "en"
    return {
        version.pk: _Reader(passages[version.pk], version.benchmark.first_language, spoken).line(f"{ABOUT}.title")
        for version in found
    }


def menus_of(versions: Iterable[BenchmarkVersion], language: str = "") -> dict[int, list[tuple[str, Words]]]:
    """Keys and titles of the key factors of several versions, in two queries."""
    found = {version.pk: version for version in versions}
    passages: dict[int, list[Passage]] = {pk: [] for pk in found}
    for passage in Passage.objects.filter(version__in=found, key__endswith=".title"):
        passages[passage.version_id].append(passage)
    spoken = language or get_language() or "en"
    readers = {pk: _Reader(passages[pk], version.benchmark.first_language, spoken) for pk, version in found.items()}
    menus: dict[int, list[tuple[str, Words]]] = {pk: [] for pk in found}
    for row in KeyFactor.objects.filter(version__in=found, removed_at=None):
        menus[row.version_id].append((row.key, readers[row.version_id].line(f"{row.key}.title")))
    return menus


def _factor(reader: _Reader, row: KeyFactor, number: int) -> Factor:
    key = row.key
    return Factor(
        key,
        number,
        reader.line(f"{key}.title"),
        reader.words(f"{key}.why"),
        reader.words(f"{key}.how"),
        reader.lines(f"{key}.questions"),
        reader.lines(f"{key}.tips"),
        tuple(_example(reader, example_place(key, example.key)) for example in row.examples.all()),
    )


def _example(reader: _Reader, place: str) -> ShownExample:
    link = reader.line(f"{place}.link").text
    return ShownExample(reader.line(f"{place}.city").text, reader.words(f"{place}.summary"), link)


def _context(reader: _Reader, row: ContextFactor, factors: dict[str, Factor]) -> Context:
    """Which the factors it bears on are told of."""
    keys = {factor.key for factor in row.bears_on.all()}
    bears_on = tuple(factor for key, factor in factors.items() if key in keys)
    level = reader.line(f"{row.key}.level").text
    label = str(Level(level).label) if level in Level.values else ""
    context = Context(row.key, reader.line(f"{row.key}.title"), label, reader.words(f"{row.key}.bearing"), bears_on)
    for factor in bears_on:
        factor.contexts.append(context)
    return context
