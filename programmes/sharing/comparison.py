"""What one version says otherwise than another: word by word in texts, item by item in lists, needs and actions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from django.utils.safestring import SafeString

from programmes.common.diffing import MOST_STEPS, word_diff
from programmes.common.kinds import Box, Kind
from programmes.common.sequences import TooMuch, opcodes

# For all texts of a page together: three times what one alone may take.
STEPS_A_PAGE = 3 * MOST_STEPS

Words = str | tuple[str, ...]
"""A text, or the items of a list."""


@dataclass(frozen=True)
class Entry:
    """One place in a version and what stands there. The key is the same in every version."""

    key: str
    title: str
    words: Words
    language: str = ""


@dataclass(frozen=True)
class Topic:
    """A section of a form, an action of a plan; the key is the same in every version."""

    key: str
    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Change:
    """An entry that says something else: its whole text with marks, as safe HTML, or its items, each with marks."""

    title: str
    language: str
    text: str = ""
    items: tuple[SafeString, ...] = ()


@dataclass(frozen=True)
class ChangedTopic:
    """`state` is added, removed or changed."""

    title: str
    state: str
    changes: Sequence[Change]


def entry_of(key: str, title: str, kind: Kind, value: object, box: Box, language: str) -> Entry:
    """A value as its kind compares it; what has no words of its own has no language."""
    items = kind.entries(value)
    words: Words = tuple(items) if items is not None else kind.compared(value, box)
    return Entry(key, title, words, language if kind.has_words(value) else "")


def compare(old: Sequence[Topic], new: Sequence[Topic]) -> list[ChangedTopic]:
    """Topics that differ, in the order of the newer version, then those that it has no more."""
    before, after = ({topic.key: topic for topic in topics} for topics in (old, new))
    pairs = [(before.get(key), topic) for key, topic in after.items()]
    gone = [(topic, None) for key, topic in before.items() if key not in after]
    found = [(first, second, _differing(first, second)) for first, second in [*pairs, *gone]]
    steps = STEPS_A_PAGE // max(sum(len(entries) for _first, _second, entries in found), 3)
    return [
        ChangedTopic(
            (second or first).title,  # type: ignore[union-attr]
            "changed" if first and second else "added" if second else "removed",
            [_change(was, now, steps) for was, now in entries],
        )
        for first, second, entries in found
        if entries or not (first and second)
    ]


def _differing(first: Topic | None, second: Topic | None) -> list[tuple[Entry | None, Entry | None]]:
    before, after = _by_key(first), _by_key(second)
    pairs = [(before.get(key), after.get(key)) for key in {**after, **before}]
    return [(was, now) for was, now in pairs if _words(was) != _words(now)]


def _by_key(topic: Topic | None) -> Mapping[str, Entry]:
    return {entry.key: entry for entry in topic.entries} if topic else {}


def _words(entry: Entry | None) -> Words | None:
    """Nothing written and nothing asked are the same to a reader."""
    return (entry.words or None) if entry else None


def _change(was: Entry | None, now: Entry | None, steps: int) -> Change:
    shown: Entry = now or was  # type: ignore[assignment]
    old, new = (entry.words if entry else "" for entry in (was, now))
    if isinstance(old or new, tuple) and isinstance(new or old, tuple):
        return Change(shown.title, shown.language, items=tuple(_items(tuple(old), tuple(new), steps)))
    return Change(shown.title, shown.language, text=word_diff(_text(old), _text(new), most_steps=steps))


def _text(words: Words) -> str:
    return words if isinstance(words, str) else "\n".join(words)


def _items(old: Sequence[str], new: Sequence[str], steps: int) -> Iterator[SafeString]:
    """Each item as it stands, reworded, added or gone; items at the same place of a changed stretch belong together."""
    try:
        found = opcodes(old, new, most=steps)
    except TooMuch:
        found = [("replace", 0, len(old), 0, len(new))]
    share = steps // max(len(old) + len(new), 1)
    for _tag, a, b, c, d in found:
        for was, now in zip_longest(old[a:b], new[c:d], fillvalue=""):
            yield word_diff(was, now, most_steps=share)
