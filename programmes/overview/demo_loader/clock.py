"""Lets the application believe that it is another moment, while the demo's past is played."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def standing_at(moment: datetime.datetime) -> Iterator[None]:
    """Within, `timezone.now()` gives `moment`, in services and in the defaults of models alike.

    Frozen versions cannot be dated back once they are stored, so they have to be made in their time. The clock is
    the process's, not the thread's: for the loading command alone, never for a server.
    """
    real = timezone.datetime  # type: ignore[attr-defined]

    class Stopped(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return moment.astimezone(tz)

    timezone.datetime = Stopped  # type: ignore[attr-defined]
    try:
        yield
    finally:
        timezone.datetime = real  # type: ignore[attr-defined]
