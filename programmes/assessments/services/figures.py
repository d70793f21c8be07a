"""Figures of the local context on their way into the city's profile (Annex 2, 13–14).

A figure that was only typed is kept unpublished. It becomes the profile's when the city shares the section; until
then a published figure of the same year stays as it is. Sums in another currency than euro stay in the answer.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from programmes.participants.enums import Unit
from programmes.participants.models import Figure
from programmes.partnerships.enums import TeamRole

from ..enums import PartKind, State
from ..kinds import SHARES
from ..models import Response


@dataclass(frozen=True)
class Fed:
    """One figure as an answer tells it."""

    indicator: str
    year: int
    value: Decimal
    unit: str
    source: str
    approximate: bool

    def columns(self) -> dict[str, Any]:
        return {"value": self.value, "unit": self.unit, "source": self.source, "approximate": self.approximate}


def told(part: Any, value: Any) -> Iterator[Fed]:
    """The figures in an answer; none without a year. `part` is a row or a part of a snapshot."""
    kind, indicator = (part["kind"], part["indicator"]) if isinstance(part, Mapping) else (part.kind, part.indicator)
    if not indicator or not isinstance(value, Mapping) or not value.get("year"):
        return
    rest = (value.get("source", ""), value["state"] == State.APPROXIMATE)
    if kind == PartKind.FIGURE and value.get("value"):
        yield Fed(indicator, value["year"], Decimal(value["value"]), Unit.PEOPLE, *rest)
    if kind == PartKind.MONEY and value.get("amount") and value.get("currency") == Unit.EURO:
        yield Fed(indicator, value["year"], Decimal(value["amount"]), Unit.EURO, *rest)
    if kind == PartKind.MONEY and value.get("percent") and indicator in SHARES:
        yield Fed(SHARES[indicator], value["year"], Decimal(value["percent"]), Unit.PERCENT, *rest)


def note(*, response: Response, part: Any, before: Any, now: Any) -> None:
    """After a save: keeps the new figure aside, unpublished, and drops the one it replaces."""
    if response.team.role != TeamRole.CITY:
        return
    figures = Figure.objects.filter(city=response.enrolment.organisation_id)
    fresh = {(fed.indicator, fed.year): fed for fed in told(part, now)}
    for fed in told(part, before):
        if (fed.indicator, fed.year) not in fresh:
            figures.filter(indicator=fed.indicator, year=fed.year, published=False).delete()
    for fed in fresh.values():
        if not figures.filter(indicator=fed.indicator, year=fed.year, published=True).exists():
            _put(response, fed, published=False)


def publish(*, response: Response, parts: Iterable[Mapping[str, Any]]) -> None:
    """After sharing: the figures in these parts of the snapshot are the city's own words to others."""
    if response.team.role != TeamRole.CITY:
        return
    for part in parts:
        for fed in told(part, (part["answer"] or {}).get("value")):
            _put(response, fed, published=True)


def _put(response: Response, fed: Fed, *, published: bool) -> None:
    Figure.objects.update_or_create(
        city_id=response.enrolment.organisation_id,
        indicator=fed.indicator,
        year=fed.year,
        defaults=fed.columns() | {"published": published},
    )
