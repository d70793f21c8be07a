"""What figures and sums have in common: how sure they are, of which year, from where.

`state` is known, approximate or not_known, all three of them answers. Numbers are decimal strings ("55300"), so that
JSON keeps them exactly; a key without a value is left out, but `state` is always there.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common import numbers

from .base import Box, Kind, Row, StatedFigure, ValueForm

LARGEST = Decimal("99999999999999.99")
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_SOURCE = 300


class State(TextChoices):
    """How sure a figure or a sum is; each of the three is an answer."""

    KNOWN = "known", gettext_lazy("known")
    APPROXIMATE = "approximate", gettext_lazy("approximately")
    NOT_KNOWN = "not_known", gettext_lazy("not known")


class NumberField(forms.CharField):
    """A number in anybody's spelling; cleans to a Decimal or None."""

    def __init__(self, *, whole: bool = False, largest: Decimal = LARGEST, **kwargs: Any):
        self.whole, self.largest = whole, largest
        super().__init__(required=False, max_length=60, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        return self._checked(text) if text else None

    def _checked(self, text: str) -> Decimal:
        number = numbers.parse(text)
        if number is None:
            raise ValidationError(_("Please write a number, for example 55 300, or choose “not known”."))
        if number > self.largest:
            limit = number_format(self.largest, use_l10n=True, force_grouping=True)
            raise ValidationError(_("Please write a number up to %(limit)s.") % {"limit": limit})
        if self.whole and number % 1:
            raise ValidationError(_("This counts people: please write a whole number."))
        return number.quantize(Decimal("0.01")) if number % 1 else number.quantize(Decimal(1))


class AmountsForm(ValueForm):
    amounts: ClassVar[tuple[str, ...]] = ()

    year = forms.IntegerField(label=gettext_lazy("Year"), required=False, localize=False)
    source = forms.CharField(label=gettext_lazy("Source"), required=False, max_length=LONGEST_SOURCE)
    state = forms.ChoiceField(label=gettext_lazy("How sure?"), required=False, choices=State.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean_year(self) -> int | None:
        year = self.cleaned_data["year"]
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            limits = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise ValidationError(_("Please write a year between %(first)s and %(last)s.") % limits)
        return year

    def clean(self):
        data = self.cleaned_data
        given = {name: data[name] for name in self.amounts if data.get(name) is not None}
        state = data.get("state") or State.KNOWN
        if given and state == State.NOT_KNOWN:
            self.add_error("state", _("There is a number: take it out, or choose “known” or “approximately”."))
        if state == State.KNOWN and any(numbers.says_about(self.data.get(name, "")) for name in self.amounts):
            state = State.APPROXIMATE
        rest = {"year": data.get("year"), "source": data.get("source")}
        written = {name: str(number) for name, number in given.items()}
        written |= {name: value for name, value in (self.more(given) | rest).items() if value}
        data["value"] = {"state": str(state)} | written if written or state != State.KNOWN else ""
        return data

    def more(self, given: Mapping[str, Decimal]) -> dict[str, Any]:
        return {}


class Amounts(Kind):
    """Stored as a dictionary, see the module."""

    is_tabular = True
    has_one_control = False
    has_language = False
    blank_lines = 1

    def initial(self, value: Any) -> dict[str, Any]:
        return {"state": State.KNOWN.value} | (value or {})

    def choices(self, box: Box) -> dict[str, list[tuple[str, Any]]]:
        return {"state": list(State.choices)}

    def markup(self, value: Any, box: Box) -> str:
        if not value:
            return ""
        details = [str(value[name]) for name in ("year", "source") if value.get(name)]
        shown = self.number(value)
        return f"{shown} ({', '.join(details)})" if shown and details else shown or ", ".join(details)

    def row(self, value: Any) -> Row:
        value = value or {}
        return Row(self.number(value), str(value.get("year", "")), value.get("source", ""))

    def number(self, value: Mapping[str, Any]) -> str:
        """The number in the reader's spelling, with its currency, or the words for "not known"."""
        if not value:
            return ""
        if value.get("state") == State.NOT_KNOWN:
            return _("not known")
        shown = " · ".join(self.amounts(value))
        about = shown and value.get("state") == State.APPROXIMATE
        return _("approximately %(number)s") % {"number": shown} if about else shown

    def amounts(self, value: Mapping[str, Any]) -> Iterable[str]:
        """Its numbers as a reader writes them."""
        raise NotImplementedError

    def figures(self, value: Any) -> Iterator[StatedFigure]:
        if value and value.get("year"):
            rest = (value["year"], value.get("source", ""), value["state"] == State.APPROXIMATE)
            for number, unit in self.units(value):
                yield StatedFigure(Decimal(number), unit, *rest)

    def units(self, value: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Its numbers as stored, each with its unit."""
        raise NotImplementedError


def spelled(number: str | None) -> str:
    """A stored number with the reader's separators."""
    return number_format(Decimal(number), use_l10n=True, force_grouping=True) if number else ""
