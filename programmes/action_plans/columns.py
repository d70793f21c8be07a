"""The columns of a programme's plans: records, made from the default design the first time a plan needs them."""

from functools import cache
from pathlib import Path

import yaml
from django.db import transaction

from programmes.partnerships.models import Programme

from .models import PlanColumn

SOURCE = Path(__file__).parent / "data" / "columns.yaml"


@cache
def _design() -> dict:
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def default_columns(programme: Programme | None = None) -> list[PlanColumn]:
    """Unsaved columns of the default design (Annex 6), also for a blank form without a programme."""
    groups = {row["key"]: row["title"] for row in _design()["groups"]}
    return [
        PlanColumn(
            programme=programme,
            key=row["key"],
            order=order,
            kind=row["kind"],
            title=row["title"],
            help=row.get("help", {}),
            group=row.get("group", ""),
            group_title=groups.get(row.get("group"), {}),
        )
        for order, row in enumerate(_design()["columns"], start=1)
    ]


def columns_of(programme: Programme) -> list[PlanColumn]:
    """In order; made from the default design where the programme has none yet."""
    return list(programme.plan_columns.all()) or _make_columns(programme)


@transaction.atomic
def _make_columns(programme: Programme) -> list[PlanColumn]:
    PlanColumn.objects.bulk_create(default_columns(programme), ignore_conflicts=True)
    return list(programme.plan_columns.all())
