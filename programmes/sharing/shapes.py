"""How frozen data was laid out over time, and how old ones are read today.

What was frozen is never rewritten. Whoever changes a shape raises its number and adds the step from the one before;
every reader gets the newest shape, through `SharedSnapshot.content`.
"""

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]
Step = Callable[[Data], Data]


class UnknownShape(RuntimeError):
    """The data was frozen by a newer program, or a step is missing."""


class Shape:
    """One sort of snapshot: the number of its newest layout, and the steps that lead there."""

    def __init__(self, newest: int) -> None:
        self.newest = newest
        self._steps: dict[int, Step] = {}

    def step(self, before: int) -> Callable[[Step], Step]:
        """Decorator: how data of layout `before` is laid out in the next one. It gets a copy of the top level only
        and changes nothing below it in place."""

        def add(step: Step) -> Step:
            self._steps[before] = step
            return step

        return add

    def upgrade(self, data: Data, schema: int) -> Data:
        """`data` in the newest layout. Raises UnknownShape."""
        if schema > self.newest:
            raise UnknownShape(f"layout {schema}; this program knows up to {self.newest}")
        for number in range(schema, self.newest):
            if number not in self._steps:
                raise UnknownShape(f"no step from layout {number}")
            data = self._steps[number](dict(data))
        return data
