"""The columns of a programme's plans: records, made from the default design the first time a plan needs them."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import QuerySet

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.designs import Correction, corrections
from programmes.common.kinds import Box
from programmes.common.prepared import prepared
from programmes.partnerships.models import Programme

from .models import PlanColumn

LONGEST_CELL = 20_000
SOURCE = Path(__file__).parent / "data" / "columns.yaml"


@cache
def _design() -> dict:
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def default_columns(programme: Programme | None = None) -> list[PlanColumn]:
    """Unsaved columns of the default design (Annex 6), also for a blank form without a programme."""
    return [_received(programme, entry, order) for order, entry in enumerate(_entries(), start=1)]


def _entries() -> list[dict[str, Any]]:
    """Columns of the design with everything a row receives."""
    groups = {row["key"]: row["title"] for row in _design()["groups"]}
    empty = {"help": {}, "options": [], "group": "", "folded": False}
    return [empty | row | {"group_title": groups.get(row.get("group"), {})} for row in _design()["columns"]]


def _received(programme: Programme | None, entry: dict[str, Any], order: int) -> PlanColumn:
    column = PlanColumn(programme=programme, key=entry["key"], order=order, kind=entry["kind"], folded=entry["folded"])
    column.receive(entry)
    return column


def columns_of(programme: Programme) -> list[PlanColumn]:
    """In order; made from the default design where the programme has none yet."""
    return _columns(programme.pk) or _make_columns(programme)


@prepared
def _columns(programme: int) -> QuerySet[PlanColumn]:
    return PlanColumn.objects.filter(programme=programme)


@transaction.atomic
def _make_columns(programme: Programme) -> list[PlanColumn]:
    PlanColumn.objects.bulk_create(default_columns(programme), ignore_conflicts=True)
    return list(programme.plan_columns.all())


def column_corrections(programme: Programme) -> list[Correction]:
    """What the default design, corrected since, would change in the columns that the programme received from it. The
    kind of a column never changes: its cells are of that kind; nor does its being folded."""
    columns = list(programme.plan_columns.all())
    return corrections(PlanColumn, columns, _entries()) if columns else []


@transaction.atomic
def correct_columns(*, programme: Programme, by: User | None) -> list[Correction]:
    """Applies what `column_corrections` says, but for rows that the programme changed; a new column comes last."""
    found = column_corrections(programme)
    entries = {entry["key"]: entry for entry in _entries()}
    for correction in found:
        if correction.applies:
            column: Any = correction.row
            if column.pk is None:
                column.programme, column.key = programme, column.origin
                column.kind, column.folded = entries[column.key]["kind"], entries[column.key]["folded"]
                column.order = programme.plan_columns.count() + 1
            column.save()
            record(by=by, verb="corrected", target=column)
    return found


def box_of(key: str, kind: str, options: Iterable[Mapping[str, Any]] = ()) -> Box:
    """A column as a box of `programmes.common.kinds`."""
    return Box(key, kind, tuple(options), longest=LONGEST_CELL)
