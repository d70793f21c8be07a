"""Lines that run against the text around them."""

import time

import pytest

from programmes.common.directions import by_direction, direction_of
from programmes.common.markup import html_of, parse
from programmes.reports import blocks, fitting
from programmes.reports.templatetags import printing


@pytest.mark.parametrize(
    ("text", "otherwise", "way"),
    [
        ("Hello", "rtl", "ltr"),
        ("2027: مرحبا", "ltr", "rtl"),
        ("שלום", "ltr", "rtl"),
        ("2027 – 2028", "rtl", "rtl"),
        ("", "ltr", "ltr"),
    ],
)
def test_the_first_letter_decides(text, otherwise, way):
    assert direction_of(text, otherwise) == way


def turned(text: str, base: str) -> str:
    return html_of(by_direction(parse(text), base))


def test_a_paragraph_is_split_where_its_lines_turn():
    assert turned("One **bold**\ntwo\nمرحبا\nthree", "ltr") == (
        '<p>One <strong>bold</strong><br>two</p><p dir="rtl">مرحبا</p><p>three</p>'
    )


def test_a_list_turns_with_its_first_item():
    assert turned("- مرحبا\n- English\n- أهلا", "ltr") == (
        '<ul dir="rtl"><li>مرحبا</li><li dir="ltr">English</li><li>أهلا</li></ul>'
    )


def test_what_runs_with_the_text_around_it_stays_as_it_is():
    text = "One\ntwo\n\n1. three\n   - four"
    assert turned(text, "ltr") == html_of(parse(text))


@pytest.mark.parametrize("text", ["a." * 50_000, "a-" * 50_000, "a@" * 50_000, "\n" * 100_000, "www." * 25_000])
def test_printing_looks_through_a_text_once(text):
    """Addresses, words and directions are looked for in every text that is printed, whatever it is."""
    cell = blocks.Cell((blocks.Prose(text),))
    table = blocks.Table("Actions", (blocks.Column("Action"),), ((cell,),))
    begun = time.process_time()
    printing.printed(text, "en", "en")
    fitting.widths(table, wide=True)
    assert time.process_time() - begun < 10
