"""Rows that a programme received from a design, and what a corrected design would change in them.

A row keeps the key of its `origin` in the design and its values as received. What the programme changed since is its
own: a correction leaves it alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models


class FromDesign(models.Model):
    """`origin` is empty for a row that the programme made itself; `received` holds `design_fields` as they came."""

    design_fields: ClassVar[tuple[str, ...]]

    origin = models.SlugField(max_length=40, blank=True, editable=False)
    received = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def receive(self, entry: Mapping[str, Any]) -> None:
        """Takes the values of its entry in the design; `entry` has "key" and every one of `design_fields`."""
        self.origin = entry["key"]
        self.received = {name: entry[name] for name in self.design_fields}
        for name, value in self.received.items():
            setattr(self, name, value)

    @property
    def own_fields(self) -> list[str]:
        """What the programme changed since it received the row."""
        return [name for name, value in self.received.items() if getattr(self, name) != value]


class Difference(StrEnum):
    """What a corrected design does to a row."""

    ADDED = "would be added"
    CHANGED = "would be changed"
    KEPT = "left alone, the programme changed it"
    GONE = "left alone, the design has it no more"


@dataclass(frozen=True)
class Correction:
    """One difference between a programme's rows and the design; `row` is unsaved where it would be added."""

    difference: Difference
    row: FromDesign
    fields: tuple[str, ...] = ()

    @property
    def applies(self) -> bool:
        return self.difference in (Difference.ADDED, Difference.CHANGED)

    def __str__(self) -> str:
        fields = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"{self.row._meta.model_name} {self.row.origin}: {self.difference}{fields}"


def corrections(
    model: type[FromDesign], rows: Iterable[FromDesign], entries: Sequence[Mapping[str, Any]]
) -> list[Correction]:
    """How these rows of one programme differ from the entries of the design, in the order of the design. A row put
    out of date in a field the programme did not touch, while it changed another, is its own as a whole."""
    known = {row.origin: row for row in rows if row.origin}
    found = [_correction(model, known.pop(entry["key"], None), entry) for entry in entries]
    gone = [Correction(Difference.GONE, row) for row in known.values()]
    return [correction for correction in [*found, *gone] if correction is not None]


def _correction(model: type[FromDesign], row: FromDesign | None, entry: Mapping[str, Any]) -> Correction | None:
    if row is None:
        fresh = model()
        fresh.receive(entry)
        return Correction(Difference.ADDED, fresh)
    corrected = tuple(name for name in row.design_fields if entry[name] != row.received.get(name))
    if not corrected:
        return None
    if row.own_fields:
        return Correction(Difference.KEPT, row, corrected)
    row.receive(entry)
    return Correction(Difference.CHANGED, row, corrected)
