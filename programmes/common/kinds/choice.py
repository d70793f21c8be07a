"""A choice: one of the options of its box."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.common.fields import in_language

from .base import Box, Kind, ValueForm


class ChoiceForm(ValueForm):
    value = forms.ChoiceField(label=gettext_lazy("Choice"), required=False)

    def __init__(self, *args: Any, box: Box, **kwargs: Any):
        super().__init__(*args, box=box, **kwargs)
        cast("forms.ChoiceField", self.fields["value"]).choices = labels(box)


class Choice(Kind):
    """Stored as the key of the option."""

    key = "choice"
    label = gettext_lazy("Choice")
    form_class = ChoiceForm
    template = "common/kinds/choice.html"
    has_language = False

    def choices(self, box: Box) -> dict[str, list[tuple[str, Any]]]:
        return {"value": labels(box)}

    def markup(self, value: Any, box: Box) -> str:
        return dict(labels(box)[1:]).get(value, "")

    def example(self, words: str, day: date, box: Box) -> str:
        return box.options[0]["key"] if box.options else ""


def labels(box: Box) -> list[tuple[str, str]]:
    """(key, words) of each option, with the empty one first."""
    options = [(option["key"], in_language(option["label"])) for option in box.options]
    return [("", _("No answer yet")), *options]
