"""The timeline of a plan: where each bar begins and ends, in the units of the picture. Pure functions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import pgettext

from programmes.common import markup
from programmes.common.kinds import Span

from .tables import Box, Row, dated

WIDTH, LEFT, RIGHT = 1240, 290, 20
TOP, LINE = 46, 33
MOST_TICKS = 13
LONGEST_LABEL = 34
STEPS = (1, 2, 3, 6)


@dataclass(frozen=True)
class Bar:
    """An action with dates. Coordinates are strings, so that no template writes them with a decimal comma."""

    number: int
    label: str
    full: str
    language: str
    when: str
    x: str
    y: str
    text_y: str
    width: str
    open_ended: bool


@dataclass(frozen=True)
class Undated:
    """An action without a date. `when` is what stands in its place in words, if anything."""

    number: int
    full: str
    language: str
    when: str


@dataclass(frozen=True)
class Tick:
    label: str
    x: str


@dataclass(frozen=True)
class Timeline:
    bars: list[Bar]
    ticks: list[Tick]
    width: str
    height: str
    bottom: str


def in_time(rows: Iterable[Row]) -> dict[str, Any]:
    """What the page of a timeline shows: the picture, and what is not in it."""
    rows = list(rows)
    return {"timeline": timeline_of(rows), "undated": undated(rows)}


def undated(rows: Iterable[Row]) -> list[Undated]:
    rows = list(rows)
    drawn = {row.pk for row, _box, _span in dated(rows)}
    return [_undated(row) for row in rows if row.pk not in drawn]


def _undated(row: Row) -> Undated:
    when = " · ".join(box.words for box in row.boxes if box.column.kind.is_dated and box.words)
    return Undated(row.number, _words(row), row.first.language, when)


def _words(row: Row) -> str:
    return " ".join(markup.plain(row.first.words).split())


def timeline_of(rows: Iterable[Row]) -> Timeline | None:
    """None where no action has a date. A bar without an end runs to the edge and is drawn open."""
    found = dated(rows)
    if not found:
        return None
    known = [day for _row, _box, span in found for day in span if day]
    first, months = _axis(min(known), max(known))
    scale = _Scale(first, _add_months(first, months))
    bars = [_bar(place, row, box, span, scale) for place, (row, box, span) in enumerate(found)]
    height = TOP + LINE * len(bars)
    return Timeline(bars, list(_ticks(first, months, scale)), str(WIDTH), str(height + 8), str(height))


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return LEFT + min(max(share, 0), 1) * (WIDTH - LEFT - RIGHT)


def _axis(earliest: date, latest: date) -> tuple[date, int]:
    """The first day of the first month, and how many months are shown."""
    months = (latest.year - earliest.year) * 12 + latest.month - earliest.month + 1
    return earliest.replace(day=1), months


def _add_months(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _ticks(first: date, months: int, scale: _Scale) -> Iterator[Tick]:
    """Every month, or every second, third, sixth month, or every first, second, … year."""
    step = next(step for step in _steps() if months / step <= MOST_TICKS)
    for month in range(0, months, step):
        day = _add_months(first, month)
        yield Tick(date_format(day, _named(day, step, is_first=month == 0)), _unit(scale.x(day)))


def _named(day: date, step: int, *, is_first: bool) -> str:
    """The format of a tick: Django's "M" has a capital in every language, hence each says its own."""
    if step >= 12:
        return "Y"
    if is_first or day.month <= step:
        return pgettext("format of a month", "M Y")
    return pgettext("format of a month", "M")


def _steps() -> Iterator[int]:
    yield from STEPS
    yield from (12 * years for years in count(1))


def _bar(place: int, row: Row, box: Box, span: Span, scale: _Scale) -> Bar:
    start, end = span
    left = scale.x(start) if start else LEFT
    right = scale.x(end + timedelta(days=1)) if end else WIDTH - RIGHT
    top = TOP + LINE * place
    words = _words(row)
    return Bar(
        number=row.number,
        label=Truncator(words).chars(LONGEST_LABEL),
        full=words,
        language=row.first.language,
        when=box.words,
        x=_unit(left),
        y=_unit(top),
        text_y=_unit(top + 13),
        width=_unit(max(right - left, 4)),
        open_ended=not (start and end),
    )


def _unit(value: float) -> str:
    return f"{value:.1f}"
