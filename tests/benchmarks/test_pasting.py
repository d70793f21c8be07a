"""A pasted table as factors, by what programs put on the clipboard."""

import time
from contextlib import suppress

import pytest

from programmes.benchmarks import pasting

WORD = (
    "Key factor\tWhy\tQuestions\n"
    "8 Time to learn\tPeople work in shifts.\nFew find hours.\t- Are there evening courses?\n- Who knows of them?\n"
    "Ask the bus company.\n"
    "9 Money\tCourses cost.\tWho pays?\n"
)
SPREADSHEET = (
    '"1. One door"\t"People get lost.\nWhat cities can do:\n- open a desk\n2. train ""staff"""\t'
    '"Questions:\nWhere do people ask?\nTell us.\nPractical tips:\nBegin small?\nExamples:\n'
    'A desk in Riverton (https://riverton.example/desk)."\n'
    "Fair rents\tRents rise.\tHow high?"
)


def test_word_breaks_lines_inside_cells():
    first, second = pasting.read(WORD).factors
    assert first.boxes() == {
        "title": "Time to learn",
        "why": "People work in shifts.\n\nFew find hours.",
        "how": "",
        "questions": ["Are there evening courses?", "Who knows of them?"],
        "tips": ["Ask the bus company."],
    }
    assert (second.title, second.questions) == ("Money", ["Who pays?"])


def test_a_spreadsheet_quotes_cells_of_several_lines():
    first, second = pasting.read(SPREADSHEET).factors
    assert (first.title, first.why, first.how) == ("One door", ["People get lost."], ["open a desk", 'train "staff"'])
    assert (first.questions, first.tips) == (["Where do people ask?", "Tell us."], ["Begin small?"])
    assert first.examples == [pasting.PastedExample("A desk in Riverton ( ).", "https://riverton.example/desk")]
    assert second.title == "Fair rents"


def test_merged_cells():
    reading = pasting.read("Part two\t\t\n2 Rents\tRents rise.\tHow high?\n\tWages do not.\tSince when?")
    assert [factor.title for factor in reading.factors] == ["Rents"]
    assert reading.factors[0].joined
    assert reading.factors[0].questions == ["How high?", "Since when?"]
    assert reading.left_out == ["Part two"]


@pytest.mark.parametrize(
    ("table", "refusal"),
    [
        ("a\tb\tc\td\ne\tf\tg", pasting.WrongColumns),
        ("\n".join(f"{n} Factor\tWhy\tReally?" for n in range(500)), pasting.LongTable),
        ("A text without any table.\nAnd a second line.", pasting.NoTable),
        ("\t\t\n\t\t", pasting.NoTable),
        ("x" * 201 + "\tWhy\tReally?", pasting.LongCell),
        ("Rents\tWhy\t" + "x" * 1001, pasting.LongCell),
    ],
)
def test_what_is_no_table_of_factors_is_refused(table: str, refusal: type):
    with pytest.raises(refusal):
        pasting.read(table)


def test_four_columns_are_named_by_their_rows():
    with pytest.raises(pasting.WrongColumns, match="Row 2 has"):
        pasting.read("a\tb\tc\nd\te\tf\tg")


@pytest.mark.parametrize("evil", ['"' * 100_000, '\t"' * 50_000, '\t"a' * 50_000, "a\n" * 100_000, "\t" * 200_000])
def test_hostile_tables_are_read_or_refused_at_once(evil: str):
    begun = time.process_time()
    with suppress(pasting.Refusal):
        pasting.read(evil)
    assert time.process_time() - begun < 0.5
