"""A period: dates, words, or both."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from .base import Box, Kind, Span, WordsForm

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
ENDS = ("from", "to")


def day_field(label: Any) -> forms.DateField:
    """A day that a plan can mean; anything else is a slip of the keyboard."""
    bounds = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
    return forms.DateField(
        label=label, required=False, validators=bounds, widget=forms.DateInput(attrs={"type": "date"})
    )


class PeriodForm(WordsForm):
    date_from = day_field(_("From"))
    date_to = day_field(_("To"))
    words = forms.CharField(
        label=_("Or in words"), required=False, max_length=200, help_text=_("For example “spring” or “ongoing”.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("date_from"), cleaned.get("date_to")
        if start and end and end < start:
            self.add_error("date_to", _("The end lies before the beginning."))
        empty = not (start or end or cleaned.get("words"))
        cleaned["value"] = "" if empty else _stored(start, end, cleaned.get("words", ""))
        return cleaned


class Period(Kind):
    """Stored as `{"from": "2027-01-31" or "", "to": …, "words": …}`."""

    key = "period"
    label = _("Dates or words")
    form_class = PeriodForm
    template = "common/kinds/period.html"
    has_one_control = False
    is_dated = True

    def initial(self, value: Any) -> dict[str, Any]:
        value = value or {}
        return {"date_from": value.get("from", ""), "date_to": value.get("to", ""), "words": value.get("words", "")}

    def has_words(self, value: Any) -> bool:
        return bool(value and value.get("words"))

    def markup(self, value: Any, box: Box) -> str:
        """“1 January – 30 June 2027 · spring” in the reader's format."""
        if not value:
            return ""
        days = [date_format(date.fromisoformat(value[end]), "DATE_FORMAT") for end in ENDS if value.get(end)]
        if len(days) == 1:
            days = [str(_("from %(day)s") if value.get("from") else _("until %(day)s")) % {"day": days[0]}]
        return " · ".join(part for part in (" – ".join(days), value.get("words", "")) if part)

    def translated(self, value: Any, translation: str, box: Box) -> str:
        return self.markup(value | {"words": translation}, box)

    def span(self, value: Any) -> Span | None:
        start, end = (date.fromisoformat(value[end]) if value and value.get(end) else None for end in ENDS)
        return (start, end) if start or end else None

    def example(self, words: str, day: date, box: Box) -> dict[str, str]:
        return _stored(day, day + timedelta(days=90), "")


def _stored(start: date | None, end: date | None, words: str) -> dict[str, str]:
    return {"from": start.isoformat() if start else "", "to": end.isoformat() if end else "", "words": words}
