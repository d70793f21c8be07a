"""Time zones by the city that a zone is named after, as people say them: "Brussels", not "Europe/Brussels"."""

import zoneinfo
from datetime import UTC, tzinfo
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.common.text import fold

REGIONS = ("Europe", "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Indian", "Pacific")

NAMED_OTHERWISE = {
    "Algiers": _("Algiers"),
    "Amsterdam": _("Amsterdam"),
    "Athens": _("Athens"),
    "Belgrade": _("Belgrade"),
    "Berlin": _("Berlin"),
    "Brussels": _("Brussels"),
    "Bucharest": _("Bucharest"),
    "Cairo": _("Cairo"),
    "Chisinau": _("Chisinau"),
    "Copenhagen": _("Copenhagen"),
    "Dublin": _("Dublin"),
    "Istanbul": _("Istanbul"),
    "Kyiv": _("Kyiv"),
    "Lisbon": _("Lisbon"),
    "Ljubljana": _("Ljubljana"),
    "London": _("London"),
    "Luxembourg": _("Luxembourg"),
    "Moscow": _("Moscow"),
    "Paris": _("Paris"),
    "Prague": _("Prague"),
    "Rome": _("Rome"),
    "Sofia": _("Sofia"),
    "Stockholm": _("Stockholm"),
    "Tallinn": _("Tallinn"),
    "Tunis": _("Tunis"),
    "Vienna": _("Vienna"),
    "Vilnius": _("Vilnius"),
    "Warsaw": _("Warsaw"),
    "Zurich": _("Zurich"),
}
"""Cities of the zones in and around Europe that other languages call otherwise; any other keeps its name."""


def zone_named(name: str) -> tzinfo:
    """The zone of this name; UTC for one that does not exist."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def city_of(zone: str) -> str:
    """The city of a zone in the reader's language: "America/Argentina/Buenos_Aires" → "Buenos Aires"."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return str(NAMED_OTHERWISE.get(city, city))


def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped by part of the world, Europe first; places, not abbreviations, because those know summer time."""
    return _choices_in(get_language())


@cache
def _choices_in(language: str | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """In the order of that language, which is the one in force; a form alters none of it."""
    zones = zoneinfo.available_timezones()
    groups = [(region, [(name, _named(name)) for name in zones if name.startswith(f"{region}/")]) for region in REGIONS]
    ordered = [(region, sorted(inside, key=lambda zone: fold(zone[1]))) for region, inside in groups]
    return [("UTC", [("UTC", "UTC")]), *ordered]


def _named(zone: str) -> str:
    city = zone.partition("/")[2].replace("_", " ")
    return str(NAMED_OTHERWISE.get(city, city))
