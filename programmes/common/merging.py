"""Three-way merge of texts and lists, paragraph by paragraph; pure functions.

A paragraph is a block between blank lines, or one item of a list. Two people who change different paragraphs
never meet. Whenever both touched the same place the answer is None, and a person decides.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from programmes.common.sequences import Opcode, TooMuch, opcodes

# A box takes half as many (see `fields.MOST_PARAGRAPHS`); beyond, both texts are shown without a look inside.
MOST_UNITS = 4000
# Where one side changed more paragraphs than this, or finding out which takes more steps, both texts are shown.
MOST_DIFFERING = 150
MOST_STEPS = 1_000_000
# Changed stretches up to this size (product of both numbers of paragraphs) are paired by likeness, longer ones by
# position; so are those whose old paragraphs, each read once for every new one, have more characters than this.
MOST_COMPARISONS = 900
MOST_CHARACTERS_COMPARED = 500_000

_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_NUMBER = re.compile(r"^([ \t]*)\d{1,9}([.)])")


def merge(base: str, mine: str, theirs: str) -> str | None:
    """The text with both changes, or None where both changed the same paragraph or wrote at the same place."""
    plain = _one_sided(base, mine, theirs)
    if plain is not None:
        return plain
    try:
        return join(_merge_units(*_three([split(text) for text in (base, mine, theirs)])))
    except _Clash:
        return None


def merge_items(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    """The same for a list of strings, each item being a paragraph."""
    plain = _one_sided(list(base), list(mine), list(theirs))
    if plain is not None:
        return plain
    try:
        merged = _merge_units(*_three([[Unit(item) for item in items] for items in (base, mine, theirs)]))
    except _Clash:
        return None
    return [unit.text for unit in merged]


def merge_keeping_both(base: str | None, mine: str, theirs: str) -> str:
    """The same where `merge` says None: only what both changed stands there twice, first theirs, then mine. Of a base
    that is not known, what both still have is taken for it."""
    try:
        ours, others = _few(split(mine)), _few(split(theirs))
        start = _in_common(ours, others) if base is None else _few(split(base))
        return join(_merge_units(start, ours, others, _KEEPS_BOTH))
    except _Clash:
        return _one_after_the_other(mine, theirs)


def merge_items_keeping_both(base: Sequence[str] | None, mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """The same for a list of strings."""
    try:
        ours, others = ([Unit(item) for item in items] for items in (mine, theirs))
        start = _in_common(ours, others) if base is None else [Unit(item) for item in base]
        return [unit.text for unit in _merge_units(_few(start), _few(ours), _few(others), _KEEPS_BOTH)]
    except _Clash:
        return [*theirs, *(item for item in mine if item not in set(theirs))]


def _one_after_the_other(mine: str, theirs: str) -> str:
    return "\n\n".join(dict.fromkeys(text for text in (theirs, mine) if text.strip()))


def _in_common(mine: list["Unit"], theirs: list["Unit"]) -> list["Unit"]:
    same = (stretch for stretch in _changes(mine, theirs) if stretch[0] == "equal")
    return [unit for _tag, start, end, _first, _last in same for unit in mine[start:end]]


class _Clash(Exception):
    """Both sides changed the same place."""


Units = list["Unit"]


@dataclass(frozen=True)
class _Ways:
    """What is done where both sides added different units at one place, and where both changed one."""

    added: Callable[[Units, Units, set[str]], Units]
    changed: Callable[["Unit | None", "Unit | None"], Units]


@dataclass(frozen=True)
class Unit:
    """A paragraph or list item as typed, and the line breaks that stood before it."""

    text: str
    gap: str = field(default="", compare=False)

    @property
    def is_item(self) -> bool:
        return bool(_ITEM.match(self.text))

    @cached_property
    def key(self) -> str:
        """Equal for the same item under another number: inserting one renumbers those below it."""
        return _NUMBER.sub(r"\g<1>1\2", self.text.rstrip())


def split(text: str) -> list[Unit]:
    """Paragraphs and list items in order; leading and trailing blank lines are left out."""
    units: list[Unit] = []
    gap = ""
    for block in re.split(f"({_BLANK.pattern})", text.strip("\n")):
        if _BLANK.fullmatch(block):
            gap = block
            continue
        for part in _items(block):
            units.append(Unit(part, gap if units else ""))
            gap = "\n"
    return [unit for unit in units if unit.text.strip()]


def join(units: Sequence[Unit]) -> str:
    """The text again, each unit after the line breaks it was typed with, or after fitting ones."""
    text, before = "", None
    for unit in units:
        text += _gap(before, unit) + unit.text
        before = unit
    return text


def _gap(before: Unit | None, unit: Unit) -> str:
    if before is None:
        return ""
    if "\n\n" in unit.gap or (unit.gap and unit.is_item):
        return unit.gap
    return "\n" if before.is_item and unit.is_item else "\n\n"


def _items(block: str) -> list[str]:
    """A block cut before each line that begins a list item; other lines stay with what they continue."""
    parts: list[list[str]] = []
    for line in block.split("\n"):
        if parts and not _ITEM.match(line):
            parts[-1].append(line)
        else:
            parts.append([line])
    return ["\n".join(lines) for lines in parts]


def _one_sided(base, mine, theirs):
    if theirs in (base, mine):
        return mine
    return theirs if mine == base else None


def _three(sides: list[Units]) -> tuple[Units, Units, Units]:
    base, mine, theirs = (_few(units) for units in sides)
    return base, mine, theirs


def _few(units: list[Unit]) -> list[Unit]:
    if len(units) > MOST_UNITS:
        raise _Clash
    return units


@dataclass
class Edit:
    """One side's change: for each base unit what became of it (None: deleted), and what was put before it."""

    kept: list[Unit | None]
    inserted: list[list[Unit]]

    def new_keys(self) -> set[str]:
        return {unit.key for units in self.inserted for unit in units}


