"""One line of the result."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`ok` where `value` is within `limit`, which is the most, or the `least`; `more` goes into the line as it is
    (ratios, query counts)."""

    name: str
    value: float
    unit: str
    limit: float
    more: dict[str, Any] = field(default_factory=dict)
    also: bool = True
    least: bool = False

    @property
    def ok(self) -> bool:
        within = self.value >= self.limit if self.least else self.value <= self.limit
        return within and self.also

    def line(self) -> str:
        named = {"name": self.name, "value": round(self.value, 3), "unit": self.unit, "limit": self.limit}
        return json.dumps(named | {"ok": self.ok} | self.more)


def median_ms(act: Callable[[], Any], *, times: int, warm: int = 3) -> float:
    """Median wall time of `act` in milliseconds, after a warm-up."""
    for _ in range(warm):
        act()
    return statistics.median(_one(act) for _ in range(times))


def _one(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000
