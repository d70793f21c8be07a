"""Agreed dates: which stand, which comes next, which passed. Board, stage marks and *My work* all ask here."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from programmes.common.access import Access

from ..boundary import current, places_of
from ..days import has_passed, passed
from ..enums import Role
from ..models import Participation, Partnership, Programme, Stage, StageDate


def agreed(prefix: str = "") -> Q:
    """Agreed days of stages in use that nobody called finished, in running partnerships; `prefix` is a lookup path to
    them that ends in `__`. `next_date` reads the same from rows in hand."""
    conditions = {"finished_on": None, "planned_on__isnull": False, "stage__retired": False}
    conditions["partnership__ended_on"] = None
    return Q(**{f"{prefix}{name}": value for name, value in conditions.items()})


def dates_of(**narrowed: object) -> QuerySet[StageDate]:
    return StageDate.objects.filter(agreed(), **narrowed)


def passed_dates(programmes: Iterable[int]) -> QuerySet[StageDate]:
    """Agreed days that went by in the zone of their programme; `programmes` are ids.

    The board marks exactly these, and each waits for somebody: see `waiting`."""
    zones = Programme.objects.filter(pk__in=programmes).values_list("time_zone", flat=True)
    return dates_of(partnership__programme__in=programmes).filter(passed_in(set(zones)))


def passed_in(zones: Collection[str], prefix: str = "") -> Q:
    """Of dates in programmes that are all in these time zones: passed where each is at home; `prefix` as for
    `agreed`."""
    if len(zones) == 1:
        return passed(f"{prefix}planned_on", SimpleNamespace(time_zone=next(iter(zones))))
    together = Q(**{f"{prefix}pk__in": []})
    for zone in sorted(zones):
        at_home = Q(**{f"{prefix}partnership__programme__time_zone": zone})
        together |= at_home & passed(f"{prefix}planned_on", SimpleNamespace(time_zone=zone))
    return together


@dataclass(frozen=True)
class NextDate:
    """The next agreed day of a partnership; `passed` when it went by and the stage is not finished."""

    on: date
    stage: Stage
    note: str
    passed: bool


def next_date(partnership: Partnership) -> NextDate | None:
    """The earliest of `dates_of` the partnership, as `next_due` has it; reads a prefetch of `stage_dates`."""
    agreed = _agreed(partnership)
    if not agreed:
        return None
    day, _pk, first = agreed[0]
    return NextDate(day, first.stage, first.note, has_passed(day, partnership.programme))


def dates_to_come(partnership: Partnership, limit: int = 4) -> list[StageDate]:
    """Agreed days of one partnership that have not gone by, earliest first; reads a prefetch of `stage_dates`."""
    rows = _agreed(partnership)
    return [row for day, _pk, row in rows if not has_passed(day, partnership.programme)][:limit]


def _agreed(partnership: Partnership) -> list[tuple[date, int, StageDate]]:
    """As `dates_of` has them, of rows in hand: day, id and row, earliest first."""
    if partnership.ended_on is not None:
        return []
    rows = [row for row in partnership.stage_dates.all() if not row.finished_on and not row.stage.retired]
    return sorted((row.planned_on, row.pk, row) for row in rows if row.planned_on)


def next_dates(access: Access, limit: int = 10) -> list[dict]:
    """Days to come in the person's partnerships, as `components/dates_list.html` takes them."""
    places = places_of(access)
    parts = Participation.objects.filter(current(), team__in=places.teams).values("partnership")
    mine = Q(partnership__in=parts) | Q(partnership__programme__in=places.coordinated)
    rows = dates_of(partnership__programme__in=places.programmes).filter(mine, ~passed_in(places.zones))
    first, second = city_names("partnership")
    named = rows.select_related("stage").annotate(mentee_name=first, mentor_name=second)
    return [_date_item(row) for row in named.order_by("planned_on", "pk")[:limit]]


def city_names(partnership: str) -> tuple[Subquery, Subquery]:
    """Names of a mentee and a mentor of it, in the query that reads the row; `partnership` leads to its id."""

    def name(role: str) -> Subquery:
        cities = Participation.objects.filter(partnership=OuterRef(partnership), role=role, ended_on=None)
        return Subquery(cities.order_by("pk").values("organisation__name")[:1])

    return name(Role.MENTEE), name(Role.MENTOR)


def _date_item(row: StageDate) -> dict:
    pair = " — ".join(filter(None, [row.mentee_name, row.mentor_name]))  # type: ignore[attr-defined]
    return {
        "on": row.planned_on,
        "text": str(row.stage),
        "url": reverse("overview:partnership", args=[row.partnership_id]),
        "detail": " · ".join(filter(None, [pair, row.note])),
    }
