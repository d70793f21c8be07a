"""docs/annexes.md: for every prompt and part of the annexes, the question and the box that asks it.

Written from the method's own files by `python -m tests.annexes`; a test holds it in step.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "annexes.md"
FORMS = {"needs": "Annex 2, needs analysis", "strengths": "Annex 3, strengths and experience"}
ANNEX = {"needs": "A2", "strengths": "A3"}
HEADER = {
    "title": "Title of the plan",
    "mentee": "The city whose plan it is",
    "mentor": "The mentors of the partnership",
    "date_and_version": "Date of the plan, number and name of a frozen version",
}
INTRODUCTION = """\
# Where the annexes are asked

For every prompt and part of the guide's annexes, the question and the box that asks it. Written by
`python -m tests.annexes` from `programmes/assessments/data/coverage.yaml` and the files of the method;
`tests/assessments/test_content.py` proves that each box exists and names what it should, in both languages, and
`tests/assessments/test_annexes_table.py` that this page is in step.

A number such as 7a is prompt 7, part a; 9.funding is an example that prompt 9 gives; G4 is what chapter 4 of the guide
asks for beside its annexes, as does "beside". {policy_field} stands for the programme's field, {subject}
and {people_concerned} for words that a programme may replace (`programmes/partnerships/data/words.yaml`). National and
regional context is kept once with the association and offered for each of its cities.
"""


def document() -> str:
    """The whole page, in English."""
    from tests.method_files import content

    coverage = content("assessments/data/coverage.yaml")
    parts: list[str] = [INTRODUCTION]
    for key, title in FORMS.items():
        parts += [f"## {title}\n", *_lines(("Prompt", "Question", "Box", "Named there as"), _asked(key, coverage))]
    parts += ["## Annex 6, action plan\n", *_lines(("Prompt", "Box", "Named there as"), _planned(coverage))]
    parts += ["## Annex 5, local support network\n", *_lines(("Point", "Said to the city as"), _group(coverage))]
    parts += ["## Annex 1, mentoring\n", *_lines(("Point", "Under", "Said as"), _mentoring(coverage))]
    return "\n".join(parts)


def _lines(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [heads, ("---",) * len(heads), *rows]
    return [*(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines), ""]


def _asked(key: str, coverage: dict) -> Iterator[tuple[str, ...]]:
    from tests.method_files import QUESTIONNAIRES, parts_of, questions_of

    questions = {question["key"]: question for question in questions_of(QUESTIONNAIRES[key])}
    boxes = parts_of(QUESTIONNAIRES[key])
    rows = [row for row in coverage["questionnaires"] if key in row["ids"]]
    for row in sorted(rows, key=lambda row: questions[row["question"]].get("number", 99)):
        question = questions[row["question"]]
        named = row.get("named", {}).get("en", "")
        yield (
            row["ids"][key].removeprefix(f"{ANNEX[key]}."),
            f"{question.get('number', '')} {question['title']['en']}".strip(),
            "; ".join(f"{boxes[part]['label']['en']} (`{part}`)" for part in row["parts"]),
            named and f"“{named}”",
        )


def _planned(coverage: dict) -> Iterator[tuple[str, ...]]:
    from tests.method_files import content

    columns = {column["key"]: column for column in content("action_plans/data/columns.yaml")["columns"]}
    for row in coverage["plan"]:
        box = HEADER.get(row.get("field", "")) or "; ".join(
            f"{columns[key]['title']['en']} (`{key}`)" for key in row["columns"]
        )
        named = row.get("named", {}).get("en", "")
        yield row["id"].removeprefix("A6."), box, named and f"“{named}”"


def _group(coverage: dict) -> Iterator[tuple[str, ...]]:
    from tests.method_files import content

    file = content("partnerships/data/support_group_hints.yaml")
    lists = {"hint": "hints", "task": "tasks", "lifetime": "lifetime", "gain": "gains"}
    texts = {(kind, row["key"]): row["text"]["en"] for kind, name in lists.items() for row in file[name]}
    for row in coverage["support_group"]:
        kind = next(kind for kind in lists if kind in row)
        yield row["id"].removeprefix("A5."), texts[kind, row[kind]]


def _mentoring(coverage: dict) -> Iterator[tuple[str, ...]]:
    from tests.method_files import content

    file = content("partnerships/data/mentoring.yaml")
    for row in coverage["mentoring"]:
        points = file[row["list"]]
        said = {item["key"]: item["text"]["en"] for item in points["items"]}
        yield row["id"].removeprefix("A1."), points["title"]["en"], said[row["item"]]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.build")
    import django

    django.setup()
    DOCUMENT.write_text(document(), encoding="utf-8")
