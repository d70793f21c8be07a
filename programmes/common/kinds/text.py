"""A text: light markup, as long as the box allows."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import LongTextField

from .base import Box, Kind, WordsForm


class TextForm(WordsForm):
    rows = 4
    paste = "markup"

    def __init__(self, *args: Any, box: Box, **kwargs: Any):
        super().__init__(*args, box=box, **kwargs)
        area = forms.Textarea(attrs={"rows": self.rows, "data-grow": "", "data-paste": self.paste})
        self.fields["value"] = LongTextField(label=_("Text"), required=False, max_length=box.longest, widget=area)
        self.order_fields(["value", "language"])


class Text(Kind):
    """Stored as a string."""

    key = "text"
    label = _("Text")
    form_class = TextForm
    template = "common/kinds/text.html"
    is_prose = True
    merges = True
    blank_lines = 3
    width = 4

    def markup(self, value: Any, box: Box) -> str:
        return value or ""

    def compared(self, value: Any, box: Box) -> str:
        return value or ""

    def example(self, words: str, day: date, box: Box) -> str:
        return words
