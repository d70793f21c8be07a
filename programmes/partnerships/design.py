"""The programme design a new programme begins with, and the mentor's points, read from `data/` (ideas 1 and T2)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@cache
def default_design() -> dict[str, Any]:
    """Stages with their texts per language, and the keys of tools; see `data/design.yaml`. Treat it as read-only."""
    return _read("design.yaml")


@cache
def mentoring_points() -> dict[str, Any]:
    """What a mentor offers, does and does not do (Annex 1); see `data/mentoring.yaml`. Treat it as read-only."""
    return _read("mentoring.yaml")


def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
