"""What stands at the head of every document of a programme (L: the funder's emblem and disclaimer)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.common.fields import in_language
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Programme

from ..blocks import Picture


def of_programme(programme: Programme | None) -> dict[str, Any]:
    """Fields of DocumentContent that come from the programme; none without one."""
    if programme is None:
        return {}
    return {
        "programme": programme.title,
        "label_mentee": programme.role_word(Role.MENTEE),
        "label_mentor": programme.role_word(Role.MENTOR),
        "funding_line": in_language(programme.funding_line, fallback=programme.working_language),
        "disclaimer": in_language(programme.disclaimer, fallback=programme.working_language),
        "emblem": _picture(programme.emblem, _("Emblem of the funder")),
        "logo": _picture(programme.logo, _("Logo of %(programme)s") % {"programme": programme.title}),
    }


def _picture(file: Any, alt: str) -> Picture | None:
    return Picture(file.name, alt) if file else None


def state(version: str, dated: date, happened: str) -> dict[str, Any]:
    """Fields of DocumentContent that name the state of the texts: `happened` is a sentence with a `%(day)s` in it, so
    that the date says which one it is."""
    return {"version": version, "dated": dated, "dated_as": happened % {"day": day_in_words(dated)}}


def day_in_words(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def working_version() -> str:
    """The name of every state that is none of the versions."""
    return _("Working version")


def names(organisations: Iterable[str]) -> str:
    return ", ".join(organisations)
