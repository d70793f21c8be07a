"""Which day it is: in a programme's zone, and anywhere on earth."""

from datetime import UTC, date, timedelta
from typing import Any

from django.db.models import Q

from programmes.common import clock
from programmes.common.zones import zone_named

FURTHEST_EAST = timedelta(hours=14)


def today_in(programme: Any) -> date:
    """Today where the programme is at home; its dates are agreed in that zone."""
    return today_in_zone(programme.time_zone)


def today_in_zone(name: str) -> date:
    return clock.today(zone_named(name))


def has_passed(day: date, today: date) -> bool:
    """An agreed day passed once it is over; `today` where the programme is at home. In queries: `passed`."""
    return day < today


def passed(column: str, today: date) -> Q:
    """`has_passed` of a column of rows that share their zone."""
    return Q((f"{column}__lt", today))


def furthest_day() -> date:
    """The day of the place on earth where it is latest: whatever zone "today" was written in, it is not after this.

    Access that ended "today" has therefore ended for everybody at once, and one that began "today" has begun."""
    return (clock.now() + FURTHEST_EAST).astimezone(UTC).date()
