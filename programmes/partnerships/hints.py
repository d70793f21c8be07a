"""What Annex 5 recommends for a local support group, as hints to the city and its facilitator, never as faults."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from programmes.common.fields import in_language

from .models import SupportGroupMember

SOURCE = Path(__file__).parent / "data" / "support_group_hints.yaml"
COMFORTABLE_SIZE = 10


@dataclass(frozen=True)
class Hint:
    """`text` in the reader's language; `met` is None for what cannot be seen from the list."""

    key: str
    text: str
    met: bool | None


@cache
def _source() -> dict:
    return yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def hints_for(members: Sequence[SupportGroupMember]) -> list[Hint]:
    """One hint per recommendation; those already met come last."""
    current = [member for member in members if member.ended_on is None]
    hints = [Hint(row["key"], in_language(row["text"]), _met(row, current)) for row in _source()["hints"]]
    return sorted(hints, key=lambda hint: hint.met is True)


def _met(row: dict, members: Sequence[SupportGroupMember]) -> bool | None:
    match row.get("check"):
        case "size":
            return 0 < len(members) <= COMFORTABLE_SIZE
        case "migrant_seats":
            return any(member.represents_migrants for member in members)
        case "dialogue":
            return any(member.had_dialogue for member in members)
        case "sectors":
            return any(member.sector in row["sectors"] for member in members)
        case "all_sectors":
            return {member.sector for member in members} >= set(row["sectors"])
    return None


def about() -> dict[str, list[str]]:
    """Tasks, lifetime and gains of a group, in the reader's language."""
    return {
        part: [in_language(row["text"]) for row in _source().get(part, [])] for part in ("tasks", "lifetime", "gains")
    }
