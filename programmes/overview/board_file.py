"""The board as a file: plain values in portions, since objects for thousands of partnerships cost seconds."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.common.fields import in_language
from programmes.partnerships.days import today_in
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Participation, Partnership, Programme, Stage, StageDate

PORTION = 2000
ROLES = (Role.MENTEE, Role.MENTOR, Role.PEER)


def table_of(partnerships: QuerySet[Partnership], programme: Programme) -> Iterator[list[str]]:
    """Lines of the CSV file: a heading, then a line per partnership in the order of the rows."""
    yield [_("Mentee"), _("Mentor"), _("Peers"), _("Theme"), _("Stage"), _("Next"), _("Date"), _("Agreed date passed")]
    today = today_in(programme)
    themes = _titles(programme.themes.all())
    rows = partnerships.values_list("pk", "theme", "current_stage")
    for portion in portions(rows.iterator(chunk_size=PORTION), PORTION):
        keys = [pk for pk, _theme, _stage in portion]
        names, dates = _names(keys), _next_dates(keys)
        used = {stage for _pk, _theme, stage in portion} | {stage for _day, stage in dates.values()}
        stages = _titles(Stage.objects.filter(pk__in=used - {None}))
        for pk, theme, stage in portion:
            cities = [", ".join(names.get((pk, role), ())) for role in ROLES]
            yield [*cities, themes[theme], stages.get(stage, ""), *_next(dates.get(pk), stages, today)]


def portions(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    while portion := list(islice(rows, size)):
        yield portion


def _titles(rows: QuerySet[Any]) -> dict[int, str]:
    """Titles of themes or stages in the reader's language; each is read and chosen once, not once a line."""
    return {pk: in_language(title) for pk, title in rows.values_list("pk", "title")}


def _names(keys: list[int]) -> dict[tuple[int, str], list[str]]:
    """Names of the current cities by partnership and role, in the order in which they joined."""
    rows = Participation.objects.filter(partnership__in=keys, role__in=ROLES, ended_on=None).order_by("pk")
    names: dict[tuple[int, str], list[str]] = {}
    for partnership, role, name in rows.values_list("partnership", "role", "organisation__name"):
        names.setdefault((partnership, role), []).append(name)
    return names


def _next_dates(keys: list[int]) -> dict[int, tuple[date, int]]:
    """The earliest agreed day of an unfinished stage, and that stage, as `selectors.next_date` says for one."""
    rows = StageDate.objects.filter(
        partnership__in=keys, finished_on=None, stage__retired=False, planned_on__isnull=False
    ).order_by("planned_on", "pk")
    first: dict[int, tuple[date, int]] = {}
    for partnership, day, stage in rows.values_list("partnership", "planned_on", "stage"):
        if day is not None:
            first.setdefault(partnership, (day, stage))
    return first


def _next(agreed: tuple[date, int] | None, stages: dict[int, str], today: date) -> list[str]:
    if agreed is None:
        return ["", "", ""]
    day, stage = agreed
    return [stages[stage], day.isoformat(), _("yes") if day < today else _("no")]
