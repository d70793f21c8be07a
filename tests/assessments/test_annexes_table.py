"""docs/annexes.md says for every prompt and part of the annexes which question and box asks it."""

from tests.annexes import ANNEX, DOCUMENT, document
from tests.method_files import content


def test_the_page_is_in_step_with_the_method():
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "Please run: python -m tests.annexes"


def test_every_item_of_the_annexes_has_its_line():
    coverage, lines = content("assessments/data/coverage.yaml"), document().splitlines()
    first_cells = [line.split(" | ")[0].removeprefix("| ") for line in lines if line.startswith("| ")]
    for row in coverage["questionnaires"]:
        for key, asked in row["ids"].items():
            if key in ANNEX:
                assert asked.removeprefix(f"{ANNEX[key]}.") in first_cells
    for row in (*coverage["plan"], *coverage["support_group"]):
        assert row["id"].partition(".")[2] in first_cells
