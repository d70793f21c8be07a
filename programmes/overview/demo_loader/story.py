"""What happened on which day, told in any order and played in the order of days."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import Any

from programmes.common import clock

BETWEEN_TWO = datetime.timedelta(minutes=3)


@dataclass
class Story:
    """`opening` is the moment at which work begins on the day of loading, day 0; all days count from there."""

    opening: datetime.datetime
    _happenings: list[tuple[int, Callable[[], Any]]] = field(default_factory=list)

    def on(self, day: int, deed: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """`deed` is done on `day`; of several on one day, first what was told first."""
        self._happenings.append((day, partial(deed, *args, **kwargs)))

    def play(self) -> None:
        """Does everything, each deed some minutes after the one before it on the same day."""
        today, number = None, 0
        for day, deed in sorted(self._happenings, key=itemgetter(0)):
            number = number + 1 if day == today else 0
            today = day
            with clock.at(self.opening + datetime.timedelta(days=day) + number * BETWEEN_TWO):
                deed()
