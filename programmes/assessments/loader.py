"""Questionnaires from `data/*.yaml` into rows: made where they are missing, corrected where their wording changed.

A published structure stays: a file that takes away, adds or moves a box must carry a new version number. A key never
changes its kind, in no version: the answers of all versions stand in the same rows.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction
from django.utils import timezone

from programmes.common.kinds import KINDS

from .enums import Party, Purpose

DATA = Path(__file__).parent / "data"
DEFAULT_KIND = "text"
FILES = ("needs", "strengths", "association-context")
"""The questionnaires of every programme."""
WORDING = {
    "QuestionnaireVersion": ("intro", "source"),
    "Section": ("title", "purpose"),
    "Question": ("title", "help", "number", "opens_first", "source"),
    "Part": ("letter", "label", "help", "prompts", "options"),
}
STRUCTURE = {
    "Section": ("order", "answered_by", "kept_by"),
    "Question": ("order",),
    "Part": ("order", "kind", "indicator"),
}


class StructureChangedError(ValueError):
    """A file changes boxes of a version that is published already."""


class KindChangedError(ValueError):
    """A file asks under a known key for another kind of value."""


class BadFileError(ValueError):
    """A file that is no questionnaire."""


@dataclass(frozen=True)
class Loaded:
    """How many rows were made, and how many got other words."""

    made: int = 0
    reworded: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(self.made + other.made, self.reworded + other.reworded)


def read(key: str) -> dict[str, Any]:
    """One questionnaire as its file says, with the shared sections put in and every question numbered."""
    return with_shared(_yaml(key))


def read_file(path: Path) -> dict[str, Any]:
    """A questionnaire that a programme brings itself; may `use` the shared sections. Raises BadFileError."""
    try:
        content = with_shared(yaml.safe_load(path.read_text(encoding="utf-8")))
        parts = [
            part for section in content["sections"] for question in section["questions"] for part in question["parts"]
        ]
        known = content["purpose"] in Purpose.values and {part["kind"] for part in parts} <= set(KINDS)
        complete = all(content[name] for name in ("key", "version", "title"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise BadFileError(f"{path.name} is no questionnaire: {error!r}") from error
    if not known or not complete:
        raise BadFileError(f"{path.name} has an unknown purpose or kind, or lacks its key, version or title.")
    return content


def with_shared(content: dict[str, Any]) -> dict[str, Any]:
    """The shared sections put in where the content names one."""
    shared = {section["key"]: section for section in _yaml("shared")["sections"]}
    return content | {"sections": [_section(entry, shared) for entry in content["sections"]]}


@transaction.atomic
def install(get_model: Callable[[str, str], type[models.Model]]) -> Loaded:
    """Brings the rows of everybody's questionnaires in step with the files; safe to run at any time.

    `get_model` is the registry's, of today or of a migration. Raises StructureChangedError, KindChangedError.
    """
    return sum((_Installation(get_model, read(key)).run() for key in FILES), Loaded())


@transaction.atomic
def install_for(programme: Any, content: dict[str, Any], get_model: Callable[[str, str], type[models.Model]]) -> Loaded:
    """The same for one questionnaire (see `read_file`) that a programme asks instead of everybody's."""
    return _Installation(get_model, content, owner=programme.pk).run()


def _yaml(name: str) -> dict[str, Any]:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def _section(entry: dict[str, Any], shared: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if "use" not in entry:
        return entry
    section, first = shared[entry["use"]], entry.get("first_number")
    if first is None:
        return section
    questions = [question | {"number": first + place} for place, question in enumerate(section["questions"])]
    return section | {"questions": questions}


class _Installation:
    """One questionnaire on its way into the tables; rows of a level are read, compared and written together."""

    def __init__(
        self, get_model: Callable[[str, str], type[models.Model]], content: dict[str, Any], owner: int | None = None
    ):
        self.model = lambda name: get_model("assessments", name)
        self.content, self.owner = content, owner
        self.loaded = Loaded()

    def run(self) -> Loaded:
        questionnaire = self._questionnaire()
        self._hold_kinds(questionnaire)
        version, is_new = self._version(questionnaire)
        entries = [(version, place, entry) for place, entry in enumerate(self.content["sections"])]
        for name, owner, children in (
            ("Section", "version", "questions"),
            ("Question", "section", "parts"),
            ("Part", "question", ""),
        ):
            rows = self._level(name, owner, entries, is_new=is_new)
            entries = [
                (rows[id(entry)], n, child) for _o, _p, entry in entries for n, child in _within(entry, children)
            ]
        if self.loaded.reworded:
            version.stamp = uuid.uuid4()  # type: ignore[attr-defined]
            version.save(update_fields=["stamp"])
        return self.loaded

    def _questionnaire(self) -> models.Model:
        model, key = self.model("Questionnaire"), self.content["key"]
        values = {"title": self.content["title"], "purpose": self.content["purpose"]}
        row = model._default_manager.filter(key=key, owner=self.owner).first()
        if row is None:
            self.loaded += Loaded(made=1)
            return model._default_manager.create(key=key, owner_id=self.owner, **values)
        self._write(model, [row] if _changed(row, values) else [], tuple(values))
        return row

    def _version(self, questionnaire: models.Model) -> tuple[models.Model, bool]:
        model, number = self.model("QuestionnaireVersion"), self.content["version"]
        values = {field: self.content.get(field, default) for field, default in (("intro", {}), ("source", ""))}
        row = model._default_manager.filter(questionnaire=questionnaire, number=number).first()
        if row is None:
            self.loaded += Loaded(made=1)
            place = {"questionnaire": questionnaire, "number": number, "published_at": timezone.now()}
            return model._default_manager.create(**place, **values), True
        self._write(model, [row] if _changed(row, values) else [], WORDING["QuestionnaireVersion"])
        return row, False

    def _hold_kinds(self, questionnaire: models.Model) -> None:
        """An answer is kept under its key whatever version asks: it must stay what it is. Within the version of the
        file itself a change of kind is one of structure."""
        rows = self.model("Part")._default_manager.filter(question__section__version__questionnaire=questionnaire)
        others = rows.exclude(question__section__version__number=self.content["version"])
        known = dict(others.values_list("key", "kind"))
        for entry in self._parts():
            before, now = known.get(entry["key"]), entry.get("kind", DEFAULT_KIND)
            if before not in (None, now):
                raise KindChangedError(
                    f"{self.content['key']}.yaml asks for {entry['key']} as {now}; an earlier version asked for it as "
                    f"{before}: give the box another key."
                )

    def _parts(self) -> Iterator[dict[str, Any]]:
        for section in self.content["sections"]:
            for question in section["questions"]:
                yield from question["parts"]

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
        "prompts": [],
        "number": None,
        "opens_first": False,
        "kind": DEFAULT_KIND,
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
