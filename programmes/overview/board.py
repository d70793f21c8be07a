"""The board of a programme: one row per partnership, from one table's summary columns and four prefetches.

As a file it is in `board_file`."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from programmes.common.access import Access
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
    """A partnership as the board shows it; `stops` for the stage line. `opens`: its page is open to who looks."""

    partnership: Partnership
    mentee: str
    mentor: str
    peers: str
    stops: list[dict]
    next: NextDate | None
    opens: bool


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


def partnerships_of(access: Access, programme: Programme) -> QuerySet[Partnership]:
    """Running partnerships of the programme that the person may see on its board, alphabetically."""
    seen_whole = programme.pk in places_of(access).overseen  # then nothing has to be asked row by row
    rows = Partnership.objects.all() if seen_whole else partnerships_visible_to(access)
    return rows.filter(programme=programme, ended_on=None).order_by("sort_name", "pk")


def opened_by(access: Access, programme: Programme, page: Iterable[Partnership]) -> frozenset[int]:
    """Ids of those partnerships of a board's page that the person may open; asked only where somebody sees more of the
    board than they may open."""
    places, ids = places_of(access), frozenset(partnership.pk for partnership in page)
    if programme.pk not in places.overseen - places.coordinated:
        return ids
    return frozenset(partnerships_visible_to(access).filter(pk__in=ids).values_list("pk", flat=True))


def tiles_of(partnerships: QuerySet[Partnership], programme: Programme) -> Tiles:
    """All counts, and the countries to filter by, from the summary."""
    today = today_in(programme)
    sums = partnerships.order_by().aggregate(
        all=Count("pk"),
        soon=Count("pk", filter=Q(next_due__gte=today, next_due__lte=today + SOON)),
        passed=Count("pk", filter=passed("next_due", today)),
        undated=Count("pk", filter=Q(next_due=None)),
    )
    rows = PartnershipCountry.objects.filter(partnership__in=partnerships.order_by().values("pk"))
    codes = frozenset(rows.values_list("country", flat=True).distinct())
    return Tiles(sums["all"], codes, sums["soon"], sums["passed"], sums["undated"])


def rows_of(
    partnerships: Iterable[Partnership],
    programme: Programme,
    *,
    days: bool = False,
    opened: Container[int] | None = None,
) -> list[Row]:
    """Rows of a page; `partnerships` read through `with_people`. `days` puts dates under the stops; of `opened` are
    those that lead further, all where it is None."""
    stages = stages_of(programme)
    rows = [_row(row, programme, stages, opened is None or row.pk in opened) for row in partnerships]
    for stop in (stop for row in rows if not days for stop in row.stops):
        stop.pop("when")
    return rows


def _row(partnership: Partnership, programme: Programme, stages, opens: bool) -> Row:
    partnership.programme = programme  # the same object for all rows: its stages are read once
    mentee, mentor, peers = (names_in(partnership, role) for role in (Role.MENTEE, Role.MENTOR, Role.PEER))
    stops, following = stage_line(partnership, stages), next_date(partnership)
    return Row(partnership, mentee, mentor, peers, stops, following, opens)


def names_in(partnership: Partnership, role: str) -> str:
    """Names of the current organisations in a role, joined."""
    return ", ".join(row.organisation.name for row in partnership.current_in(role))
