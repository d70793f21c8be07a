"""Agreed dates by month and as a list, and for people's own calendars. Each app that has dates is asked here."""

import calendar as months
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from programmes.common import clock, ical
from programmes.common.access import Access
from programmes.common.ical import Entry
from programmes.partnerships.models import Partnership, Programme, StageDate
from programmes.partnerships.selectors.calendar import Dated, calendar_dates, calendar_since, entry_of, read

MOST_IN_A_MONTH = 250
"""Dates that are drawn one by one; beyond, a day shows how many it has."""

MOST_IN_A_DAY = 4
LOOKS_BACK = timedelta(days=90)
MOST_ENTRIES = 1000
"""Of a feed: from three months ago on, the earliest first."""


@dataclass(frozen=True)
class Scope:
    """Whose dates: all that the person may see, or those of one programme or one partnership."""

    programme: Programme | None = None
    partnership: Partnership | None = None

    @property
    def query(self) -> str:
        if self.partnership:
            return f"partnership={self.partnership.pk}"
        return f"programme={self.programme.pk}" if self.programme else ""

    def rows(self, access: Access) -> QuerySet[StageDate]:
        """Those that stand."""
        programme, partnership = self.programme, self.partnership
        found = calendar_dates(
            access,
            programme=programme.pk if programme else None,
            partnership=partnership.pk if partnership else None,
        )
        return found.filter(Q(called_off=False))


@dataclass(frozen=True)
class Cell:
    """A day of the month's table. `more` are not shown."""

    day: date
    inside: bool
    items: Sequence[Dated] = ()
    more: int = 0


def weeks(access: Access, scope: Scope, first: date) -> list[list[Cell]]:
    """The month that begins with `first` in whole weeks, as both languages have them, from Monday."""
    days = list(months.Calendar().itermonthdates(first.year, first.month))
    rows = scope.rows(access).filter(planned_on__range=(days[0], days[-1]))
    found = read(rows[: MOST_IN_A_MONTH + 1])
    if len(found) > MOST_IN_A_MONTH:
        numbers = Counter(dict(rows.order_by().values_list("planned_on").annotate(Count("pk"))))
        cells = [Cell(day, day.month == first.month, more=numbers[day]) for day in days]
    else:
        by_day = {day: list(items) for day, items in groupby(found, key=lambda row: row.on)}
        cells = [_cell(day, day.month == first.month, by_day.get(day, [])) for day in days]
    return [cells[place : place + 7] for place in range(0, len(cells), 7)]


def _cell(day: date, inside: bool, items: list[Dated]) -> Cell:
    return Cell(day, inside, items[:MOST_IN_A_DAY], max(0, len(items) - MOST_IN_A_DAY))


def next_after(access: Access, scope: Scope, day: date) -> date | None:
    return scope.rows(access).filter(planned_on__gte=day).values_list("planned_on", flat=True).first()


def dates_for(access: Access) -> list[Dated]:
    """What a person's own calendar holds: from three months ago on, also what was called off. All that it shows is in
    these rows."""
    return list(calendar_since(access, clock.today() - LOOKS_BACK, MOST_ENTRIES))


def entries(rows: Iterable[Dated], site: str, *, busy_only: bool = False) -> list[Entry]:
    found = [entry_of(row, site) for row in rows]
    if not busy_only:
        return found
    title = _("Busy")
    return [ical.busy(entry, title) for entry in found]
