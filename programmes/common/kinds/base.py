"""What every kind of value has in common: how it is typed, stored, compared, shown and printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.languages import CONTENT_LANGUAGES
from programmes.common.text import LONGEST_TEXT

Span = tuple[date | None, date | None]
"""First and last day; None where that end is open."""


@dataclass(frozen=True)
class Box:
    """What a kind must know of the place where a value stands, whether that comes from a row or a frozen version.

    `options`: `{"key", "label": {language: text}}` each. `longest` counts characters of a text. `takes_share`: a sum
    that may also be told as per cent of a whole."""

    key: str
    kind: str
    options: tuple[Mapping[str, Any], ...] = ()
    longest: int = LONGEST_TEXT
    takes_share: bool = False


@dataclass(frozen=True)
class Input:
    """What the template of a kind shows: `values` by the names of its form's fields, `choices` of those that have
    some. `id` is the only control's, or begins the ids of several; `hint` the id of what describes them."""

    box: Box
    id: str
    label: str
    values: Mapping[str, Any]
    choices: Mapping[str, list[tuple[str, Any]]]
    words: str
    language: str = ""
    hint: str = ""
    rows: int = 4
    type: str = "text"


class Row(NamedTuple):
    """A value as cells of a table of figures."""

    number: str
    year: str
    source: str


@dataclass(frozen=True)
class StatedFigure:
    """One number that a value tells of a year. `unit`: people, percent, or the code of a currency."""

    value: Decimal
    unit: str
    year: int
    source: str
    approximate: bool


class ValueForm(forms.Form):
    """Cleans the POST of one box to `cleaned_data["value"]`, as stored."""

    use_required_attribute = False

    def __init__(self, *args: Any, box: Box, **kwargs: Any):
        self.box = box
        super().__init__(*args, **{"auto_id": f"{slug(box.key)}-%s"} | kwargs)


class WordsForm(ValueForm):
    """Words are in a language; the page offers those that are likely here, any other is taken too."""

    language = forms.ChoiceField(
        label=_("Language of the text"), required=False, choices=[("", ""), *CONTENT_LANGUAGES]
    )


class Kind:
    """One kind of value. Where nothing was ever written "" is stored, whatever the kind.

    A further kind is a module with a subclass, its line in `registry.ALL` and its test (a template too where one line
    will not do); pages, snapshots and documents ask the kind and never its key. `value` below is always as stored.
    """

    key: ClassVar[str]
    label: ClassVar[Any]
    form_class: ClassVar[type[ValueForm]]
    template: ClassVar[str] = "common/kinds/input.html"
    """Draws the controls alone, out of an `Input` named `input`; label, button and state are the page's."""
    input_type: ClassVar[str] = "text"
    """Where the one control is a line: its type in HTML."""
    has_one_control: ClassVar[bool] = True
    """Whether a `<label for>` of the page names it; several controls name themselves."""
    is_tabular: ClassVar[bool] = False
    """Shown as a row of the question's table of figures instead of as a box of its own; then `row` says its cells."""
    is_prose: ClassVar[bool] = False
    """A text of any length, out of which something may be drawn."""
    is_dated: ClassVar[bool] = False
    """Whether `span` may tell days."""
    has_language: ClassVar[bool] = True
    merges: ClassVar[bool] = False
    """Whether changes of two people in different paragraphs may be merged."""
    blank_lines: ClassVar[int] = 2
    """Height of the empty box in a printed form, in lines."""
    width: ClassVar[int] = 3
    """Share of the width of a printed table, beside columns of other kinds."""

    def form(self, box: Box, *, data: Any = None, value: Any = None, label: str = "") -> ValueForm:
        """Bound to `data`, a POST, or filled with a stored value; `label` is what the box asks, worded."""
        form = self.form_class(data=data, initial=None if data is not None else self.initial(value), box=box)
        if label and "value" in form.fields:
            form.fields["value"].label = label
        return form

    def input(self, box: Box, value: Any, *, id: str, label: str, **how: Any) -> Input:  # noqa: A002
        """What the template shows; `how` are further fields of `Input`."""
        shown = self.initial(value), self.choices(box), self.markup(value, box)
        return Input(box, id, label, *shown, type=self.input_type, **how)

    def initial(self, value: Any) -> dict[str, Any]:
        """The value as it stands in the fields of the form, in the reader's spelling."""
        return {"value": value or ""}

    def choices(self, box: Box) -> dict[str, list[tuple[str, Any]]]:
        return {}

    def is_empty(self, value: Any) -> bool:
        return not value

    def has_words(self, value: Any) -> bool:
        """Whether there is anything in it that has a language."""
        return self.has_language and not self.is_empty(value)

    def markup(self, value: Any, box: Box) -> str:
        """The value as light markup, in the reader's language where it holds words of ours; "" where empty."""
        raise NotImplementedError

    def translated(self, value: Any, translation: str, box: Box) -> str:
        """`markup` with a person's translation in place of the words."""
        return translation

    def compared(self, value: Any, box: Box) -> str:
        """The value as text, to lay two side by side; of a single text box what stands in it."""
        return self.markup(value, box)

    def untyped(self, text: str) -> Any:
        """The value of a single text box; what `compared` gave comes back as it was."""
        return text

    def entries(self, value: Any) -> list[str] | None:
        """The lines of a value that is printed as a list; None for any other."""
        return None

    def row(self, value: Any) -> Row:
        """Of tabular kinds."""
        raise NotImplementedError

    def span(self, value: Any) -> Span | None:
        """The days it tells; None where it tells none."""
        return None

    def figures(self, value: Any) -> Iterable[StatedFigure]:
        """Numbers for a profile; none without a year."""
        return ()

    def example(self, words: str, day: date, box: Box) -> Any:
        """A value as somebody might write it, for sample data."""
        raise NotImplementedError


def slug(key: str) -> str:
    """A key as it may stand in an id of a page."""
    return key.replace(".", "-").replace("_", "-")
