"""How much is too much: lists that a person fills end somewhere, so that no page and no document costs minutes."""

from datetime import timedelta

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.common.errors import Refusal

MOST_ROWS = 500
"""Rows of any list that people add to one by one."""


class TooManyRows(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(_("There are %(most)s already; more have no place here.") % {"most": most})


def refuse_beyond(rows: QuerySet, most: int | None = None) -> None:
    """Before one is added, behind a lock on what the rows belong to; `most` is usually `MOST_ROWS`. Raises
    TooManyRows."""
    most = MOST_ROWS if most is None else most
    if rows.count() >= most:
        raise TooManyRows(most)


class TooOften(Refusal):
    message = _("That was very often within an hour. Please go on later; what you saved is safe.")


def refuse_too_often(what: str, who: int | str, most: int, within: timedelta = timedelta(hours=1)) -> None:
    """Counts one more time, in the cache: it may be forgotten, and then counting begins anew. Raises TooOften."""
    key = f"often:{what}:{who}"
    cache.add(key, 0, timeout=int(within.total_seconds()))
    try:
        times = cache.incr(key)
    except ValueError:  # it ran out between the two
        return
    if times > most:
        raise TooOften
