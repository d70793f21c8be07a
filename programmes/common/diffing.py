"""What changed between two texts, word by word, as HTML with `<ins>` and `<del>`.

Where words would take too long, whole sentences or lines are compared, then paragraphs, then the texts as they are:
the difference becomes coarser and stays true.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.common.sequences import STEPS_AN_ELEMENT, TooMuch, opcodes

# For all grains together; a tenth of a second at worst, see `sequences`.
MOST_STEPS = 1_200_000
# Writing a changed stretch as HTML takes as long as this many steps.
STEPS_A_CHANGE = 200

_BLANKS = " \t\n"
# Each begins at a mark and ends at the next one: no text makes them look twice.
_BULLET = re.compile(r"^([ \t]*)[-*+][ \t]+", re.MULTILINE)
_EMPHASIS = re.compile(r"(\*{1,2})(?![\s*])([^*\n]+)(?<!\s)\1")
# Screen readers pass over <ins> and <del> in silence, hence the hidden words.
_MARKED = '<{0}><span class="visually-hidden">{1} </span>{2}</{0}>'

Stretch = tuple[str, str]


@dataclass(frozen=True)
class _Grain:
    """A way to cut a text, without loss; `least` is how many characters a piece has at least, on average of the
    texts that are still worth cutting."""

    cut: Callable[[str], list[str]]
    least: int


_GRAINS = (
    _Grain(re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]").findall, 1),
    _Grain(re.compile(r"[^.!?…\n]+[.!?…\n]*|[.!?…\n]+").findall, 10),
    _Grain(re.compile(r"(?<=\n\n)").split, 10),
)


def word_diff(old: str, new: str, *, most_steps: int = MOST_STEPS) -> SafeString:
    """`new` with its additions in `<ins>` and what went in `<del>`; line breaks are kept as line feeds.

    Show it in an element with `white-space: pre-line`.
    """
    marks = (_("[removed:]"), _("[added:]"))
    found = stretches(*_as_read(old, new), most_steps)
    return mark_safe("".join(_html(*stretch, *marks) for stretch in found))  # noqa: S308


def _as_read(old: str, new: str) -> tuple[str, str]:
    """Both without the characters that only make bullets and bold words, unless nothing else changed."""
    read = _without_marks(old), _without_marks(new)
    return (old, new) if read[0] == read[1] else read


def _without_marks(text: str) -> str:
    return _EMPHASIS.sub(r"\2", _BULLET.sub(r"\1• ", text))


def stretches(old: str, new: str, most_steps: int = MOST_STEPS) -> list[Stretch]:
    """Pairs (old, new) in order; unchanged stretches have both alike. Joined they are the two texts."""
    head, tail = _common_ends(old, new)
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    middle = _compared(before, after, most_steps)
    ends = (new[:head], new[len(new) - tail :])
    return _calm([(ends[0], ends[0]), *middle, (ends[1], ends[1])])


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """Characters that both begin and end with, up to a blank: no word is cut."""
    shortest = min(len(old), len(new))
    if old == new:
        return len(old), 0
    head = bisect_left(range(1, shortest + 1), True, key=lambda length: old[:length] != new[:length])
    head = max(old.rfind(blank, 0, head) for blank in _BLANKS) + 1
    most = shortest - head
    tail = bisect_left(range(1, most + 1), True, key=lambda length: old[-length:] != new[-length:])
    starts = [start for blank in _BLANKS if (start := old.find(blank, len(old) - tail)) >= 0]
    return head, len(old) - min(starts, default=len(old))


def _compared(old: str, new: str, most_steps: int) -> list[Stretch]:
    """By the finest grain for which its share of the steps is enough."""
    share = most_steps // len(_GRAINS)
    for grain in _GRAINS:
        if (len(old) + len(new)) // grain.least * STEPS_AN_ELEMENT > share:
            continue
        try:
            return _by_grain(grain.cut(old), grain.cut(new), share)
        except TooMuch:
            continue
    return [(old, new)]


def _by_grain(before: list[str], after: list[str], most_steps: int) -> list[Stretch]:
    found = opcodes(before, after, most=most_steps, is_junk=str.isspace)
    if len(found) * STEPS_A_CHANGE > most_steps:
        raise TooMuch
    return [("".join(before[a:b]), "".join(after[c:d])) for _tag, a, b, c, d in found]


def _calm(found: Iterable[Stretch]) -> list[Stretch]:
    """Joins changes that only a blank separates: a rewritten phrase reads better than every other word."""
    result: list[Stretch] = []
    for stretch in found:
        if stretch == ("", ""):
            continue
        result.append(stretch)
        if len(result) > 2 and _is_island(*result[-3:]):
            result[-3:] = [("".join(pair[0] for pair in result[-3:]), "".join(pair[1] for pair in result[-3:]))]
    return result


def _is_island(before: Stretch, middle: Stretch, after: Stretch) -> bool:
    blank = middle[0] == middle[1] and middle[0].strip(" \t") == ""
    return blank and before[0] != before[1] and after[0] != after[1]


def _html(old: str, new: str, removed: str, added: str) -> str:
    if old == new:
        return escape(new)
    gone = _MARKED.format("del", removed, escape(old)) if old else ""
    come = _MARKED.format("ins", added, escape(new)) if new else ""
    return f"{gone}{come}"
