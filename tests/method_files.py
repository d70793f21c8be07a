"""The method and the demo as files, read the way the tests want them."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from programmes.assessments import loader

PROGRAMMES = Path(loader.__file__).parents[1]
QUESTIONNAIRES = {key: loader.read(key) for key in loader.FILES}


def read(file: Path):
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def content(path: str):
    """A file by its path below `programmes`."""
    return read(PROGRAMMES / path)


def name_of(file: Path) -> str:
    return f"{file.parts[-3]}/{file.name}"


def walk(node, path: str = "") -> Iterator[tuple[str, dict]]:
    """Every mapping of a file with the path that leads to it."""
    if isinstance(node, dict):
        yield path, node
        for key, child in node.items():
            yield from walk(child, f"{path}.{key}")
    elif isinstance(node, list):
        for place, child in enumerate(node):
            yield from walk(child, f"{path}[{place}]")


def questions_of(questionnaire: dict) -> list[dict]:
    return [question for section in questionnaire["sections"] for question in section["questions"]]


def parts_of(questionnaire: dict) -> dict[str, dict]:
    """Boxes of a questionnaire by key."""
    return {part["key"]: part for question in questions_of(questionnaire) for part in question["parts"]}
