"""A sum of money; where the box takes it, also or only as a share of a whole."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from .amounts import Amounts, AmountsForm, NumberField, spelled
from .base import Box

FIRST_CURRENCY = "EUR"
CURRENCIES = (
    *(FIRST_CURRENCY, "ALL", "BAM", "BGN", "CHF", "CZK", "DKK", "GBP", "GEL", "HUF", "ISK", "MAD", "MDL", "MKD", "NOK"),
    *("PLN", "RON", "RSD", "SEK", "TND", "TRY", "UAH", "USD"),
)


class MoneyForm(AmountsForm):
    amounts = ("amount", "percent")

    amount = NumberField(label=_("Sum"))
    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=[(code, code) for code in CURRENCIES])
    percent = NumberField(label=_("Percentage of the budget"), largest=Decimal(100))

    def __init__(self, *args: Any, box: Box, **kwargs: Any):
        super().__init__(*args, box=box, **kwargs)
        if not box.takes_share:
            del self.fields["percent"]

    def more(self, given: Mapping[str, Decimal]) -> dict[str, Any]:
        return {"currency": self.cleaned_data.get("currency") or FIRST_CURRENCY} if "amount" in given else {}


class Money(Amounts):
    """Stored as `{"state", "amount", "currency", "percent", "year", "source"}`."""

    key = "money"
    label = _("Money")
    form_class = MoneyForm
    template = "common/kinds/money.html"

    def initial(self, value: Any) -> dict[str, Any]:
        spelt = {name: spelled((value or {}).get(name)) for name in ("amount", "percent")}
        return super().initial(value) | spelt

    def choices(self, box: Box) -> dict[str, list[tuple[str, Any]]]:
        return super().choices(box) | {"currency": [(code, code) for code in CURRENCIES]}

    def amounts(self, value: Mapping[str, Any]) -> Iterator[str]:
        if value.get("amount"):
            yield f"{spelled(value['amount'])}\N{NO-BREAK SPACE}{value.get('currency', FIRST_CURRENCY)}"
        if value.get("percent"):
            yield pgettext("share", "%(number)s %%") % {"number": spelled(value["percent"])}

    def units(self, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        if value.get("amount"):
            yield value["amount"], value.get("currency", FIRST_CURRENCY)
        if value.get("percent"):
            yield value["percent"], "percent"

    def example(self, words: str, day: date, box: Box) -> dict[str, Any]:
        return {"state": "approximate", "amount": "1500000", "currency": "EUR", "year": day.year, "source": words}
