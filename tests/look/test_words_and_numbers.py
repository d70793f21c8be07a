"""What the tags and filters of the pages make of values."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from programmes.common.languages import CONTENT_LANGUAGES
from programmes.common.templatetags import ui


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        ("en", 55300, "55,300"),
        ("es", 55300, "55.300"),
        ("en", Decimal("12.50"), "12.5"),
        ("en", 0, "0"),
        ("en", None, ""),
    ],
)
def test_numbers_as_the_reader_writes_them(language, value, text):
    with translation.override(language):
        assert ui.number(value).replace("\N{NO-BREAK SPACE}", ".") == text


def test_money_stays_on_one_line():
    with translation.override("en"):
        assert ui.money(Decimal(12000)) == "12,000\N{NO-BREAK SPACE}€"


@pytest.mark.parametrize(
    ("begun", "ended", "text"),
    [
        ("2021-11-15", "2021-11-16", "15–16 November 2021"),
        ("2021-11-15", "2021-11-15", "15 November 2021"),
        ("2021-11-30", "2021-12-01", "30 November 2021 – 1 December 2021"),
        ("2021-11-15", None, "since 15 November 2021"),
        (None, "2021-11-16", "until 16 November 2021"),
        (None, None, ""),
    ],
)
def test_times_as_short_as_possible(begun, ended, text):
    days = [day and datetime.date.fromisoformat(day) for day in (begun, ended)]
    with translation.override("en"):
        assert ui.until(*days) == text


@pytest.mark.parametrize(
    ("name", "letters"), [("Anna Bērziņa", "AB"), ("Integration officer, Jelgava", "IJ"), ("Łódź", "Ł"), ("", "?")]
)
def test_initials(name, letters):
    assert ui.initials(name) == letters


def test_language_is_named_only_where_it_differs():
    with translation.override("en"):
        assert [ui.lang_attr(code) for code in ("en", "", "lv", "ar", "xx")] == [
            "",
            "",
            ' lang="lv"',
            ' lang="ar" dir="rtl"',
            ' lang="xx"',
        ]
        assert ui.language_name("lv") == "Latvian"
    with translation.override("es"):
        assert ui.language_name("lv") == "letón"


@pytest.mark.parametrize("interface", ["en", "es"])
def test_every_language_that_is_offered_has_a_name(interface):
    """Some come with people and not with Django: their code is nobody's word for them."""
    with translation.override(interface):
        assert [code for code, _name in CONTENT_LANGUAGES if ui.language_name(code) == code] == []


def test_wrapper_only_around_something():
    template = Template('{% load ui %}{% wrap "nav" "crumbs" label=name %}{{ inside }}{% endwrap %}')
    assert template.render(Context({"inside": "  ", "name": "x"})) == ""
    assert (
        template.render(Context({"inside": "<b>", "name": '"'}))
        == '<nav class="crumbs" aria-label="&quot;">&lt;b&gt;</nav>'
    )


def test_icon_is_for_the_eye_unless_it_has_words():
    assert 'aria-hidden="true"' in ui.icon("eye")
    assert 'aria-label="Seen &lt;b&gt;"' in ui.icon("eye", "Seen <b>")
