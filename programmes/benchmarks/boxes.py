"""Which boxes a benchmark, a key factor, a context factor and an example have, and what is asked in each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.common.kinds import KINDS, Box, Kind
from programmes.common.text import LONGEST_TEXT

from .enums import Level

ABOUT = "about"
"""The place of what is said of the whole; no factor has this key."""

LONGEST_LINE = 200


@dataclass(frozen=True)
class Asked:
    """One box: `name` within its place; without a language it says the same to every reader."""

    name: str
    title: Any
    hint: Any = ""
    kind: str = "text"
    has_language: bool = True
    is_line: bool = False
    is_link: bool = False
    rows: int = 4

    def box(self, key: str) -> Box:
        options = tuple({"key": level.value, "label": {"en": level.label}} for level in Level)
        longest = LONGEST_LINE if self.is_line else LONGEST_TEXT
        return Box(key, self.kind, options if self.kind == "choice" else (), longest)

    @property
    def value_kind(self) -> Kind:
        return KINDS[self.kind]


TITLE = Asked("title", _("Title"), is_line=True, rows=1)

OF_THE_WHOLE = (
    Asked("title", _("Theme"), _("As it stands in a list, for example “Language learning”."), is_line=True, rows=1),
    Asked("intro", _("What it is about"), _("Two or three sentences: what a city that meets all this would be like.")),
    Asked("authors", _("Who wrote it"), _("Facilitators, and the cities and associations that helped."), rows=2),
    Asked("sources", _("Sources"), _("What it rests on: reports, studies, practices; one per line."), kind="list"),
    Asked("changes", _("What changed in this version"), _("From the second version on; its readers are told."), rows=2),
)
OF_A_FACTOR = (
    TITLE,
    Asked("why", _("Why it matters"), _("A few sentences: what fails where this is missing.")),
    Asked("how", _("How to fulfil it"), _("What a city can do, best as a list."), rows=6),
    Asked(
        "questions", _("Guiding questions"), _("Three to five, to see how it stands in a city; one per line."), "list"
    ),
    Asked("tips", _("Practical tips"), _("What helps to begin; one per line."), "list"),
)
OF_A_CONTEXT = (
    TITLE,
    Asked("level", _("Where it is decided"), kind="choice", has_language=False),
    Asked(
        "bearing", _("How it bears on the key factors"), _("What it makes easier or harder, whatever the city does.")
    ),
)
OF_AN_EXAMPLE = (
    Asked("city", _("City or place"), has_language=False, is_line=True, rows=1),
    Asked("summary", _("What was done there"), rows=2),
    Asked("link", _("Link"), _("Beginning with https://"), has_language=False, is_line=True, is_link=True, rows=1),
)


def key_of(place: str, asked: Asked) -> str:
    return f"{place}.{asked.name}"


def example_place(factor: str, example: str) -> str:
    """The place of an example, whose key is unique within its factor alone."""
    return f"{factor}.{example}"
