"""What time it is. Services and the automatic columns of models (`fields.MomentField`) ask here and nowhere else, so
that the past can be told: `with at(moment)` sets the clock for the code within, in this thread or task alone. The
demo is loaded so, because what is frozen cannot be dated back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, tzinfo

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    return _moment.get() or timezone.now()


def today(zone: tzinfo | None = None) -> date:
    """In this time zone, or in the one that is active."""
    return timezone.localdate(now(), zone)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within, it is `moment` and stays so."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
