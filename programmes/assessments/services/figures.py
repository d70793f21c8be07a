"""Figures of the local context on their way into the city's profile (Annex 2, 13–14).

A figure that was only typed is kept unpublished. It becomes the profile's when the city shares the section; until
then a published figure of the same year stays as it is. Sums in another currency than euro stay in the answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from programmes.common.kinds import StatedFigure
from programmes.participants.enums import Unit
from programmes.participants.models import Figure
from programmes.partnerships.enums import TeamRole

from ..boxes import SHARES, kind_of
from ..models import Response


class ProfileFigure(NamedTuple):
    """One number that an answer tells, and the indicator it stands for."""

    indicator: str
    figure: StatedFigure


def for_profile(part: Any, value: Any) -> Iterator[ProfileFigure]:
    """The figures in an answer; none without a year. `part` is a row or a part of a snapshot."""
    own = part["indicator"] if isinstance(part, Mapping) else part.indicator
    for figure in kind_of(part).figures(value) if own else ():
        indicator = SHARES.get(own) if figure.unit == Unit.PERCENT else own
        if indicator and figure.unit in Unit.values:
            yield ProfileFigure(indicator, figure)


def note(*, response: Response, part: Any, before: Any, now: Any) -> None:
    """After a save: keeps the new figure aside, unpublished, and drops the one it replaces."""
    if response.team.role != TeamRole.CITY:
        return
    figures = Figure.objects.filter(city=response.enrolment.organisation_id)
    fresh = {(found.indicator, found.figure.year): found for found in for_profile(part, now)}
    for indicator, figure in for_profile(part, before):
        if (indicator, figure.year) not in fresh:
            figures.filter(indicator=indicator, year=figure.year, published=False).delete()
    for found in fresh.values():
        if not figures.filter(indicator=found.indicator, year=found.figure.year, published=True).exists():
            _put(response, found, published=False)


def publish(*, response: Response, parts: Iterable[Mapping[str, Any]]) -> None:
    """After sharing: the figures in these parts of the snapshot are the city's own words to others."""
    if response.team.role != TeamRole.CITY:
        return
    for part in parts:
        for found in for_profile(part, (part["answer"] or {}).get("value")):
            _put(response, found, published=True)


def _put(response: Response, found: ProfileFigure, *, published: bool) -> None:
    figure = found.figure
    columns = {"value": figure.value, "unit": figure.unit, "source": figure.source, "approximate": figure.approximate}
    Figure.objects.update_or_create(
        city_id=response.enrolment.organisation_id,
        indicator=found.indicator,
        year=figure.year,
        defaults=columns | {"published": published},
    )
