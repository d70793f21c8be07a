"""Which day it is: in a programme's zone, and anywhere on earth."""

import zoneinfo
from datetime import UTC, date, timedelta
from typing import Any

from django.db.models import Q

from programmes.common import clock

FURTHEST_EAST = timedelta(hours=14)


def today_in(programme: Any) -> date:
    """Today where the programme is at home; its dates are agreed in that zone."""
    return today_in_zone(programme.time_zone)


def today_in_zone(name: str) -> date:
    try:
        return clock.today(zoneinfo.ZoneInfo(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return clock.today(UTC)


def has_passed(day: date, programme: Any) -> bool:
    """An agreed day passed once it is over where the programme is at home; in queries: `passed`."""
    return day < today_in(programme)


def passed(day: str, programme: Any) -> Q:
    """`has_passed` of a column of rows of one programme; anything with its `time_zone`."""
    return Q((f"{day}__lt", today_in(programme)))


def furthest_day() -> date:
    """The day of the place on earth where it is latest: whatever zone "today" was written in, it is not after this.

    Access that ended "today" has therefore ended for everybody at once, and one that began "today" has begun."""
    return (clock.now() + FURTHEST_EAST).astimezone(UTC).date()
