"""Lines that run the other way than the text around them: Arabic words in an English answer, an English line in Arabic.

A browser finds that out by itself (`dir="auto"`); printed documents must be told.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from .markup import Block, List, Paragraph, Run, parse

# Hebrew, Arabic and their neighbours: where there is none of them, nothing has to be looked for.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(text: str, otherwise: str = "ltr") -> str:
    """The way of the first letter that has one; figures and signs have none."""
    return next((_STRONG[way] for way in map(unicodedata.bidirectional, text) if way in _STRONG), otherwise)


def parsed(text: str, base: str) -> list[Block]:
    """The blocks of a text in light markup, each with the direction it runs in."""
    blocks = parse(text)
    return list(by_direction(blocks, base)) if base == "rtl" or _RIGHT_TO_LEFT.search(text) else blocks


def by_direction(blocks: Iterable[Block], base: str) -> Iterator[Block]:
    """The blocks with a direction set on each that runs against `base`; a paragraph of lines that run both ways
    becomes several."""
    for block in blocks:
        if isinstance(block, List):
            yield _list(block, base)
        else:
            yield from _paragraphs(block, base)


def _list(block: List, base: str) -> List:
    """A list turns as a whole where its first item does, so that its marks stand on one side."""
    own = _direction_of_first(block, base)
    items = tuple(tuple(by_direction(item, own)) for item in block.items)
    return replace(block, items=items, direction="" if own == base else own)


def _direction_of_first(block: List, base: str) -> str:
    texts = (part for item in block.items for part in item if isinstance(part, Paragraph))
    first = next(texts, None)
    return direction_of(_words(first.runs), base) if first else base


def _paragraphs(paragraph: Paragraph, base: str) -> Iterator[Paragraph]:
    ways = [(direction_of(_words(line), base), line) for line in _lines(paragraph.runs)]
    for way, lines in groupby(ways, key=lambda pair: pair[0]):
        yield Paragraph(_joined([line for _way, line in lines]), "" if way == base else way)


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in others)
    return lines


def _joined(lines: Sequence[Sequence[Run]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for line in lines:
        runs += [Run("\n"), *line] if runs else line
    return tuple(run for run in runs if run.text)


def _words(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
