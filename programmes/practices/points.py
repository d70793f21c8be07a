"""The twelve sections and twenty-two points of a good practice (Annex 4), as data.

Points are the same for every programme, so that one library can be searched; they are read once from
`data/points.yaml`, what a city asks itself about a practice from `data/judgement.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from programmes.common.fields import in_language
from programmes.common.kinds import KINDS, Box, Kind, slug
from programmes.common.kinds.text import Text

DATA = Path(__file__).parent / "data"

BECOMES_ACTION = "change"
"""The question with whose answer an action of the plan begins."""


@dataclass(frozen=True)
class Point:
    """One thing to tell. `field` names the column of `models.Practice` that holds it; "" for a box of its own.
    `label` and `help` hold a text per language."""

    key: str
    label: Mapping[str, str]
    help: Mapping[str, str]
    field: str = ""
    opens_first: bool = False

    @property
    def title(self) -> str:
        return in_language(self.label)

    @property
    def hint(self) -> str:
        return in_language(self.help)

    @property
    def slug(self) -> str:
        return slug(self.key)

    @property
    def kind(self) -> Kind:
        return KINDS[Text.key]

    @property
    def box(self) -> Box:
        return Box(self.key, Text.key)


@dataclass(frozen=True)
class Section:
    """One of the twelve, with its points in order."""

    number: int
    name: Mapping[str, str]
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        return in_language(self.name)

    @property
    def boxes(self) -> tuple[Point, ...]:
        """Those that are told in boxes of their own."""
        return tuple(point for point in self.points if not point.field)


@cache
def sections() -> tuple[Section, ...]:
    rows = yaml.safe_load((DATA / "points.yaml").read_text(encoding="utf-8"))["sections"]
    return tuple(Section(row["number"], row["title"], tuple(map(_point, row["points"]))) for row in rows)


def _point(row: dict) -> Point:
    return Point(row["key"], row["label"], row.get("help", {}), row.get("field", ""), row.get("opens_first", False))


def boxes() -> Iterator[Point]:
    """All points with a box, in the order of the annex."""
    return (point for section in sections() for point in section.boxes)


@cache
def questions() -> tuple[Point, ...]:
    """What a city asks itself about a practice of another; the decision stands beside the last one (GP3)."""
    rows = yaml.safe_load((DATA / "judgement.yaml").read_text(encoding="utf-8"))["questions"]
    return tuple(map(_point, rows))


def question_named(key: str) -> Point | None:
    return next((question for question in questions() if question.key == key), None)


def box_named(key: str) -> Point | None:
    return next((point for point in boxes() if point.key == key), None)
