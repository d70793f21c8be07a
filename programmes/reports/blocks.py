"""What a document says, before anybody decides how it looks.

A builder gathers a `DocumentContent` once; the PDF and the DOCX engine each turn it into a file. Every wording in it is
already in the document's language, every text of a person carries its own language. Nothing here knows Django, the
database or a file format, and everything survives `to_data` → JSON → `from_data` unchanged.
"""

import hashlib
import json
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, ClassVar


@dataclass(frozen=True)
class Prose:
    """A person's text in the light markup of `programmes.common.markup`.

    `lang` is the language it is written in (empty: the document's); `note` tells where it comes from, for example that
    it is a translation.
    """

    template: ClassVar[str] = "blocks/prose.html"
    markup: str
    lang: str = ""
    note: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph without markup; `style` is "", "lead", "help" or "label", `lang` as in `Prose`."""

    template: ClassVar[str] = "blocks/paragraph.html"
    text: str
    style: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Unanswered:
    """Stands where an answer could be: says in the document's language that there is none yet."""

    template: ClassVar[str] = "blocks/unanswered.html"
    text: str


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 to 4 (1 is the title); `number` is set apart from the text and read before it.

    `beside` stands on the same line in small letters: who answers a section, that a question has no answer yet."""

    template: ClassVar[str] = "blocks/heading.html"
    level: int
    text: str
    number: str = ""
    beside: str = ""


@dataclass(frozen=True)
class ListBlock:
    """Short items of one list; `lang` as in `Prose`. `style` "marks" shows small labels, as of an action's needs."""

    template: ClassVar[str] = "blocks/list.html"
    items: tuple[str, ...]
    lang: str = ""
    style: str = ""


@dataclass(frozen=True)
class Note:
    """A remark set apart: who answered, what a version holds."""

    template: ClassVar[str] = "blocks/note.html"
    text: str


@dataclass(frozen=True)
class Blank:
    """An empty ruled box to write in by hand (PDF) or to type in (DOCX), `lines` high."""

    template: ClassVar[str] = "blocks/blank.html"
    lines: int = 6

    @property
    def rules(self) -> range:
        return range(self.lines)


@dataclass(frozen=True)
class Lines:
    """What is filled in at the head of a blank form: each label with a line behind it, two in a row."""

    template: ClassVar[str] = "blocks/lines.html"
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """Cells beside each other, without the meaning of a table: the boxes of a blank form. Two in a row, three where
    one would be left over."""

    template: ClassVar[str] = "blocks/beside.html"
    cells: tuple["Cell", ...]

    @property
    def rows(self) -> list[tuple["Cell", ...]]:
        first = 3 if len(self.cells) % 2 and len(self.cells) > 1 else min(2, len(self.cells))
        others = range(first, len(self.cells), 2)
        return [self.cells[:first], *(self.cells[place : place + 2] for place in others)]


@dataclass(frozen=True)
class Choices:
    """The options of a choice; on a blank form none is `chosen`."""

    template: ClassVar[str] = "blocks/choices.html"
    options: tuple[str, ...]
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """A table column; `share` is its part of the width in relation to the other columns."""

    title: str
    share: int = 1
    help: str = ""


@dataclass(frozen=True)
class Cell:
    """A table cell: blocks one below the other. `heads_row` makes it the header of its row."""

    blocks: tuple["Block", ...] = ()
    heads_row: bool = False

    @property
    def letters(self) -> int:
        """Roughly how much room the cell takes, counted in letters; a line that ends early counts as a whole one."""
        return sum(_letters(block) for block in self.blocks)


@dataclass(frozen=True)
class Table:
    """A table whose header row is repeated on every page; `caption` names it for everybody, also for screen readers."""

    template: ClassVar[str] = "blocks/table.html"
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    style: str = ""


LINE = 25
"""Letters in a line of a narrow column."""


def _letters(block: "Block") -> int:
    match block:
        case Prose(markup=text) | Paragraph(text=text):
            return len(text) + LINE * (1 + text.count("\n"))
        case ListBlock(items=items):
            return sum(len(item) + LINE for item in items)
        case Blank(lines=lines):
            return 2 * LINE * lines
    return LINE


@dataclass(frozen=True)
class Photograph:
    """A picture among the texts: `name` in the media storage, `caption` says what it shows, `lang` as in `Prose`."""

    template: ClassVar[str] = "blocks/photograph.html"
    name: str
    caption: str
    lang: str = ""

    @property
    def alt(self) -> str:
        return self.caption


Block = (
    Prose | Paragraph | Unanswered | Heading | ListBlock | Note | Blank | Lines | Beside | Choices | Table | Photograph
)


@dataclass(frozen=True)
class Picture:
    """A picture of the header: `name` in the media storage, `alt` says what it shows."""

    name: str
    alt: str


@dataclass(frozen=True)
class Fact:
    """One line of the header: "Date", "15 March 2021"; without a label where the value says what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class DocumentContent:
    """Everything a file needs, in one language.

    `mentee` and `mentor` are names of cities, either may be empty; `label_mentee` and `label_mentor` are the words of
    the programme for the two sides, in the document's language. `version` names the state of the content, `dated` is
    the day of that state and `dated_as` says in words what happened on it ("frozen on 12 October 2026"); a form that
    `is_blank` has none of the three.
    """

    kind: str
    title: str
    language: str
    dated: date | None
    dated_as: str = ""
    subtitle: str = ""
    version: str = ""
    programme: str = ""
    mentee: str = ""
    mentor: str = ""
    label_mentee: str = ""
    label_mentor: str = ""
    funding_line: str = ""
    disclaimer: str = ""
    emblem: Picture | None = None
    logo: Picture | None = None
    landscape: bool = False
    is_blank: bool = False
    facts: tuple[Fact, ...] = ()
    blocks: tuple[Block, ...] = field(default_factory=tuple)

    @property
    def state(self) -> str:
        """Which state of the texts this is, so that two documents of one form are told apart."""
        return " · ".join(part for part in (self.version, self.dated_as) if part)


_TYPES: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        Prose,
        Paragraph,
        Unanswered,
        Heading,
        ListBlock,
        Note,
        Blank,
        Lines,
        Beside,
        Choices,
        Column,
        Cell,
        Table,
        Photograph,
        Picture,
        Fact,
        DocumentContent,
    )
}


def to_data(value: Any) -> Any:
    """Plain JSON data: a dataclass becomes an object with its "type", a tuple a list, a date an object with "date"."""
    if is_dataclass(value):
        return {"type": type(value).__name__} | {f.name: to_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def from_data(data: Any) -> Any:
    """The inverse of `to_data`; raises KeyError for a type that no longer exists."""
    if isinstance(data, list):
        return tuple(from_data(item) for item in data)
    if not isinstance(data, dict):
        return data
    if "date" in data:
        return date.fromisoformat(data["date"])
    cls = _TYPES[data["type"]]
    return cls(**{name: from_data(value) for name, value in data.items() if name != "type"})


def fingerprint(content: DocumentContent, *parts: object) -> str:
    """sha256 over the content and whatever else makes two files different (builder version, format, audience)."""
    text = json.dumps([to_data(content), *parts], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
