"""Comparing two sequences with an end: beyond a given amount of work the answer is TooMuch, whatever was given."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

# Each element costs about as much to prepare as this many steps of the search.
STEPS_AN_ELEMENT = 5

Opcode = tuple[str, int, int, int, int]


class TooMuch(Exception):
    """The comparison would take more steps than allowed."""


def opcodes(
    before: Sequence[str], after: Sequence[str], *, most: int, is_junk: Callable[[str], bool] | None = None
) -> list[Opcode]:
    """How `before` becomes `after`, as difflib tells it; raises TooMuch beyond `most` steps.

    A million steps take about a tenth of a second. What both begin and end with is not searched.
    """
    shortest = min(len(before), len(after))
    head = _alike(before, after, shortest)
    tail = _alike(before[::-1], after[::-1], shortest - head)
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    matcher = _Counting(*middle, most=most, is_junk=is_junk)
    result = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in matcher.get_opcodes()]
    start: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    end: list[Opcode] = [("equal", len(before) - tail, len(before), len(after) - tail, len(after))] if tail else []
    return start + result + end


def _alike(before: Sequence[str], after: Sequence[str], most: int) -> int:
    """How many elements both begin with, at most `most`."""
    for place in range(most):
        if before[place] != after[place]:
            return place
    return most


class _Counting(SequenceMatcher):
    """Counts how often difflib's inner loop may turn, before it does."""

    a: Sequence[str]
    b2j: dict[str, list[int]]

    def __init__(
        self, before: Sequence[str], after: Sequence[str], *, most: int, is_junk: Callable[[str], bool] | None
    ) -> None:
        self.left = most
        self._spend(STEPS_AN_ELEMENT * (len(before) + len(after)))
        super().__init__(is_junk, before, after, autojunk=False)
        # For each place of `before`: the steps up to there, one and one more for each place of `after` like it.
        self.steps = [0, *accumulate(1 + len(self.b2j.get(element, ())) for element in before)]

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None):
        self._spend(self.steps[len(self.a) if ahi is None else ahi] - self.steps[alo])
        return super().find_longest_match(alo, ahi, blo, bhi)

    def _spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooMuch
