"""What every kind keeps, a future one too: the registry is asked, no kind is named."""

from datetime import date

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from programmes.common.kinds import ALL, KINDS, Box, kind_of

OPTIONS = ({"key": "born", "label": {"en": "Born abroad", "es": "Nacidas fuera"}},)
DAY = date(2027, 1, 31)

every_kind = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.key)


def box_of(kind) -> Box:
    return Box("local.box", kind.key, OPTIONS, takes_share=True)


def example(kind):
    return kind.example("One morning a week", DAY, box_of(kind))


def typed_again(kind, value) -> QueryDict:
    """What a browser sends that shows the value and changes nothing."""
    data = QueryDict(mutable=True)
    data.update({name: str(typed) for name, typed in kind.initial(value).items() if typed not in (None, "")})
    return data


def test_keys_are_unique_and_fit_their_column():
    assert len(KINDS) == len(ALL)
    assert all(len(key) <= 20 for key in KINDS)


@every_kind
def test_a_kind_is_found_by_its_box(kind):
    assert kind_of(box_of(kind)) is kind
    assert str(kind.label)


@every_kind
@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_shown_can_be_saved_again(kind, language):
    with translation.override(language):
        form = kind.form(box_of(kind), data=typed_again(kind, example(kind)))
        assert form.is_valid(), form.errors
        assert form.cleaned_data["value"] == example(kind)


@every_kind
@pytest.mark.parametrize("value", ["", None])
def test_nothing_is_empty_and_reads_as_nothing(kind, value):
    box = box_of(kind)
    assert kind.is_empty(value)
    assert not kind.has_words(value)
    assert kind.markup(value, box) == kind.compared(value, box) == ""
    assert kind.span(value) is None
    assert not list(kind.figures(value))


@every_kind
def test_an_empty_post_cleans_to_nothing(kind):
    form = kind.form(box_of(kind), data=QueryDict(""))
    assert form.is_valid(), form.errors
    assert kind.is_empty(form.cleaned_data["value"])


@every_kind
def test_a_value_reads_in_words_and_compares_as_text(kind):
    box, value = box_of(kind), example(kind)
    assert not kind.is_empty(value)
    assert kind.markup(value, box)
    assert isinstance(kind.compared(value, box), str)
    if kind.merges:
        assert kind.untyped(kind.compared(value, box)) == value
    if kind.is_tabular:
        assert kind.row(value).number
    if kind.is_dated:
        assert kind.span(value)
    if kind.has_words(value):
        assert "Una mañana" in kind.translated(value, "Una mañana", box)


@every_kind
def test_the_template_draws_every_field_of_the_form_by_its_name(kind):
    box = box_of(kind)
    html = render_to_string(kind.template, {"input": kind.input(box, example(kind), id="box-1", label="The box")})
    fields = set(kind.form(box).fields) - {"language"}
    assert {name for name in fields if f'name="{name}"' not in html} == set()
    assert ('id="box-1"' in html) == kind.has_one_control
