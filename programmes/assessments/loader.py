"""Questionnaires from `data/*.yaml` into rows: made where they are missing, corrected where their wording changed.

A published structure stays: a file that takes away, adds or moves a box must carry a new version number.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction
from django.utils import timezone

from .enums import PartKind, Party, QuestionnaireKey

DATA = Path(__file__).parent / "data"
WORDING = {
    "Questionnaire": ("title", "purpose", "source"),
    "Section": ("title", "purpose"),
    "Question": ("title", "help", "number", "opens_first", "source"),
    "Part": ("letter", "label", "help", "options"),
}
STRUCTURE = {
    "Questionnaire": (),
    "Section": ("order", "answered_by", "kept_by"),
    "Question": ("order",),
    "Part": ("order", "kind", "indicator"),
}


class StructureChangedError(ValueError):
    """A file changes boxes of a version that is published already."""


@dataclass(frozen=True)
class Loaded:
    """How many rows were made, and how many got other words."""

    made: int = 0
    reworded: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.made + other.made, self.reworded + other.reworded)


def read(key: str) -> dict[str, Any]:
    """One questionnaire as its file says, with the shared sections put in and every question numbered."""
    content = _yaml(key)
    shared = {section["key"]: section for section in _yaml("shared")["sections"]}
    return content | {"sections": [_section(entry, shared) for entry in content["sections"]]}


@transaction.atomic
def install(get_model: Callable[[str, str], type[models.Model]]) -> Loaded:
    """Brings the rows of all questionnaires in step with the files; safe to run at any time.

    `get_model` is the registry's, of today or of a migration. Raises StructureChangedError.
    """
    return sum((_Installation(get_model, read(key)).run() for key in QuestionnaireKey.values), Loaded())


def _yaml(name: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _section(entry: dict[str, Any], shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if "use" not in entry:
        return entry
    section, first = shared[entry["use"]], entry["first_number"]
    questions = [question | {"number": first + place} for place, question in enumerate(section["questions"])]
    return section | {"questions": questions}


class _Installation:
    """One questionnaire on its way into the tables; rows of a level are read, compared and written together."""

    def __init__(self, get_model: Callable[[str, str], type[models.Model]], content: dict[str, Any]):
        self.model = lambda name: get_model("assessments", name)
        self.content = content
        self.loaded = Loaded()

    def run(self) -> Loaded:
        questionnaire, is_new = self._questionnaire()
        entries = [(questionnaire, place, entry) for place, entry in enumerate(self.content["sections"])]
        for name, owner, children in (
            ("Section", "questionnaire", "questions"),
            ("Question", "section", "parts"),
            ("Part", "question", ""),
        ):
            rows = self._level(name, owner, entries, is_new=is_new)
            entries = [
                (rows[id(entry)], n, child) for _o, _p, entry in entries for n, child in _within(entry, children)
            ]
        return self.loaded

    def _questionnaire(self) -> tuple[models.Model, bool]:
        model = self.model("Questionnaire")
        values = {field: self.content[field] for field in WORDING["Questionnaire"]}
        row = model._default_manager.filter(key=self.content["key"], version=self.content["version"]).first()
        if row is None:
            self.loaded += Loaded(made=1)
            key, version = self.content["key"], self.content["version"]
            return model._default_manager.create(key=key, version=version, published_at=timezone.now(), **values), True
        self._write(model, [row] if _changed(row, values) else [], WORDING["Questionnaire"])
        return row, False

    def _level(self, name: str, owner: str, entries: Sequence[tuple], *, is_new: bool) -> dict[int, models.Model]:
        """Rows of one table by the identity of their entry in the file."""
        model = self.model(name)
        owners = {parent.pk for parent, _place, _entry in entries}
        known = {
            (getattr(row, f"{owner}_id"), row.key): row  # type: ignore[attr-defined]
            for row in model._default_manager.filter(**{f"{owner}__in": owners})
        }
        rows, made, reworded = {}, [], []
        for parent, place, entry in entries:
            row = known.pop((parent.pk, entry["key"]), None)
            if row is None:
                row = model(**{owner: parent, "key": entry["key"]} | _values(name, entry, place, both=True))
                made.append(row)
            else:
                self._hold_structure(name, row, entry, place)
                if _changed(row, _values(name, entry, place, both=False)):
                    reworded.append(row)
            rows[id(entry)] = row
        if not is_new and (made or known):
            raise self._refusal(name)
        model._default_manager.bulk_create(made)
        self.loaded += Loaded(made=len(made))
        self._write(model, reworded, WORDING[name])
        return rows

    def _write(self, model: type[models.Model], rows: list[models.Model], fields: Sequence[str]) -> None:
        if rows:
            model._default_manager.bulk_update(rows, fields)
            self.loaded += Loaded(reworded=len(rows))

    def _hold_structure(self, name: str, row: models.Model, entry: dict[str, Any], place: int) -> None:
        now = _values(name, entry, place, both=True)
        if any(getattr(row, field) != now[field] for field in STRUCTURE[name]):
            raise self._refusal(name)

    def _refusal(self, name: str) -> StructureChangedError:
        key, version = self.content["key"], self.content["version"]
        return StructureChangedError(
            f"{key}.yaml changes the structure ({name}) of version {version}, which is published: "
            f"give the file version {version + 1}."
        )


def _within(entry: dict[str, Any], children: str) -> Iterator[tuple[int, dict[str, Any]]]:
    return iter(enumerate(entry.get(children, ())))


def _values(name: str, entry: dict[str, Any], place: int, *, both: bool) -> dict[str, Any]:
    """Columns of a row, from its entry in the file; `both`: with those that make up the structure."""
    defaults = {
        "order": place,
        "purpose": {},
        "help": {},
        "label": {},
        "letter": "",
        "source": "",
        "indicator": "",
        "options": [],
        "opens_first": False,
        "kind": PartKind.TEXT,
        "answered_by": Party.CITY,
        "kept_by": Party.CITY,
    }
    fields = WORDING[name] + (STRUCTURE[name] if both else ())
    return {field: entry.get(field, defaults.get(field)) for field in fields}


def _changed(row: models.Model, values: dict[str, Any]) -> bool:
    """Puts the values on the row; whether any was another."""
    different = {field: value for field, value in values.items() if getattr(row, field) != value}
    for field, value in different.items():
        setattr(row, field, value)
    return bool(different)
