"""What may stand in a box: one small class per kind of part.

Stored values ("" where nothing was ever written):
    text    light markup
    list    ["one line", …]
    choice  the key of the option
    figure  {"state", "value", "year", "source"}
    money   {"state", "amount", "currency", "percent", "year", "source"}
`state` is known, approximate or not_known, all three of them answers. Numbers are decimal strings ("55300"), so that
JSON keeps them exactly; a key without a value is left out, but `state` is always there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from programmes.common.autosave import LONGEST_TEXT
from programmes.common.fields import LongTextField, in_language
from programmes.common.languages import CONTENT_LANGUAGES
from programmes.participants.enums import Indicator

from . import numbers
from .enums import PartKind, State

LARGEST = Decimal("99999999999999.99")
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_LIST, LONGEST_LINE, LONGEST_SOURCE = 200, 1000, 300
SHARES = {Indicator.INTEGRATION_BUDGET.value: Indicator.INTEGRATION_SHARE.value}
"""Sums that may also be told as a share of the city's budget, with the indicator of the share."""
CURRENCIES = (
    *("EUR", "ALL", "BAM", "BGN", "CHF", "CZK", "DKK", "GBP", "GEL", "HUF", "ISK", "MAD", "MDL", "MKD", "NOK", "PLN"),
    *("RON", "RSD", "SEK", "TND", "TRY", "UAH", "USD"),
)


@dataclass(frozen=True)
class Box:
    """What a kind must know of a part, whether it comes from a row or from a frozen version."""

    key: str
    kind: str
    indicator: str = ""
    options: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, part: Any) -> "Box":
        """From a Part or its dictionary in a snapshot."""
        read = part.__getitem__ if isinstance(part, Mapping) else partial(getattr, part)
        return cls(read("key"), read("kind"), read("indicator"), tuple(read("options")))


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


class AnswerForm(forms.Form):
    """Cleans the POST of one box to `cleaned_data["value"]`, as stored."""

    use_required_attribute = False

    def __init__(self, *args: Any, box: Box, **kwargs: Any):
        self.box = box
        super().__init__(*args, **{"auto_id": f"{slug(box.key)}-%s"} | kwargs)


class WordsForm(AnswerForm):
    """Words are in a language; the page offers those that are likely here, any other is taken too."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the text"), required=False, choices=[("", ""), *CONTENT_LANGUAGES]
    )


class TextForm(WordsForm):
    value = LongTextField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": "", "data-paste": "markup"}),
    )


class ListForm(WordsForm):
    """One entry a line; marks in front of the lines, as a paste from a document leaves them, go."""

    value = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": "", "data-paste": "list"}),
    )

    def clean_value(self) -> list[str]:
        entries = entries_of(self.cleaned_data["value"])
        if len(entries) > LONGEST_LIST:
            raise ValidationError(_("Please keep to %(most)s lines.") % {"most": LONGEST_LIST})
        if any(len(line) > LONGEST_LINE for line in entries):
            raise ValidationError(_("A line is too long: at most %(most)s characters.") % {"most": LONGEST_LINE})
        return entries


class ChoiceForm(AnswerForm):
    value = forms.ChoiceField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        options = [(option["key"], in_language(option["label"])) for option in self.box.options]
        choices = cast("forms.ChoiceField", self.fields["value"])
        choices.choices = [("", _("No answer yet")), *options]


class NumbersForm(AnswerForm):
    """Common to figures and money: how sure it is, of which year, from where."""

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


class FigureForm(NumbersForm):
    amounts = ("value",)

    value = NumberField(label=gettext_lazy("Number"), whole=True)


class MoneyForm(NumbersForm):
    amounts = ("amount", "percent")

    amount = NumberField(label=gettext_lazy("Sum"))
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"), required=False, choices=[(code, code) for code in CURRENCIES]
    )
    percent = NumberField(label=gettext_lazy("Per cent of the budget"), largest=Decimal(100))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.box.indicator not in SHARES:
            del self.fields["percent"]

    def more(self, given: Mapping[str, Decimal]) -> dict[str, Any]:
        return {"currency": self.cleaned_data.get("currency") or "EUR"} if "amount" in given else {}


class Kind:
    """How values of one kind are typed, stored and shown."""

    form_class: ClassVar[type[AnswerForm]] = TextForm
    is_tabular: ClassVar[bool] = False
    """Shown as a row of the question's table instead of as a box of its own."""
    has_language: ClassVar[bool] = True
    merges: ClassVar[bool] = True
    """Whether changes of two people in different paragraphs may be merged."""

    def form(self, part: Any, *, value: Any = None, data: Any = None, label: str = "") -> AnswerForm:
        """Bound to `data`, a POST, or filled with a stored value; `label` is what the box asks, worded."""
        box = part if isinstance(part, Box) else Box.of(part)
        form = self.form_class(data=data, initial=None if data is not None else self.initial(value), box=box)
        if label and "value" in form.fields:
            form.fields["value"].label = label
        return form

    def initial(self, value: Any) -> dict[str, Any]:
        return {"value": value or ""}

    def is_empty(self, value: Any) -> bool:
        return not value

    def typed(self, value: Any) -> str:
        """The value as it stands in its box, for comparing two texts."""
        return str(self.initial(value)["value"])

    def untyped(self, text: str) -> str | list[str]:
        """The value of a text box; what `typed` gave comes back as it was."""
        return text

    def markup(self, value: Any, part: Any) -> str:
        """The value as light markup, in the reader's language where it holds words of ours; "" where empty."""
        return value or ""


