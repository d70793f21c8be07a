"""A date that moves, and the later ones of the same partnership that may move by as many days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from .models import Stage


@dataclass(frozen=True)
class Planned:
    """The agreed day of a stage before and after somebody changed it; `done` where the stage is finished."""

    stage: Stage
    before: date | None
    after: date | None
    done: bool = False

    @property
    def moved_by(self) -> timedelta:
        return self.after - self.before if self.before and self.after else timedelta()


@dataclass(frozen=True)
class Move:
    """A later date that may move along."""

    stage: Stage
    day: date
    to: date

    @property
    def key(self) -> str:
        """Names it as it was shown: a date that somebody else moved meanwhile has another."""
        return f"{self.stage.pk}:{self.day.isoformat()}:{(self.to - self.day).days}"


def later_dates(planned: Iterable[Planned]) -> list[Move]:
    """What may move along, earliest first; nothing where dates moved by different numbers of days, because then
    nobody can say by how many."""
    rows = list(planned)
    moved = [row for row in rows if row.moved_by]
    steps = {row.moved_by for row in moved}
    if len(steps) != 1:
        return []
    (step,) = steps
    first = min(row.before for row in moved if row.before)
    later = [(row.stage, row.before) for row in rows if row.before and row.before == row.after and not row.done]
    found = [Move(stage, day, day + step) for stage, day in later if day > first and _possible(day, step)]
    return sorted(found, key=lambda move: (move.day, move.stage.pk))


def _possible(day: date, step: timedelta) -> bool:
    try:
        day + step
    except OverflowError:
        return False
    return True
