"""What a cell may hold, by the kind of its column: text, list or period."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import LongTextField

from .enums import ColumnKind

LONGEST_CELL = 20_000


EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


class TextCellForm(forms.Form):
    value = LongTextField(
        label=_("Text"), required=False, max_length=LONGEST_CELL, widget=forms.Textarea(attrs={"rows": 3})
    )


class ListCellForm(TextCellForm):
    """One entry per line; a leading dash is dropped. Cleans to `list[str]`."""

    def clean_value(self) -> list[str]:
        return lines_of(self.cleaned_data["value"])


def lines_of(text: str) -> list[str]:
    lines = (line.strip().removeprefix("- ").removeprefix("• ").strip() for line in text.splitlines())
    return [line for line in lines if line]


def _day(label: Any) -> forms.DateField:
    """A day that a plan can mean; anything else is a slip of the keyboard."""
    bounds = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    return forms.DateField(
        label=label, required=False, validators=bounds, widget=forms.DateInput(attrs={"type": "date"})
    )


class PeriodCellForm(forms.Form):
    """Dates, words, or both. Cleans `value` to `{"from": "2027-01-31" or "", "to": …, "words": …}`."""

    date_from = _day(_("From"))
    date_to = _day(_("To"))
    words = forms.CharField(
        label=_("Or in words"), required=False, max_length=200, help_text=_("For example “spring” or “ongoing”.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("date_from"), cleaned.get("date_to")
        if start and end and end < start:
            self.add_error("date_to", _("The end lies before the beginning."))
        empty = not (start or end or cleaned.get("words"))
        cleaned["value"] = "" if empty else _period(start, end, cleaned.get("words", ""))
        return cleaned


def _period(start: date | None, end: date | None, words: str) -> dict[str, str]:
    return {"from": start.isoformat() if start else "", "to": end.isoformat() if end else "", "words": words}


FORMS = {ColumnKind.TEXT: TextCellForm, ColumnKind.LIST: ListCellForm, ColumnKind.PERIOD: PeriodCellForm}


def form_for(kind: str, data: Any = None) -> forms.Form:
    return FORMS[ColumnKind(kind)](data)


def as_words(kind: str, value: Any) -> str:
    """A cell's value as light markup in the reader's language; empty for an empty cell."""
    if not value:
        return ""
    if kind == ColumnKind.LIST:
        return "\n".join(f"- {item}" for item in value) if len(value) > 1 else value[0]
    if kind == ColumnKind.PERIOD:
        return period_in_words(value)
    return value


def period_in_words(value: dict) -> str:
    """“1 January – 30 June 2027 · spring” in the reader's format."""
    days = [date_format(date.fromisoformat(value[end]), "DATE_FORMAT") for end in ("from", "to") if value.get(end)]
    if len(days) == 1:
        days = [(_("from %(day)s") if value.get("from") else _("until %(day)s")) % {"day": days[0]}]
    return " · ".join(part for part in (" – ".join(days), value.get("words", "")) if part)


def as_typed(kind: str, value: Any) -> str:
    """A text or list as it stands in the textarea."""
    return "\n".join(value) if isinstance(value, list) else value if isinstance(value, str) else ""


def untyped(kind: str, text: str) -> str | list[str]:
    """What stands in a textarea, as it is stored: the way back from `as_typed`."""
    return lines_of(text) if kind == ColumnKind.LIST else text
