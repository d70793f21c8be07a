"""A plan as pages show it, made of the data of a snapshot: the plan as it stands and a frozen version look alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from programmes.common import kinds, markup
from programmes.common.fields import in_language
from programmes.conversations.models import Conversation

from .columns import box_of
from .shapes import ActionData, ColumnData, NeedData, PlanData, PracticeLink

MOST_FIRST_WORDS = 70


def box_name(action: int, column: str) -> str:
    """What a cell is called between its page and the server."""
    return f"{action}.{column}"


@dataclass(frozen=True)
class Column:
    box: kinds.Box
    title: str
    help: str

    @property
    def key(self) -> str:
        return self.box.key

    @cached_property
    def kind(self) -> kinds.Kind:
        return kinds.kind_of(self.box)


@dataclass(frozen=True)
class Heading:
    """One column of the annex. It may hold several boxes under one title: those who help and what it takes."""

    title: str
    columns: tuple[Column, ...]

    @property
    def has_parts(self) -> bool:
        return len(self.columns) > 1


@dataclass(frozen=True)
class Box:
    """One cell: `value` as stored, `words` as light markup; `row` is the action's id."""

    column: Column
    row: int
    value: Any = ""
    language: str = ""
    revision: int = 0
    translation: str = ""
    is_stale: bool = False
    on_behalf: bool = False

    @cached_property
    def words(self) -> str:
        return self.column.kind.markup(self.value, self.column.box)

    @property
    def has_words(self) -> bool:
        """Whether there is anything that has a language: dates have none."""
        return self.column.kind.has_words(self.value)

    @property
    def translated(self) -> str:
        return self.column.kind.translated(self.value, self.translation, self.column.box)

    @property
    def id(self) -> str:
        return f"box-{self.row}-{self.column.key}"

    @property
    def name(self) -> str:
        return box_name(self.row, self.column.key)

    @property
    def input(self) -> kinds.Input:
        """What the template of its kind draws."""
        how = {"language": self.language, "hint": f"help-{self.column.key}", "rows": 1}
        return self.column.kind.input(self.column.box, self.value, id=self.id, label=self.column.title, **how)


@dataclass(frozen=True)
class Place:
    """The boxes of one row under one heading."""

    heading: Heading
    boxes: tuple[Box, ...]


@dataclass
class Row:
    """An action. `needs` are dictionaries as in the snapshot; `folded` are the boxes of columns that are folded;
    `practice` is the one it adapts, `conversations` is what was said about the row."""

    pk: int
    number: int
    needs: list[NeedData]
    places: list[Place]
    folded: list[Box] = field(default_factory=list)
    practice: PracticeLink | None = None
    conversations: list[Conversation] = field(default_factory=list)

    @property
    def boxes(self) -> list[Box]:
        return [*self.cells, *self.folded]

    @property
    def cells(self) -> list[Box]:
        """Those that stand side by side."""
        return [box for place in self.places for box in place.boxes]

    @property
    def first(self) -> Box:
        """The box that says what is done."""
        return self.places[0].boxes[0]

    @property
    def others(self) -> list[Box]:
        """The rest of its cells."""
        return self.cells[1:]

    @property
    def more(self) -> list[Box]:
        """What is written under columns that are folded."""
        return [box for box in self.folded if box.words]

    @cached_property
    def words(self) -> str:
        """The first words of what is done, by which a row is named in lists and when it is folded."""
        return markup.first_words(self.first.words, MOST_FIRST_WORDS)

    @property
    def revision(self) -> int:
        """Grows with each save of any of its boxes."""
        return sum(box.revision for box in self.boxes)

    @property
    def open_conversations(self) -> int:
        return sum(conversation.resolved_at is None for conversation in self.conversations)


@dataclass(frozen=True)
class Table:
    headings: list[Heading]
    folded: list[Column]
    rows: list[Row]

    @property
    def columns(self) -> list[Column]:
        return [*self.shown, *self.folded]

    @property
    def width(self) -> int:
        """How many cells stand side by side, beside that of the number."""
        return sum(len(heading.columns) for heading in self.headings)

    @property
    def shown(self) -> list[Column]:
        """The columns that stand side by side."""
        return [column for heading in self.headings for column in heading.columns]

    @property
    def has_parts(self) -> bool:
        """Whether some heading stands above several columns."""
        return any(heading.has_parts for heading in self.headings)


def table_of(data: PlanData, conversations: Iterable[Conversation] = ()) -> Table:
    """`data` as from `snapshots.take`; each of the `conversations` (with `about_plan`) goes to its row, if there."""
    shown, folded = parted(data["columns"])
    language = data["plan"]["language"]
    table = Table(shown, folded, [row_of(shown, folded, action, language) for action in data["actions"]])
    rows = {row.pk: row for row in table.rows}
    for conversation in conversations:
        if conversation.about_plan.action_id in rows:
            rows[conversation.about_plan.action_id].conversations.append(conversation)
    return table


def parted(columns: list[ColumnData]) -> tuple[list[Heading], list[Column]]:
    """What stands in the table, and what is folded."""
    shown = [column for column in columns if not column["folded"]]
    headings = [_heading(list(group)) for _key, group in groupby(shown, _group)]
    return headings, [_column(column) for column in columns if column["folded"]]


def row_of(headings: list[Heading], folded: list[Column], action: ActionData, language: str) -> Row:
    """One action; `language` is the plan's, for cells that do not say their own."""
    places = [
        Place(heading, tuple(_box(column, action, language) for column in heading.columns)) for heading in headings
    ]
    hidden = [_box(column, action, language) for column in folded]
    return Row(action["id"], action["number"], action["needs"], places, hidden, action["practice"])


def _group(column: ColumnData) -> str:
    return column.get("group") or f"column {column['key']}"


def _heading(columns: list[ColumnData]) -> Heading:
    first = columns[0]
    title = in_language(first["group_title"] if first.get("group") else first["title"])
    return Heading(title, tuple(_column(column) for column in columns))


def _column(column: ColumnData) -> Column:
    box = box_of(column["key"], column["kind"], column.get("options", ()))
    return Column(box, in_language(column["title"]), in_language(column.get("help")))


def _box(column: Column, action: ActionData, language: str) -> Box:
    cell = action["cells"].get(column.key)
    if cell is None:
        return Box(column, action["id"], language=language)
    return Box(
        column,
        action["id"],
        value=cell["value"],
        language=cell["language"] or language,
        revision=cell["revision"],
        translation=cell["translation"],
        is_stale=cell["translation_stale"],
        on_behalf=cell["on_behalf"],
    )


def dated(rows: Iterable[Row]) -> list[tuple[Row, Box, kinds.Span]]:
    """The first box with days of each row that has one, and its days."""
    found = []
    for row in rows:
        spans = ((box, box.column.kind.span(box.value)) for box in row.boxes)
        first = next(((box, span) for box, span in spans if span), None)
        if first:
            found.append((row, *first))
    return found
