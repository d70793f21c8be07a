"""Forms of benchmarks beside their boxes (those are in `programmes.common.kinds`)."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import LanguagesField, RowsField
from programmes.common.languages import CONTENT_LANGUAGES
from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm
from programmes.partnerships.models import Programme

from .boxes import LONGEST_LINE
from .models import BenchmarkVersion, KeyFactor
from .selectors import Entry

LONGEST_TABLE = 300_000


class Fields:
    """The page gives the form its tags and its button."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class OfProgramme(forms.Form):
    """Whose benchmark it becomes; asked where there are several."""

    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), empty_label=None)

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = list(programmes[:2])
        self.fields["programme"].queryset = programmes
        self.fields["programme"].initial = known[0] if known else None
        if len(known) == 1:
            self.fields["programme"].widget = forms.HiddenInput()


class BeginForm(Fields, OnceForm, OfProgramme):
    title = forms.CharField(
        label=_("Theme"),
        max_length=LONGEST_LINE,
        help_text=_("As it stands in a list, for example “Language learning”."),
    )
    language = forms.ChoiceField(
        label=_("Written first in"),
        choices=CONTENT_LANGUAGES,
        help_text=_("Other languages are written beside it, one at a time."),
    )
    field_order = ["programme", "title", "language"]


class CopyForm(Fields, OnceForm, OfProgramme):
    """Whose copy it becomes."""


class LanguagesForm(Fields, SeenForm):
    languages = LanguagesField()


class AddForm(Fields, OnceForm):
    title = forms.CharField(label=_("Title"), max_length=LONGEST_LINE)


class BearingForm(Fields, SeenForm):
    """The key factors that a context factor bears on."""

    factors = RowsField(
        label=_("Key factors"),
        queryset=KeyFactor.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, factors: QuerySet[KeyFactor], titles: dict[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["factors"]
        field.queryset = factors
        field.label_from_instance = lambda factor: titles[factor.pk]


class ChooseForm(Fields, SeenForm):
    """One of the versions that are offered, or none."""

    version = forms.ChoiceField(label=_("Benchmark"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, offered: Sequence[Entry], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = {str(entry.version.pk): entry.version for entry in offered}
        named = [(str(entry.version.pk), _named(entry)) for entry in offered]
        self.fields["version"].choices = [*named, ("", _("None: we work without a benchmark"))]

    @property
    def chosen(self) -> BenchmarkVersion | None:
        return self.known.get(self.cleaned_data["version"])


def _named(entry: Entry) -> str:
    words = {"title": entry.title, "number": entry.version.number}
    return gettext("%(title)s, version %(number)s") % words


class PasteForm(Fields, OnceForm):
    table = forms.CharField(
        label=_("The table"),
        max_length=LONGEST_TABLE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "data-paste": "table", "spellcheck": "false"}),
        help_text=_("Three columns: the factor; why it matters and how to fulfil it; questions, tips and examples."),
    )


class MoveForm(forms.Form):
    step = forms.TypedChoiceField(choices=[("-1", "-1"), ("1", "1")], coerce=int)
