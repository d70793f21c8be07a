"""A table of three columns, pasted from Word or a spreadsheet, read as key factors.

First column: number and title. Second: why it matters, and how to fulfil it as a list. Third: guiding questions, tips,
examples. Pure functions; nothing here is stored."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes.common.errors import Refusal
from programmes.common.kinds.list import LONGEST_LINE, entries_of
from programmes.common.text import clean

COLUMNS = 3
MOST_ROWS = 60
LONGEST_TITLE = 200
SHOWN_ROWS = 5

NUMBER = re.compile(r"^\s*(?:[A-Za-z]{2,10}\s+)?\d{1,3}\s*[.):–-]?\s+")
HEADING_ROW = re.compile(r"key factor|factor clave|facteur", re.IGNORECASE)
TIPS = re.compile(r"\btips?\b|consejos|conseils|practical advice", re.IGNORECASE)
EXAMPLES = re.compile(r"examples?\b|ejemplos|exemples|good practice|buenas pr[aá]cticas", re.IGNORECASE)
QUESTIONS = re.compile(r"questions?\b|preguntas", re.IGNORECASE)
ADDRESS = re.compile(r"https?://\S+")
LONGEST_HEADING = 90
LISTED = re.compile(r"(?:[-•*–·]|\d{1,2}[.)])\s+")


class NoTable(Refusal):
    message = gettext_lazy(
        "No table was found. Copy the table itself, with its columns, in Word or in a spreadsheet, and paste it here."
    )


class WrongColumns(Refusal):
    def __init__(self, rows: list[int]) -> None:
        shown = ", ".join(str(row) for row in rows[:SHOWN_ROWS]) + (" …" if len(rows) > SHOWN_ROWS else "")
        words = ngettext(
            "Row %(rows)s has more than three columns. Take out or join what is too much, and look at it again.",
            "Rows %(rows)s have more than three columns. Take out or join what is too much, and look at it again.",
            len(rows),
        )
        super().__init__(words % {"rows": shown})


class LongTable(Refusal):
    def __init__(self, rows: int) -> None:
        words = _("This table has %(rows)s rows; a benchmark takes at most %(most)s. Please paste a part of it.")
        super().__init__(words % {"rows": rows, "most": MOST_ROWS})


class LongCell(Refusal):
    def __init__(self, row: int) -> None:
        super().__init__(
            _("Row %(row)s has a title or a line that is too long. Please shorten or divide it.") % {"row": row}
        )


@dataclass(frozen=True)
class PastedExample:
    """What was done somewhere, with the first address that stands in it; its city is put in by hand."""

    summary: str
    link: str


@dataclass
class Understood:
    """One factor, as its row was read; `joined` says that a row with an empty first cell was put to it."""

    title: str
    why: list[str] = field(default_factory=list)
    how: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    examples: list["PastedExample"] = field(default_factory=list)
    joined: bool = False

    def boxes(self) -> dict[str, str | list[str]]:
        """What goes into each box of the factor."""
        return {
            "title": self.title,
            "why": "\n\n".join(self.why),
            "how": "\n".join(f"- {line}" for line in self.how),
            "questions": self.questions,
            "tips": self.tips,
        }


@dataclass(frozen=True)
class Reading:
    """A table as it was understood; `left_out` are rows of a single cell, headings between the factors."""

    factors: list[Understood]
    left_out: list[str]


def read(text: str) -> Reading:
    """Raises NoTable, WrongColumns, LongTable, LongCell."""
    rows = [row for row in _rows(clean(text).strip("\n")) if any(row)]
    if rows and HEADING_ROW.search(rows[0][0]) and not NUMBER.match(rows[0][0]):
        rows = rows[1:]
    if len(rows) > MOST_ROWS:
        raise LongTable(len(rows))
    if wrong := [number for number, row in enumerate(rows, start=1) if len(row) > COLUMNS]:
        raise WrongColumns(wrong)
    if not any(len(row) > 1 for row in rows):
        raise NoTable
    return _understood(rows)


def _rows(text: str) -> list[list[str]]:
    """Cells of each row, with their line breaks. A spreadsheet puts cells of several lines into quotation marks; Word
    does not: there a line without a tab goes on with the cell before it."""
    return list(_quoted_rows(text)) if _has_quoted_cells(text) else list(_plain_rows(text))


def _has_quoted_cells(text: str) -> bool:
    return bool(re.search(r'(?:^|[\t\n])"(?:[^"]|"")*"(?=[\t\n]|$)', text))


def _quoted_rows(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    for found in re.finditer(r'(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)', text):
        quoted, plain, end = found.groups()
        row.append((plain if quoted is None else quoted.replace('""', '"')).strip())
        if end != "\t":
            yield _without_empty_end(row)
            row = []


def _plain_rows(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) == 1 and row:
            row[-1] += f"\n{cells[0]}"
        elif row and len(row) < COLUMNS and len(row) + len(cells) - 1 <= COLUMNS and len(cells) < COLUMNS:
            row = [*row[:-1], f"{row[-1]}\n{cells[0]}", *cells[1:]]
        else:
            yield _without_empty_end(row)
            row = cells
    yield _without_empty_end(row)


def _without_empty_end(row: list[str]) -> list[str]:
    cells = [cell.strip() for cell in row]
    while len(cells) > COLUMNS and not cells[-1]:
        cells.pop()
    return cells


def _understood(rows: list[list[str]]) -> Reading:
    """Merged cells: without a title a row belongs to the factor above it; a cell alone is a heading."""
    factors: list[Understood] = []
    left_out: list[str] = []
    for number, row in enumerate(rows, start=1):
        title, why, third = (*row, "", "")[:COLUMNS]
        if not why and not third:
            left_out.append(" ".join(title.split()))
            continue
        if title or not factors:
            factors.append(Understood(_title(title)))
        else:
            factors[-1].joined = True
        _read_why(why, factors[-1])
        _read_third(third, factors[-1])
        _refuse_long(factors[-1], number)
    return Reading(factors, left_out)


def _title(cell: str) -> str:
    words = " ".join(cell.replace("**", "").split())
    return NUMBER.sub("", words) or words or _("Without a title")


def _read_why(cell: str, factor: Understood) -> None:
    """Marked lines say how; what introduces them, ending in a colon, is not needed: the box has its heading."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    for place, line in enumerate(lines):
        if listed := LISTED.match(line):
            factor.how.append(line[listed.end() :].strip())
        elif not (line.endswith(":") and any(LISTED.match(later) for later in lines[place + 1 :])):
            factor.why.append(line)


