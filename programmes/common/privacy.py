"""What is kept for a while only. Said once: the pages about privacy tell it, the hourly task carries it out."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

A_MONTH = timedelta(days=30)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Period:
    """`what` is kept for `kept_for` after `since` (both phrases that the pages show).

    `forget` deletes whatever is older than the moment it is given, and answers how many rows went."""

    what: Promise
    kept_for: timedelta
    since: Promise
    forget: Callable[[datetime], int]

    def expire(self, now: datetime) -> int:
        return self.forget(now - self.kept_for)

    @property
    def length(self) -> str:
        """As people say it: 24 hours, 30 days, a year."""
        days = self.kept_for.days
        if days >= A_YEAR.days:
            years = days // A_YEAR.days
            return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
        if days > 1:
            return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
        return _("%(n)s hours") % {"n": int(self.kept_for.total_seconds() // 3600)}


def blank_texts_naming(rows: QuerySet, texts: Iterable[str], marks: Collection[str]) -> None:
    """Empty those of these columns in which one of the marks (a name, an address) stands as a whole, also as HTML
    writes it: nobody called Ana takes Anastasia's mails along."""
    written = {form for mark in marks if mark.strip() for form in (mark, escape(mark))}
    if not written:
        return
    whole = re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in written), re.IGNORECASE)
    for text in texts:
        near = rows.filter(reduce(or_, (Q(**{f"{text}__icontains": form}) for form in written)))
        found = [pk for pk, words in near.values_list("pk", text) if whole.search(words)]
        rows.filter(pk__in=found).update(**{text: ""})
