"""What changed between two texts, word by word, as HTML with `<ins>` and `<del>`."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# Beyond this many words (both texts) the comparison goes by lines: it would take long and tell little.
MOST_WORDS = 4000

# Screen readers pass over <ins> and <del> in silence, hence the hidden words.
_MARKED = '<{}><span class="visually-hidden">{} </span>{}</{}>'
_WORDS = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")


def word_diff(old: str, new: str) -> SafeString:
    """`new` with its additions in `<ins>` and what went in `<del>`; line breaks are kept as line feeds.

    Show it in an element with `white-space: pre-line`.
    """
    return mark_safe("".join(_html(*stretch) for stretch in _calm(_stretches(*_tokens(old, new)))))  # noqa: S308


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        return old.splitlines(keepends=True), new.splitlines(keepends=True)
    return before, after


def _stretches(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs (old, new) in order; unchanged stretches have both alike."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, a, b, c, d in matcher.get_opcodes():
        yield "".join(before[a:b]), "".join(after[c:d])


def _calm(stretches: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Joins changes that only a blank separates: a rewritten phrase reads better than every other word."""
    result: list[tuple[str, str]] = []
    for old, new in stretches:
        result.append((old, new))
        if len(result) > 2 and _is_island(*result[-3:]):
            result[-3:] = [("".join(pair[0] for pair in result[-3:]), "".join(pair[1] for pair in result[-3:]))]
    return result


def _is_island(before: tuple[str, str], middle: tuple[str, str], after: tuple[str, str]) -> bool:
    blank = middle[0] == middle[1] and middle[0].strip(" \t") == ""
    return blank and before[0] != before[1] and after[0] != after[1]


def _html(old: str, new: str) -> str:
    if old == new:
        return escape(new)
    gone = format_html(_MARKED, "del", _("[removed:]"), old, "del") if old else ""
    added = format_html(_MARKED, "ins", _("[added:]"), new, "ins") if new else ""
    return f"{gone}{added}"
