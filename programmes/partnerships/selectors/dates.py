"""Agreed dates: which stand, which comes next, which passed. Board, stage marks and *My work* all ask here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, When

from programmes.common.access import Access
from programmes.common.addresses import address
from programmes.common.prepared import prepared

from ..boundary import current, places_of, support_groups_of
from ..days import has_passed, passed, today_in, today_in_zone
from ..enums import CITY_ROLES, Role
from ..models import Participation, Partnership, Programme, Stage, StageDate, SupportGroup

MOST_DATES = 50


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
        return passed(f"{prefix}planned_on", today_in_zone(next(iter(zones))))
    together = Q(**{f"{prefix}pk__in": []})
    for zone in sorted(zones):
        at_home = Q(**{f"{prefix}partnership__programme__time_zone": zone})
        together |= at_home & passed(f"{prefix}planned_on", today_in_zone(zone))
    return together


def dates_out_of_use(partnership: Partnership) -> list[StageDate]:
    """Days recorded for stages that were taken out of use; reads a prefetch of `stage_dates`."""
    rows = [row for row in partnership.stage_dates.all() if row.stage.retired]
    return [row for row in rows if row.planned_on or row.begun_on or row.finished_on]


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
    return NextDate(day, first.stage, first.note, has_passed(day, today_in(partnership.programme)))


def dates_to_come(partnership: Partnership, limit: int = 4) -> list[StageDate]:
    """Agreed days of one partnership that have not gone by, earliest first; reads a prefetch of `stage_dates`."""
    today = today_in(partnership.programme)
    return [row for day, _pk, row in _agreed(partnership) if not has_passed(day, today)][:limit]


def _agreed(partnership: Partnership) -> list[tuple[date, int, StageDate]]:
    """As `dates_of` has them, of rows in hand: day, id and row, earliest first."""
    if partnership.ended_on is not None:
        return []
    rows = [row for row in partnership.stage_dates.all() if not row.finished_on and not row.stage.retired]
    return sorted((row.planned_on, row.pk, row) for row in rows if row.planned_on)


def next_dates(access: Access, limit: int = 10, *, programme: int | None = None) -> list[dict]:
    """Days to come in the person's partnerships and in those of the city whose support group they are in, of one
    programme (id) or all, at most `MOST_DATES`, as `components/dates_list.html` takes them."""
    zones = places_of(access).zones.union(zone for _pk, zone in _of_groups(access).values())
    rows = _to_come(**dates_reach(access), programme=programme, zones=tuple(sorted(zones)))
    return [_date_item(row) for row in rows[:limit]]


@prepared
def _to_come(
    mine: Collection[int],
    seen: Collection[int],
    coordinated: Collection[int],
    programme: int | None,
    zones: tuple[str, ...],
) -> QuerySet[StageDate]:
    reach = {"mine": mine, "seen": seen, "coordinated": coordinated}
    rows = dates_within(lambda column, name: Q(**{f"{column}__in": reach[name]}), steers=bool(coordinated))
    rows = rows if programme is None else rows.filter(partnership__programme=programme)
    return named(rows.filter(agreed(), ~passed_in(zones))).order_by("planned_on", "pk")[:MOST_DATES]


def stage_dates_visible_to(access: Access, *, programme: int | None = None) -> QuerySet[StageDate]:
    """Dates of the person's partnerships and of those of the city whose support group they are in, of one programme
    (id) or all; `is_mine` says that the person sees the partnership itself."""
    reach = dates_reach(access)
    rows = dates_within(lambda column, name: Q(**{f"{column}__in": reach[name]}), steers=bool(reach["coordinated"]))
    return rows if programme is None else rows.filter(partnership__programme=programme)


def dates_reach(access: Access) -> dict[str, frozenset[int]]:
    """Whose dates the person sees: ids of partnerships and programmes; `mine` are those whose pages are open too."""
    places = places_of(access)
    mine = access.once(_mine, lambda: _mine(places.teams - places.steering))
    return {"mine": mine, "seen": mine.union(_of_groups(access)), "coordinated": places.coordinated}


def dates_within(is_in: Callable[[str, str], Q], *, steers: bool) -> QuerySet[StageDate]:
    """Dates in a reach, of which `is_in` says whether a column is in the ids of a name. Where nothing is coordinated
    (`steers`), nothing is asked about it, so that an index finds the rows."""
    own, rows = is_in("partnership", "mine"), is_in("partnership", "seen")
    if steers:
        coordinated = is_in("partnership__programme", "coordinated")
        own, rows = own | coordinated, rows | coordinated
    return StageDate.objects.filter(rows).annotate(is_mine=_is_true(own))


def _mine(teams: Collection[int]) -> frozenset[int]:
    if not teams:
        return frozenset()
    return frozenset(row for (row,) in _parts(teams))


@prepared
def _parts(teams: Collection[int]) -> QuerySet[Participation, tuple]:
    parts = Participation.objects.filter(current(), team__in=teams).order_by()
    return parts.values_list("partnership").distinct()


def named(rows: QuerySet[StageDate]) -> QuerySet[StageDate]:
    """With the stage, and the names of a mentee and a mentor."""
    first, second = city_names("partnership")
    return rows.select_related("stage").annotate(mentee_name=first, mentor_name=second)


def pair_of(row: StageDate) -> str:
    """Both cities of a row that was read through `named`."""
    return " — ".join(filter(None, [row.mentee_name, row.mentor_name]))  # type: ignore[attr-defined]


def dates_of_group(group: SupportGroup, limit: int = 6) -> list[StageDate]:
    """Days to come of the partnerships in which the team that keeps the group takes part."""
    rows = Participation.objects.filter(current(), role__in=CITY_ROLES, team=group.team_id)
    zones = rows.values_list("partnership__programme__time_zone", flat=True).order_by().distinct()
    dates = dates_of(partnership__in=rows.values("partnership")).filter(~passed_in(list(zones)))
    return list(dates.select_related("stage").order_by("planned_on", "pk")[:limit])


def _of_groups(access: Access) -> dict[int, tuple[int, str]]:
    """Partnerships in which the city of a support group of this person's takes part, each with its programme and time
    zone. The group reads their dates, not their pages."""
    groups = support_groups_of(access)
    if not groups:
        return {}
    rows = Participation.objects.filter(current(), role__in=CITY_ROLES, team__support_groups__in=groups)
    zone = "partnership__programme", "partnership__programme__time_zone"
    return {pk: (programme, name) for pk, programme, name in rows.values_list("partnership", *zone)}


def _is_true(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def city_names(partnership: str) -> tuple[Subquery, Subquery]:
    """Names of a mentee and a mentor of it, in the query that reads the row; `partnership` leads to its id."""

    def name(role: str) -> Subquery:
        cities = Participation.objects.filter(partnership=OuterRef(partnership), role=role, ended_on=None)
        return Subquery(cities.order_by("pk").values("organisation__name")[:1])

    return name(Role.MENTEE), name(Role.MENTOR)


def _date_item(row: StageDate) -> dict:
    """Without page and note for who is not in the partnership."""
    mine: bool = row.is_mine  # type: ignore[attr-defined]
    return {
        "on": row.planned_on,
        "text": str(row.stage),
        "url": address("overview:partnership", row.partnership_id) if mine else "",
        "detail": " · ".join(filter(None, [pair_of(row), row.note if mine else ""])),
        "file_url": address("partnerships:date_file", row.pk),
    }
