"""A figure: how many people, in which year, from where."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from .amounts import Amounts, AmountsForm, NumberField, spelled
from .base import Box


class FigureForm(AmountsForm):
    amounts = ("value",)

    value = NumberField(label=_("Number"), whole=True)


class Figure(Amounts):
    """Stored as `{"state", "value", "year", "source"}`."""

    key = "figure"
    label = _("Figure")
    form_class = FigureForm
    template = "common/kinds/figure.html"

    def initial(self, value: Any) -> dict[str, Any]:
        return super().initial(value) | {"value": spelled((value or {}).get("value"))}

    def amounts(self, value: Mapping[str, Any]) -> Iterable[str]:
        return [spelled(value["value"])] if value.get("value") else []

    def units(self, value: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        return [(value["value"], "people")] if value.get("value") else []

    def example(self, words: str, day: date, box: Box) -> dict[str, Any]:
        return {"state": "known", "value": "55300", "year": day.year, "source": words}
