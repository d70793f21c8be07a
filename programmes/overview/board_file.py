"""The board as a file: plain values in portions, since objects for thousands of partnerships cost seconds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.common.countries import COUNTRIES
from programmes.common.fields import in_language
from programmes.partnerships.days import has_passed, today_in
from programmes.partnerships.enums import Role
from programmes.partnerships.models import (
    Participation,
    Partnership,
    PartnershipCountry,
    Programme,
    Stage,
    StageDate,
)
from programmes.partnerships.selectors import stages_of

PORTION = 2000
CITIES = (Role.MENTEE, Role.MENTOR, Role.PEER)
OTHERS = (Role.MENTEE_ASSOCIATION, Role.MENTOR_ASSOCIATION, Role.FACILITATOR)


def table_of(partnerships: QuerySet[Partnership], programme: Programme) -> Iterator[list[str]]:
    """Lines of the CSV file: a heading, then a line per partnership in the order of the rows; behind what the board
    shows, a day and a note for each stage of the programme, and the stages of one partnership alone in one cell."""
    stages = stages_of(programme)
    titles = [str(stage) for stage in stages]
    word = programme.role_word
    yield [
        *(word(Role.MENTEE), word(Role.MENTOR), _("Peers"), _("Countries")),
        *(word(role) for role in (Role.MENTEE_ASSOCIATION, Role.MENTOR_ASSOCIATION, Role.FACILITATOR)),
        *(_("Theme"), _("Stage"), _("Next"), _("Date"), _("Agreed date passed")),
        *(heading for title in titles for heading in (title, _("%(stage)s: note") % {"stage": title})),
        _("Own stages"),
    ]
    today = today_in(programme)
    themes, known = _titles(programme.themes.all()), _titles(Stage.objects.filter(programme=programme))
    rows = partnerships.values_list("pk", "theme", "current_stage")
    for portion in portions(rows.iterator(chunk_size=PORTION), PORTION):
        keys = [pk for pk, _theme, _stage in portion]
        names, countries, dates = _names(keys), _countries(keys), _dates(keys)
        for pk, theme, stage in portion:
            cities, others = ([", ".join(names.get((pk, role), ())) for role in roles] for roles in (CITIES, OTHERS))
            agreed = dates.get(pk, {})
            where = [*cities, ", ".join(countries.get(pk, ())), *others, themes.get(theme, ""), known.get(stage, "")]
            yield [*where, *_next(agreed, known, today), *_days(agreed, stages, known)]


def portions(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    while portion := list(islice(rows, size)):
        yield portion


def _titles(rows: QuerySet[Any]) -> dict[int, str]:
    """Titles of themes or stages in the reader's language; each is read and chosen once, not once a line."""
    return {pk: in_language(title) for pk, title in rows.values_list("pk", "title")}


def _names(keys: list[int]) -> dict[tuple[int, str], list[str]]:
    """Names of current organisations by partnership and role, in the order in which they joined."""
    rows = Participation.objects.filter(partnership__in=keys, role__in=(*CITIES, *OTHERS), ended_on=None).order_by("pk")
    names: dict[tuple[int, str], list[str]] = {}
    for partnership, role, name in rows.values_list("partnership", "role", "organisation__name"):
        names.setdefault((partnership, role), []).append(name)
    return names


def _countries(keys: list[int]) -> dict[int, list[str]]:
    rows = PartnershipCountry.objects.filter(partnership__in=keys).order_by("country")
    found: dict[int, list[str]] = {}
    for partnership, country in rows.values_list("partnership", "country"):
        found.setdefault(partnership, []).append(str(COUNTRIES.get(country, country)))
    return found


@dataclass(frozen=True)
class _Day:
    """A stage of a partnership: when it is agreed or was finished, and the note beside it."""

    planned: date | None
    finished: date | None
    retired: bool
    note: str

    def __str__(self) -> str:
        day = self.finished or self.planned
        return day.isoformat() if day else ""


def _dates(keys: list[int]) -> dict[int, dict[int, _Day]]:
    """By partnership and stage, in the order of the agreed days."""
    rows = StageDate.objects.filter(partnership__in=keys).order_by("planned_on", "pk")
    found: dict[int, dict[int, _Day]] = {}
    values = rows.values_list("partnership", "stage", "planned_on", "finished_on", "stage__retired", "note")
    for partnership, stage, planned, finished, retired, note in values:
        found.setdefault(partnership, {})[stage] = _Day(planned, finished, retired, note)
    return found


def _next(dates: dict[int, _Day], stages: dict[int, str], today: date) -> list[str]:
    """The earliest agreed day of an unfinished stage in use, as `selectors.next_date` says for one partnership."""
    for stage, row in dates.items():
        if row.planned and not row.finished and not row.retired:
            return [stages[stage], row.planned.isoformat(), _("yes") if has_passed(row.planned, today) else _("no")]
    return ["", "", ""]


def _days(dates: dict[int, _Day], stages: list[Stage], titles: dict[int, str]) -> list[str]:
    """A day and a note for each of `stages`; others that have something recorded stand together behind them."""
    common = {stage.pk for stage in stages}
    cells = [cell for stage in stages for cell in _cells(dates.get(stage.pk))]
    own = [" ".join(filter(None, [titles[pk], *_cells(row)])) for pk, row in dates.items() if pk not in common]
    return [*cells, "; ".join(own)]


def _cells(row: _Day | None) -> tuple[str, str]:
    return (str(row), row.note) if row else ("", "")