def _merge_units(base: Units, mine: Units, theirs: Units, ways: _Ways | None = None) -> Units:
    ways = ways or _REFUSES
    ours, others = _edit(base, mine), _edit(base, theirs)
    doubled = ours.new_keys() & others.new_keys()
    result: Units = []
    for place in range(len(base) + 1):
        result += _both_added(ours.inserted[place], others.inserted[place], doubled, ways)
        if place < len(base):
            result += _both_kept(base[place], ours.kept[place], others.kept[place], ways)
    return result


def _both_added(mine: Units, theirs: Units, doubled: set[str], ways: _Ways) -> Units:
    if [unit.key for unit in mine] == [unit.key for unit in theirs]:
        return mine
    # The same paragraph put in two places by both: most likely moved twice, and it would stand there twice.
    if (mine and theirs) or any(unit.key in doubled for unit in (*mine, *theirs)):
        return ways.added(mine, theirs, doubled)
    return mine or theirs


def _both_kept(base: Unit, mine: Unit | None, theirs: Unit | None, ways: _Ways) -> Units:
    """What becomes of one unit of the base: none where it was deleted."""
    ours_key, others_key = (unit.key if unit else None for unit in (mine, theirs))
    if ours_key == others_key:
        kept = theirs if mine == base else mine
    elif ours_key == base.key:
        kept = theirs
    elif others_key == base.key:
        kept = mine
    else:
        return ways.changed(mine, theirs)
    return [kept] if kept else []


def _refuse(*args: object) -> Units:
    raise _Clash


def _theirs_then_mine(mine: Units, theirs: Units, doubled: set[str]) -> Units:
    """What both added, wherever that was, stands where they have it."""
    return [*theirs, *(unit for unit in mine if unit.key not in doubled)]


def _both_if_there(mine: Unit | None, theirs: Unit | None) -> Units:
    return [unit for unit in (theirs, mine) if unit]


_REFUSES = _Ways(_refuse, _refuse)
_KEEPS_BOTH = _Ways(_theirs_then_mine, _both_if_there)


def _edit(base: list[Unit], side: list[Unit]) -> Edit:
    edit = Edit([None] * len(base), [[] for _ in range(len(base) + 1)])
    differing = 0
    for tag, start, end, first, last in _changes(base, side):
        if tag == "equal":
            edit.kept[start:end] = side[first:last]
            continue
        differing += max(end - start, last - first)
        if differing > MOST_DIFFERING:
            raise _Clash
        _pair(edit, base, side, range(start, end), range(first, last))
    return edit


def _changes(base: list[Unit], side: list[Unit]) -> list[Opcode]:
    try:
        return opcodes([unit.key for unit in base], [unit.key for unit in side], most=MOST_STEPS)
    except TooMuch:
        raise _Clash from None


def _pair(edit: Edit, base: list[Unit], side: list[Unit], olds: range, news: range) -> None:
    """Tells which old unit of a changed stretch became which new one; the rest was deleted or inserted."""
    became = dict(_pairs([base[i] for i in olds], [side[j] for j in news]))
    place = olds.start
    origin = {new: old for old, new in became.items()}
    for offset, j in enumerate(news):
        if offset in origin:
            place = olds.start + origin[offset] + 1
            edit.kept[place - 1] = side[j]
        else:
            edit.inserted[place].append(side[j])


def _pairs(olds: list[Unit], news: list[Unit]) -> list[tuple[int, int]]:
    """Increasing pairs (old, new): all in order where counts agree, else those most alike in sum."""
    if len(olds) == len(news) or _are_long(olds, news):
        return [(i, i) for i in range(min(len(olds), len(news)))]
    ours, others = ([Counter(unit.text.split()) for unit in units] for units in (olds, news))
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(news) + 1)]
    for i, old in enumerate(ours):
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for j, new in enumerate(others):
            score, pairs = best[i][j]
            together = (score + _likeness(old, new), [*pairs, (i, j)])
            row.append(max(together, best[i][j + 1], row[j], key=lambda candidate: candidate[0]))
        best.append(row)
    return best[-1][-1][1]


def _are_long(olds: list[Unit], news: list[Unit]) -> bool:
    """Too long to look at each pair."""
    characters = len(news) * sum(len(unit.text) for unit in olds) + len(olds) * sum(len(unit.text) for unit in news)
    return len(olds) * len(news) > MOST_COMPARISONS or characters > MOST_CHARACTERS_COMPARED


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """Shared words, between a hair above 0 (so that something is always paired) and 1."""
    total = old.total() + new.total()
    return 0.001 + 2 * (old & new).total() / (total or 1)