class TextKind(Kind):
    pass


class ListKind(Kind):
    form_class = ListForm

    def initial(self, value: Any) -> dict[str, Any]:
        return {"value": "\n".join(value or [])}

    def untyped(self, text: str) -> list[str]:
        return entries_of(text)

    def markup(self, value: Any, part: Any) -> str:
        return "\n".join(f"- {line}" for line in value or [])


class ChoiceKind(Kind):
    form_class = ChoiceForm
    has_language = False
    merges = False

    def markup(self, value: Any, part: Any) -> str:
        labels = {option["key"]: in_language(option["label"]) for option in Box.of(part).options}
        return labels.get(value, "")


class NumbersKind(Kind):
    is_tabular = True
    has_language = False
    merges = False

    def markup(self, value: Any, part: Any) -> str:
        if not value:
            return ""
        details = [str(value[name]) for name in ("year", "source") if value.get(name)]
        shown = self.number(value)
        return f"{shown} ({', '.join(details)})" if shown and details else shown or ", ".join(details)

    def typed(self, value: Any) -> str:
        return self.markup(value, None)

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
        raise NotImplementedError


class FigureKind(NumbersKind):
    form_class = FigureForm

    def initial(self, value: Any) -> dict[str, Any]:
        value = value or {}
        return {**value, "value": spelled(value.get("value"))}

    def amounts(self, value):
        return [spelled(value["value"])] if value.get("value") else []


class MoneyKind(NumbersKind):
    form_class = MoneyForm

    def initial(self, value: Any) -> dict[str, Any]:
        value = value or {}
        return {**value, "amount": spelled(value.get("amount")), "percent": spelled(value.get("percent"))}

    def amounts(self, value):
        if value.get("amount"):
            yield f"{spelled(value['amount'])}\N{NO-BREAK SPACE}{value.get('currency', 'EUR')}"
        if value.get("percent"):
            yield pgettext("share", "%(number)s %%") % {"number": spelled(value["percent"])}


KINDS: dict[str, Kind] = {
    PartKind.TEXT: TextKind(),
    PartKind.LIST: ListKind(),
    PartKind.FIGURE: FigureKind(),
    PartKind.MONEY: MoneyKind(),
    PartKind.CHOICE: ChoiceKind(),
}


def kind_of(part: Any) -> Kind:
    """The kind of a Part, of a Box, or of a part in a snapshot."""
    return KINDS[part["kind"] if isinstance(part, Mapping) else part.kind]


def slug(key: str) -> str:
    """A part's key as it may stand in an id of a page."""
    return key.replace(".", "-").replace("_", "-")


def spelled(number: str | None) -> str:
    """A stored number with the reader's separators."""
    return number_format(Decimal(number), use_l10n=True, force_grouping=True) if number else ""


def entries_of(text: str) -> list[str]:
    """The entries of a list typed one a line, without marks and empty lines."""
    lines = (_without_mark(line) for line in text.splitlines())
    return [line for line in lines if line]


def _without_mark(line: str) -> str:
    text = line.strip()
    return text[1:].strip() if text[:1] in "-•*–·" and text[1:2].isspace() else text
