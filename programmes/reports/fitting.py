"""Widths of the columns of a table: no word is broken, and a column with more to say is wider. Pure functions."""

import re
from collections.abc import Iterator, Sequence
from math import sqrt

from .blocks import Block, Cell, Column, ListBlock, Paragraph, Prose, Table, Unanswered

LETTERS_UPRIGHT, LETTERS_WIDE = 85, 140
"""Letters that certainly stand beside each other between the margins of a page."""
PADDING, MARK = 3, 4
"""Letters' room for the margins of a cell, and for the mark of a list."""
LONGEST_WORD = 32
"""Whatever is longer is no word of a language."""
NARROWER, WIDER = 0.8, 1.5
"""How far what a column has to say changes its share."""
_BETWEEN_WORDS = re.compile(r"[*_\[\]()/–—-]")
_LISTED = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)


def widths(table: Table, *, wide: bool) -> list[str]:
    """Per cent for each column, as style sheets write numbers in every language."""
    letters = LETTERS_WIDE if wide else LETTERS_UPRIGHT
    cells = list(zip(*table.rows, strict=True)) or [() for _column in table.columns]
    least = [min(0.5, _longest_word(column, own) / letters) for column, own in zip(table.columns, cells, strict=True)]
    return [f"{100 * part:.2f}" for part in _shares(_wished(table.columns, cells), least)]


def _wished(columns: Sequence[Column], cells: Sequence[Sequence[Cell]]) -> list[float]:
    """The shares, moved towards what each column has to say: by the root of it, so that none takes all."""
    said = [sum(cell.letters for cell in own) / column.share for column, own in zip(columns, cells, strict=True)]
    usual = sum(said) / len(said)
    if not usual:
        return [column.share for column in columns]
    return [
        column.share * min(WIDER, max(NARROWER, sqrt(each / usual))) for column, each in zip(columns, said, strict=True)
    ]


def _shares(wished: Sequence[float], least: Sequence[float]) -> list[float]:
    """Parts of one in relation to what is wished, none below its least while there is room for all of them."""
    if sum(least) >= 1:
        return [part / sum(least) for part in least]
    fixed: dict[int, float] = {}
    while True:
        rest = 1 - sum(fixed.values())
        whole = sum(wish for place, wish in enumerate(wished) if place not in fixed)
        parts = [fixed.get(place, rest * wish / whole if whole else 0) for place, wish in enumerate(wished)]
        short = [place for place, part in enumerate(parts) if place not in fixed and part < least[place]]
        if not short:
            return parts
        fixed |= {place: least[place] for place in short}


def _longest_word(column: Column, cells: Sequence[Cell]) -> int:
    head = max(map(len, column.title.split()), default=0) + 1  # it is bold
    return PADDING + max([head, *(_longest(block) for cell in cells for block in cell.blocks)])


def _longest(block: Block) -> int:
    match block:
        case Prose(markup=text):
            return _longest_in(text) + (MARK if _LISTED.search(text) else 0)
        case Paragraph(text=text) | Unanswered(text=text):
            return _longest_in(text)
        case ListBlock(items=items):
            return max(map(_longest_in, items), default=0) + MARK
    return 0


def _longest_in(text: str) -> int:
    return max(_words(text), default=0)


def _words(text: str) -> Iterator[int]:
    """Lengths of the words; addresses are none, they may be broken."""
    for piece in text.split():
        if "://" not in piece and "@" not in piece:
            yield from (min(len(word), LONGEST_WORD) for word in _BETWEEN_WORDS.split(piece))
