"""The board of a programme: one row per partnership, from one table's summary columns and four prefetches.

As a file it is in `board_file`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from programmes.partnerships.boundary import places_of
from programmes.partnerships.days import passed, today_in
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership, PartnershipCountry, Programme
from programmes.partnerships.selectors import (
    NextDate,
    next_date,
    partnerships_visible_to,
    stage_line,
    stages_of,
)

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A partnership as the board shows it; `stops` for the stage line."""

    partnership: Partnership
    mentee: str
    mentor: str
    peers: str
    stops: list[dict]
    next: NextDate | None


@dataclass(frozen=True)
class Tiles:
    """Counts over all that the person sees of the programme, filters aside."""

    partnerships: int
    country_codes: frozenset[str]
    soon: int
    passed: int
    undated: int

    @property
    def countries(self) -> int:
        return len(self.country_codes)


def partnerships_of(access, programme: Programme) -> QuerySet[Partnership]:
    """Running partnerships of the programme that the person may see, alphabetically."""
    seen_whole = programme.pk in places_of(access).coordinated  # then nothing has to be asked row by row
    rows = Partnership.objects.all() if seen_whole else partnerships_visible_to(access)
    return rows.filter(programme=programme, ended_on=None).order_by("sort_name", "pk")


def tiles_of(partnerships: QuerySet[Partnership], programme: Programme) -> Tiles:
    """All counts, and the countries to filter by, from the summary."""
    today = today_in(programme)
    sums = partnerships.order_by().aggregate(
        all=Count("pk"),
        soon=Count("pk", filter=Q(next_due__gte=today, next_due__lte=today + SOON)),
        passed=Count("pk", filter=passed("next_due", programme)),
        undated=Count("pk", filter=Q(next_due=None)),
    )
    rows = PartnershipCountry.objects.filter(partnership__in=partnerships.order_by().values("pk"))
    codes = frozenset(rows.values_list("country", flat=True).distinct())
    return Tiles(sums["all"], codes, sums["soon"], sums["passed"], sums["undated"])


def rows_of(partnerships: Iterable[Partnership], programme: Programme, *, days: bool = False) -> list[Row]:
    """Rows of a page; `partnerships` read through `with_people`. `days` puts dates under the stops."""
    stages = stages_of(programme)
    rows = [_row(partnership, programme, stages) for partnership in partnerships]
    for stop in (stop for row in rows if not days for stop in row.stops):
        stop.pop("when")
    return rows


def _row(partnership: Partnership, programme: Programme, stages) -> Row:
    partnership.programme = programme  # the same object for all rows: its stages are read once
    mentee, mentor, peers = (names_in(partnership, role) for role in (Role.MENTEE, Role.MENTOR, Role.PEER))
    return Row(partnership, mentee, mentor, peers, stage_line(partnership, stages), next_date(partnership))


def names_in(partnership: Partnership, role: str) -> str:
    """Names of the current organisations in a role, joined."""
    return ", ".join(row.organisation.name for row in partnership.current_in(role))
