"""Forms of a plan beside its cells (those are in `programmes.common.kinds`)."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.assessments.models import Need
from programmes.common.fields import RowsField
from programmes.common.languages import CONTENT_LANGUAGES
from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm
from programmes.conversations import forms as conversations
from programmes.sharing.readers import Reader

from .models import Plan


class Fields:
    """The page gives the form its tags and its button."""

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        return helper


class PlanForm(Fields, SeenForm, forms.ModelForm):
    """Title, language and date; the cities are those of the partnership."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=CONTENT_LANGUAGES,
        help_text=_(
            "The language in which the plan is written. Single texts may be in another one; that is said at the text."
        ),
    )

    class Meta:
        model = Plan
        fields = ["title", "language", "date"]
        widgets = {"date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        help_texts = {"date": _("The date that stands on the plan. It may stay empty.")}


class FreezeForm(Fields, OnceForm):
    name = forms.CharField(
        label=_("Name of the version"), max_length=120, help_text=_("For example “First list” or “Refined”.")
    )
    occasion = forms.CharField(
        label=_("Occasion"), max_length=200, required=False, help_text=_("For example “After visit 1”.")
    )


class MessageForm(Fields, conversations.MessageForm):
    """The first message of a conversation."""


class NeedsForm(SeenForm):
    """The needs an action answers, among those of the plan's own city."""

    needs = RowsField(
        label=_("Needs this action answers"),
        queryset=Need.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, needs: QuerySet[Need], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["needs"].queryset = needs


class MoveForm(forms.Form):
    """One step up or down, or the number of the place. Cleans `where` to what `services.move` takes."""

    step = forms.TypedChoiceField(choices=[("-1", "-1"), ("1", "1")], coerce=int, required=False, empty_value=None)
    place = forms.IntegerField(min_value=1, max_value=10**6, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        found = {name: cleaned[name] for name in ("step", "place") if cleaned.get(name) is not None}
        if len(found) != 1:
            raise forms.ValidationError(_("Say one place."))
        return {"where": found}


class ShareForm(forms.Form):
    """Readers by their keys, see `sharing.readers.Reader`. Cleans to a list of them."""

    readers = forms.MultipleChoiceField(
        label=_("Who may read this version"),
        error_messages={"required": _("Choose at least one reader.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, readers: Iterable[Reader], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = {reader.key: reader for reader in readers}
        self.fields["readers"].choices = [(key, reader.name) for key, reader in self.known.items()]

    def clean_readers(self) -> list[Reader]:
        return [self.known[key] for key in self.cleaned_data["readers"]]


class LanguageForm(Fields, forms.Form):
    language = forms.ChoiceField(label=_("Language of this text"), choices=CONTENT_LANGUAGES)
