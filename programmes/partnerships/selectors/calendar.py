"""Agreed dates as calendars show them: those that stand, and those that were called off."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, DateField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.addresses import address
from programmes.common.fields import in_language
from programmes.common.ical import Entry, uid_of
from programmes.common.prepared import Among, Given, GivenIds, Prepared

from ..days import has_passed, today_in_zone
from ..models import StageDate
from .dates import city_names, dates_reach, dates_within, stage_dates_visible_to

CALLED_OFF = (
    Q(planned_on=None)
    | Q(finished_on__lt=F("planned_on"))
    | Q(finished_on=None) & (Q(stage__retired=True) | Q(partnership__ended_on__lte=F("planned_on")))
)
"""A day on which nothing takes place any more: dropped, done earlier, its stage out of use, its partnership over."""


def calendar_dates(
    access: Access, *, programme: int | None = None, partnership: int | None = None
) -> QuerySet[StageDate]:
    """Every date that the person may see and that has or had a day (`on`), earliest first; `called_off` says that it
    does not stand. Of one programme or partnership, by their ids, or all."""
    rows = _dated(stage_dates_visible_to(access, programme=programme))
    return rows if partnership is None else rows.filter(partnership=partnership)


def _dated(rows: QuerySet[StageDate]) -> QuerySet[StageDate]:
    off = Case(When(CALLED_OFF, then=True), default=False, output_field=BooleanField())
    rows = rows.annotate(on=Coalesce("planned_on", "dropped_on"), called_off=off)
    return rows.filter(on__isnull=False).order_by("on", "pk")


class Dated(NamedTuple):
    """A row of `calendar_dates`, with what is shown of it."""

    pk: int
    on: date
    note: str
    finished_on: date | None
    created_at: datetime
    updated_at: datetime
    stage_title: dict[str, str]
    partnership: int
    programme: str
    zone: str
    is_mine: bool
    called_off: bool
    mentee: str | None
    mentor: str | None

    @property
    def stage(self) -> str:
        return in_language(self.stage_title)

    @property
    def pair(self) -> str:
        return " — ".join(filter(None, [self.mentee, self.mentor]))

    @property
    def shown_note(self) -> str:
        """Only for who is in the partnership."""
        return self.note if self.is_mine else ""

    @property
    def message(self) -> str:
        """In one line, for a messenger."""
        return ", ".join(filter(None, [self.stage, self.pair, date_format(self.on, "DATE_FORMAT")]))

    @property
    def url(self) -> str:
        return address("overview:partnership", self.partnership) if self.is_mine else ""

    @property
    def file_url(self) -> str:
        return address("partnerships:date_file", self.pk)

    @property
    def passed(self) -> bool:
        return self.finished_on is None and has_passed(self.on, today_in_zone(self.zone))


def read(rows: QuerySet[StageDate]) -> list[Dated]:
    """Rows of `calendar_dates`, in one query."""
    return [Dated(*row) for row in _values(rows)]


def _values(rows: QuerySet[StageDate]) -> QuerySet[Any, Any]:
    mentee, mentor = city_names("partnership")
    of_programme = ("partnership__programme__title", "partnership__programme__time_zone")
    own = ("pk", "on", "note", "finished_on", "created_at", "updated_at", "stage__title", "partnership")
    return rows.values_list(*own, *of_programme, "is_mine", "called_off", mentee, mentor)


def calendar_since(access: Access, day: date, most: int) -> Iterator[Dated]:
    """All of `calendar_dates` from a day on, for calendars that ask again and again."""
    reach = dates_reach(access)
    found = _since(bool(reach["coordinated"]), most).rows({"since": day, **reach})
    return (Dated(*row) for row in found)


@lru_cache(maxsize=4)
def _since(steers: bool, most: int) -> Prepared:
    rows = dates_within(lambda column, name: Q(Among(column, GivenIds(name))), steers=steers)
    return Prepared(_values(_dated(rows).filter(Q(on__gte=Given("since", DateField())))[:most]))


def entry_of(row: Dated, site: str) -> Entry:
    """For other people's calendars; `site` is where links lead, without a slash at the end.

    The number of its state are the seconds between its making and its last change: it grows with each."""
    programme = _("Agreed in the programme %(programme)s.") % {"programme": row.programme}
    return Entry(
        uid=uid_of("partnerships.stagedate", row.pk, row.created_at),
        start=row.on,
        title=" · ".join(filter(None, [row.stage, row.pair])),
        text="\n".join(filter(None, [row.note, programme])) if row.is_mine else "",
        url=site + (row.url or address("overview:my_groups")),
        changed_at=row.updated_at,
        revision=max(0, int((row.updated_at - row.created_at).total_seconds())),
        cancelled=row.called_off,
    )
