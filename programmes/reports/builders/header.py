"""What stands at the head of every document of a programme (L: the funder's emblem and disclaimer)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.partnerships.models import Programme

from ..blocks import Fact, Picture


def of_programme(programme: Programme | None) -> dict[str, Any]:
    """Fields of DocumentContent that come from the programme; none without one."""
    if programme is None:
        return {}
    return {
        "programme": programme.title,
        "funding_line": programme.funding_line,
        "disclaimer": programme.disclaimer,
        "emblem": _picture(programme.emblem, _("Emblem of the funder")),
        "logo": _picture(programme.logo, _("Logo of %(programme)s") % {"programme": programme.title}),
    }


def _picture(file: Any, alt: str) -> Picture | None:
    return Picture(file.name, alt) if file else None


def facts(version: str, dated: date | None) -> tuple[Fact, ...]:
    """What stands under the cities: the state by its own name ("Version 2, Refined"), and the day."""
    rows = [("", version), (_("Date"), date_format(dated, "DATE_FORMAT") if dated else "")]
    return tuple(Fact(label, value) for label, value in rows if value)


def names(organisations: Iterable[str]) -> str:
    return ", ".join(organisations)
