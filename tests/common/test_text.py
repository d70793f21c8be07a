"""Cleaning, light markup, differences."""

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.common import markup
from programmes.common.diffing import word_diff
from programmes.common.markup import List, Paragraph, Run
from programmes.common.text import clean, clean_value, fold, is_storable

anything = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)
marks = st.lists(
    st.sampled_from(["*", "**", "_", "- ", "1. ", "\n", "  ", "[a](", "[]()", "http://x.y", ")", "<b>", "\\", "a"])
)


pieces = [*" .,:;!?()&'\"«»–-+#>=|~`$1a", "é", "http", "https", "//", "www.", "1. ", "\u00a0", "\u2028", "\x0b"]
in_one_line = st.tuples(st.sampled_from(["A", "ß", "ا", "Ā", "三"]), st.lists(st.sampled_from(pieces))).map(
    lambda parts: parts[0] + "".join(parts[1])
)
"""What begins as a word and comes near a mark."""


@settings(derandomize=True, max_examples=300)
@given(st.one_of(in_one_line, anything))
def test_one_line_without_marks_is_the_same_with_and_without_the_parser(text):
    """`parse` and `to_html` leave the parser out for what most boxes hold."""
    text = clean(text)
    if markup._ONE_LINE.fullmatch(text):
        parsed = list(markup._blocks(iter(markup._parser().parse(text))))
        assert markup.parse(text) == parsed
        assert unescape(markup.to_html(text)) == unescape(markup.html_of(parsed))


def test_most_of_what_people_write_takes_the_short_way():
    short = ["Head of the library", "Courses end at A2; nobody practises.", "Grupo «A» – 3 × 2", "A & B"]
    assert all(markup._ONE_LINE.fullmatch(text) for text in short)


@given(anything)
def test_whatever_comes_in_can_be_stored(text):
    cleaned = clean(text)
    assert is_storable(cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()


def test_cleaning_keeps_what_people_write():
    text = "Ārija\tΑθήνα مرحبا 👩‍👩‍👧\nend"
    assert clean(text) == text
    assert clean("a\r\nb\x0bc\u2028d\x00\ud800e\x07") == "a\nb\nc\nde"
    assert clean_value({"a\x00": ["b\x00", 3, None]}) == {"a": ["b", 3, None]}


def test_folding():
    assert fold("  Ķekava  ΑΘΉΝΑ ") == "kekava αθηνα"


def test_blocks():
    assert markup.parse("One **bold**\nline\n\n- a\n- b\n  1. *c*") == [
        Paragraph((Run("One "), Run("bold", bold=True), Run("\n"), Run("line"))),
        List(
            False,
            (
                (Paragraph((Run("a"),)),),
                (Paragraph((Run("b"),)), List(True, ((Paragraph((Run("c", italic=True),)),),))),
            ),
        ),
    ]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "<p>a<br>b</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("12 000 € a year", "<p>12 000 € a year</p>"),
        ("12) a year", '<ol start="12"><li>a year</li></ol>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[word]()", "<p>[word]()</p>"),
        ("a **[word]( )** [b]", "<p>a <strong>[word]( )</strong> [b]</p>"),
        (
            "[](https://a.example)",
            '<p>[](<a href="https://a.example" rel="noopener noreferrer nofollow">https://a.example</a>)</p>',
        ),
        ("    not code", "<p>not code</p>"),
        ("`x` | y", "<p>`x` | y</p>"),
        ("3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'),
        (
            "see https://a.example/b.",
            '<p>see <a href="https://a.example/b" rel="noopener noreferrer nofollow">https://a.example/b</a>.</p>',
        ),
        (
            "[us](mailto:a@b.example)",
            '<p><a href="mailto:a@b.example" rel="noopener noreferrer nofollow">us</a></p>',
        ),
        ("", ""),
    ],
)
def test_html(text, html):
    assert markup.to_html(text) == html


@given(marks.map("".join))
def test_no_mark_makes_markup_fail_or_unsafe(text):
    assert "<b>" not in markup.to_html(text)
    markup.plain(text)


@pytest.mark.parametrize("text", ["- " * 500 + "deep", "\n".join(" " * 2 * i + f"- x{i}" for i in range(300)) + "deep"])
def test_deep_nesting_drops_nothing(text):
    assert "deep" in markup.plain(text)


def test_plain_words():
    assert (
        markup.plain("**A** [b](https://c.example)\n\n1. x\n2. y\n   - z")
        == "A b (https://c.example)\n\n1. x\n2. y\n   - z"
    )


def test_differences_are_marked_and_escaped():
    html = word_diff("the <old> plan", "the new plan")
    assert "<old>" not in html
    assert "&lt;old&gt;" in html
    assert html.count("<ins>") == 1
    assert html.endswith(" plan")


def test_differences_are_read_without_bullets_and_stars():
    html = word_diff("- twenty pairs", "- twenty **active** pairs\n* and a page")
    assert "*" not in html
    assert html.startswith("• twenty ")
    assert "• and a page" in html


def test_what_only_became_bold_is_a_difference_too():
    assert "**" in word_diff("twenty pairs", "**twenty** pairs")


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_text_without_difference_has_no_marks(text, other):
    assert "<ins>" not in word_diff(text, text)
    assert ("<ins>" in word_diff("", other)) == bool(other)