def _read_third(cell: str, factor: Understood) -> None:
    """Under its headings where there are any; else what ends in a question mark is a question, the rest tips."""
    part = ""
    for line in (line.replace("**", "") for line in entries_of(cell)):
        if heading := _heading(line):
            part = heading
        elif part == "examples":
            factor.examples.append(_example(line))
        elif part == "tips" or (not part and not line.endswith("?")):
            factor.tips.append(line)
        else:
            factor.questions.append(line)


def _heading(line: str) -> str:
    """Which part it begins, "" for a line that is no heading."""
    if not line.endswith(":") or len(line) > LONGEST_HEADING:
        return ""
    parts = (("tips", TIPS), ("examples", EXAMPLES), ("questions", QUESTIONS))
    return next((part for part, named in parts if named.search(line)), "")


def _example(line: str) -> PastedExample:
    found = ADDRESS.search(line)
    if found is None:
        return PastedExample(line, "")
    link = found.group().rstrip(".,;)")
    return PastedExample(" ".join(line.replace(link, " ").split()), link if len(link) <= LONGEST_TITLE else "")


def _refuse_long(factor: Understood, number: int) -> None:
    lines = [*factor.how, *factor.questions, *factor.tips, *(example.summary for example in factor.examples)]
    if len(factor.title) > LONGEST_TITLE or any(len(line) > LONGEST_LINE for line in lines):
        raise LongCell(number)
