"""A kind that does not exist yet needs its class and its line in the registry, nothing else."""

from datetime import date

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from programmes.common.kinds import KINDS, Box, Kind, ValueForm, kind_of

BOX = Box("local.since", "day")


class DayForm(ValueForm):
    value = forms.DateField(required=False)

    def clean_value(self) -> str:
        day = self.cleaned_data["value"]
        return day.isoformat() if day else ""


class Day(Kind):
    key = "day"
    label = "Day"
    form_class = DayForm
    input_type = "date"
    has_language = False
    is_dated = True

    def markup(self, value, box):
        return value or ""

    def span(self, value):
        return (date.fromisoformat(value),) * 2 if value else None


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setitem(KINDS, "day", Day())


def test_it_is_found_typed_stored_and_drawn():
    kind = kind_of(BOX)
    form = kind.form(BOX, data=QueryDict("value=2027-01-31"))
    assert form.is_valid()
    assert form.cleaned_data["value"] == "2027-01-31"
    assert kind.span("2027-01-31") == (date(2027, 1, 31), date(2027, 1, 31))
    shown = kind.input(BOX, "2027-01-31", id="box-1", label="Since", hint="help-1")
    html = render_to_string(kind.template, {"input": shown})
    for attribute in ('type="date"', 'id="box-1"', 'name="value"', 'value="2027-01-31"', 'aria-describedby="help-1"'):
        assert attribute in html


def test_its_mistake_is_told_at_the_field():
    assert set(kind_of(BOX).form(BOX, data=QueryDict("value=tomorrow")).errors) == {"value"}
