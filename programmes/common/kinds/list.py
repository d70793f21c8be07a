"""A list: one entry a line; marks in front of the lines, as a paste from a document leaves them, go."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .base import Box, Kind
from .text import TextForm

LONGEST_LIST, LONGEST_LINE = 200, 1000
MARKS = "-•*–·"


class ListForm(TextForm):
    rows = 3
    paste = "list"

    def clean_value(self) -> list[str]:
        entries = entries_of(self.cleaned_data["value"])
        if len(entries) > LONGEST_LIST:
            raise ValidationError(_("Please keep to %(most)s lines.") % {"most": LONGEST_LIST})
        if any(len(line) > LONGEST_LINE for line in entries):
            raise ValidationError(_("A line is too long: at most %(most)s characters.") % {"most": LONGEST_LINE})
        return entries


class List(Kind):
    """Stored as `["one line", …]`."""

    key = "list"
    label = gettext_lazy("List")
    form_class = ListForm
    template = "common/kinds/list.html"
    merges = True
    blank_lines = 3

    def initial(self, value: Any) -> dict[str, Any]:
        return {"value": self._lines(value)}

    def compared(self, value: Any, box: Box) -> str:
        return self._lines(value)

    def untyped(self, text: str) -> list[str]:
        return entries_of(text)

    def markup(self, value: Any, box: Box) -> str:
        """One entry alone is a text, not a list."""
        lines = value or []
        return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)

    def entries(self, value: Any) -> list[str]:
        return list(value or [])

    def example(self, words: str, day: date, box: Box) -> list[str]:
        return [words]

    def _lines(self, value: Any) -> str:
        return "\n".join(value or [])


def entries_of(text: str) -> list[str]:
    """The entries of a list typed one a line, without marks and empty lines."""
    lines = (_without_mark(line) for line in text.splitlines())
    return [line for line in lines if line]


def _without_mark(line: str) -> str:
    text = line.strip()
    return text[1:].strip() if text[:1] in MARKS and text[1:2].isspace() else text
