"""What is typed, what is stored, what is shown, for each kind of box."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import translation

from programmes.common import numbers
from programmes.common.kinds import Box, kind_of, slug
from programmes.common.kinds.list import LONGEST_LINE, LONGEST_LIST

FIGURE = Box("local.inhabitants", "figure")
BUDGET = Box("local.city_budget", "money")
SHARE = Box("local.integration_budget", "money", takes_share=True)
PERIOD = Box("time", "period")
CHOICE = Box(
    "local.definition",
    "choice",
    options=({"key": "born", "label": {"en": "Born abroad", "es": "Nacidas fuera"}}, {"key": "varies", "label": {}}),
)
TEXT, LIST = Box("challenge.what", "text"), Box("challenge.partners", "list")


def clean(box: Box, post: str | dict):
    data = QueryDict(mutable=True)
    data.update(post) if isinstance(post, dict) else data.update(QueryDict(post))
    form = kind_of(box).form(box, data=data)
    return form.cleaned_data["value"] if form.is_valid() else dict(form.errors)


# Numbers


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *[(text, "55300") for text in ("55300", "55 300", "55.300", "55,300", "55\u202f300", "55\u00a0300", "55'300")],
        *[(text, "1234567") for text in ("1.234.567", "1,234,567", "1 234 567")],
        *[(text, "1234.5") for text in ("1234,5", "1234.5", "1.234,5", "1,234.5")],
        ("2,5", "2.5"),
        ("0.125", "0.125"),
        ("~ 55 000", "55000"),
        ("ca. 55 000", "55000"),
        ("٥٥", "55"),
        ("0", "0"),
    ],
)
def test_numbers_in_anybodys_spelling(typed, meant):
    assert numbers.parse(typed) == Decimal(meant)


@pytest.mark.parametrize(
    "typed", ["", "many", "-5", "1e5", "1.2.3", "12,34,567", "5.", ".5", "1.234.56", "=1+1", "NaN", "inf", "½", "10 %"]
)
def test_what_is_no_number(typed):
    assert numbers.parse(typed) is None


# Figures and sums


@pytest.mark.parametrize(
    ("post", "value"),
    [
        ("value=", ""),
        ("value=&state=known", ""),
        ("value=55 300", {"state": "known", "value": "55300"}),
        (
            "value=55.300&year=2020&source=CSB&state=approximate",
            {"state": "approximate", "value": "55300", "year": 2020, "source": "CSB"},
        ),
        ("value=~55300", {"state": "approximate", "value": "55300"}),
        ("state=not_known", {"state": "not_known"}),
        ("year=2020", {"state": "known", "year": 2020}),
    ],
)
def test_figures(post, value):
    assert clean(FIGURE, post) == value


@pytest.mark.parametrize(
    ("post", "field"),
    [
        ("value=many", "value"),
        ("value=1,5", "value"),
        ("value=" + "9" * 40, "value"),
        ("value=" + "9" * 600, "value"),
        ("value=5&year=twenty", "year"),
        ("value=5&year=1066", "year"),
        ("value=5&year=" + "9" * 30, "year"),
        ("value=5&state=perhaps", "state"),
        ("value=5&state=not_known", "state"),
        ("value=5&source=" + "x" * 301, "source"),
    ],
)
def test_a_wrong_figure_is_told_at_its_field(post, field):
    errors = clean(FIGURE, post)
    assert set(errors) == {field}
    assert errors[field][0]


@pytest.mark.parametrize(
    ("box", "post", "value"),
    [
        (BUDGET, "amount=1.500.000", {"state": "known", "amount": "1500000", "currency": "EUR"}),
        (BUDGET, "amount=12,50&currency=SEK", {"state": "known", "amount": "12.50", "currency": "SEK"}),
        (SHARE, "percent=2,5&state=approximate", {"state": "approximate", "percent": "2.50"}),
        (SHARE, "state=not_known", {"state": "not_known"}),
        (BUDGET, "amount=&currency=SEK", ""),
        (BUDGET, "percent=5", ""),
    ],
)
def test_sums(box, post, value):
    assert clean(box, post) == value


@pytest.mark.parametrize(
    ("post", "field"), [("percent=101", "percent"), ("amount=x", "amount"), ("currency=XXX", "currency")]
)
def test_a_wrong_sum_is_told_at_its_field(post, field):
    assert set(clean(SHARE, post)) == {field}


def test_numbers_are_shown_as_the_reader_writes_them():
    value = {"state": "approximate", "value": "55300", "year": 2020, "source": "CSB"}
    kind = kind_of(FIGURE)
    assert kind.markup(value, FIGURE) == "approximately 55,300 (2020, CSB)"
    with translation.override("es"):
        assert "55" in kind.number(value)
        assert "55,300" not in kind.number(value)
    assert kind.number({"state": "not_known"}) == "not known"
    assert kind_of(SHARE).number({"state": "known", "percent": "2.50"}) == "2.50 %"


def test_what_is_shown_can_be_typed_again():
    """Whoever saves a figure without touching it changes nothing, in any language."""
    value = {"state": "known", "value": "1234567", "year": 2020, "source": "CSB"}
    for language in ("en", "es"):
        with translation.override(language):
            form = kind_of(FIGURE).form(FIGURE, value=value)
            typed = {field.name: field.value() for field in form if field.value() is not None}
            assert clean(FIGURE, typed) == value


# Lists, choices, texts


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("", []),
        ("one\r\ntwo\n\n  three  ", ["one", "two", "three"]),
        ("- one\n• two\n-three", ["one", "two", "-three"]),
        ("=HYPERLINK(1)\n<script>", ["=HYPERLINK(1)", "<script>"]),
    ],
)
def test_lists(typed, entries):
    assert clean(LIST, {"value": typed}) == entries


@pytest.mark.parametrize("typed", ["\n".join("x" for _ in range(LONGEST_LIST + 1)), "x" * (LONGEST_LINE + 1)])
def test_a_list_too_long_is_told(typed):
    assert "value" in clean(LIST, {"value": typed})


def test_choices():
    assert clean(CHOICE, "value=born") == "born"
    assert clean(CHOICE, "value=") == ""
    assert "value" in clean(CHOICE, "value=other")
    assert kind_of(CHOICE).markup("born", CHOICE) == "Born abroad"
    assert kind_of(CHOICE).markup("gone", CHOICE) == ""


def test_texts_keep_what_was_typed():
    text = "**Ķekava**, Αθήνα, مرحبا 👋\n\n- one"
    assert clean(TEXT, {"value": text, "language": "lv"}) == text
    assert "language" in clean(TEXT, {"value": text, "language": "xx"})
    assert "value" in clean(TEXT, {"value": "x" * 100_001})


# Periods


@pytest.mark.parametrize(
    ("post", "value"),
    [
        ("", ""),
        ("words= spring ", {"from": "", "to": "", "words": "spring"}),
        ("date_from=2027-01-31", {"from": "2027-01-31", "to": "", "words": ""}),
        ("date_from=2027-01-31&date_to=2027-01-31", {"from": "2027-01-31", "to": "2027-01-31", "words": ""}),
    ],
)
def test_periods(post, value):
    assert clean(PERIOD, post) == value


@pytest.mark.parametrize(
    ("post", "field"),
    [
        ("date_from=2027-02-31", "date_from"),
        ("date_from=1066-10-14", "date_from"),
        ("date_from=2027-02-01&date_to=2027-01-31", "date_to"),
        ("words=" + "x" * 201, "words"),
    ],
)
def test_a_wrong_period_is_told_at_its_field(post, field):
    assert set(clean(PERIOD, post)) == {field}


def test_a_period_is_read_and_drawn():
    kind = kind_of(PERIOD)
    whole = {"from": "2027-01-01", "to": "2027-06-30", "words": "as the school year allows"}
    assert kind.markup(whole, PERIOD) == "1 January 2027 – 30 June 2027 · as the school year allows"
    assert kind.translated(whole, "según el curso", PERIOD).endswith("30 June 2027 · según el curso")
    assert kind.markup({"from": "", "to": "2027-06-30", "words": ""}, PERIOD) == "until 30 June 2027"
    assert kind.span({"from": "", "to": "2027-06-30", "words": ""}) == (None, date(2027, 6, 30))
    assert kind.span({"from": "", "to": "", "words": "spring"}) is None


@pytest.mark.parametrize("box", [TEXT, LIST, FIGURE, BUDGET, CHOICE, PERIOD], ids=lambda box: box.kind)
def test_an_empty_box_is_empty(box):
    value = clean(box, "")
    assert kind_of(box).is_empty(value)
    assert kind_of(box).markup(value, box) == ""


def test_slugs_may_stand_in_a_page():
    assert slug("local.foreign_born") == "local-foreign-born"
