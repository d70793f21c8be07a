"""The board as a file: plain values in portions, since objects for thousands of partnerships cost seconds."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.common.fields import in_language
from programmes.partnerships.days import today_in
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Participation, Partnership, Programme, StageDate

PORTION = 2000
ROLES = (Role.MENTEE, Role.MENTOR, Role.PEER)


def table_of(partnerships: QuerySet[Partnership], programme: Programme) -> Iterator[list[str]]:
    """Lines of the CSV file: a heading, then a line per partnership in the order of the rows."""
    yield [_("Mentee"), _("Mentor"), _("Peers"), _("Theme"), _("Stage"), _("Next"), _("Date"), _("Agreed date passed")]
    today = today_in(programme)
    rows = partnerships.values_list("pk", "theme__title", "current_stage__title")
    for portion in _portions(rows.iterator(chunk_size=PORTION)):
        keys = [pk for pk, _theme, _stage in portion]
        names, dates = _names(keys), _next_dates(keys)
        for pk, theme, stage in portion:
            cities = [", ".join(names.get((pk, role), ())) for role in ROLES]
            yield [*cities, in_language(theme), in_language(stage), *_next(dates.get(pk), today)]


def _portions(rows: Iterator[Any]) -> Iterator[list[Any]]:
    portion: list[Any] = []
    for row in rows:
        portion.append(row)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


def _names(keys: list[int]) -> dict[tuple[int, str], list[str]]:
    """Names of the current cities by partnership and role, in the order in which they joined."""
    rows = Participation.objects.filter(partnership__in=keys, role__in=ROLES, ended_on=None).order_by("pk")
    names: dict[tuple[int, str], list[str]] = {}
    for partnership, role, name in rows.values_list("partnership", "role", "organisation__name"):
        names.setdefault((partnership, role), []).append(name)
    return names


def _next_dates(keys: list[int]) -> dict[int, tuple[date, dict[str, str]]]:
    """The earliest agreed day of an unfinished stage and that stage's title, as `selectors.next_date` says for one."""
    rows = StageDate.objects.filter(
        partnership__in=keys, planned_on__isnull=False, finished_on=None, stage__retired=False
    ).order_by("planned_on", "pk")
    first: dict[int, tuple[date, dict[str, str]]] = {}
    for partnership, day, title in rows.values_list("partnership", "planned_on", "stage__title"):
        first.setdefault(partnership, (day, title))
    return first


def _next(agreed: tuple[date, dict[str, str]] | None, today: date) -> list[str]:
    if agreed is None:
        return ["", "", ""]
    day, title = agreed
    return [in_language(title), date_format(day, "Y-m-d"), _("yes") if day < today else _("no")]
