"""The files of the demo, read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILES = Path(__file__).parent.parent / "demo"
EMBLEM = FILES / "emblem.png"
COMMON = ("organisations", "people", "programme", "associations", "practices")

Entry = dict[str, Any]


@dataclass(frozen=True)
class Texts:
    """`cities` are the files of single cities, by the key of the city."""

    organisations: Entry
    people: list[Entry]
    programme: Entry
    associations: list[Entry]
    practices: Entry
    cities: dict[str, Entry]

    @classmethod
    def read(cls) -> "Texts":
        files = {path.stem: _content(path) for path in sorted(FILES.glob("*.yaml"))}
        organisations, people, programme, associations, practices = (files.pop(name) for name in COMMON)
        cities = {file["organisation"]: file for file in files.values()}
        return cls(organisations, people["people"], programme, associations["associations"], practices, cities)


def _content(path: Path) -> Entry:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
