"""What is asked before a document is made."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.common.languages import complete_languages, is_complete

from .enums import Format, Texts
from .registry import BUILDERS, Builder, DocumentOptions
from .services import LanguageIncomplete

BIGGEST_ID = 2**63 - 1


class AskForm(forms.Form):
    """Kind and subject come from the page it stands on; the person chooses language, format and wording."""

    kind = forms.SlugField(widget=forms.HiddenInput, max_length=40)
    subject_id = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=BIGGEST_ID)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=BIGGEST_ID, required=False)
    language = forms.CharField(label=_("Language of the document"), max_length=10)
    format = forms.ChoiceField(label=_("Format"), choices=Format.choices, widget=forms.RadioSelect)
    texts = forms.ChoiceField(
        label=_("Texts of the cities"), choices=Texts.choices, widget=forms.RadioSelect, required=False
    )
    blank = forms.BooleanField(label=Builder.blank_label, required=False)

    def __init__(self, *args: Any, builder: Builder | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        builder = builder or BUILDERS.get(self.data.get("kind", ""))
        self.fields["language"].widget = forms.Select(choices=complete_languages(), attrs={"class": "form-select"})
        self.fields["language"].initial = get_language()
        self.fields["format"].initial = Format.PDF
        self.fields["texts"].initial = Texts.ORIGINAL
        if builder:
            self._fit(builder)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def _fit(self, builder: Builder) -> None:
        """Offer only what this kind of document has."""
        offered = [(form.value, form.label) for form in Format if form in builder.formats]
        cast("forms.ChoiceField", self.fields["format"]).choices = offered
        self.fields["blank"].label = builder.blank_label
        if not builder.has_blank:
            del self.fields["blank"]
        if not builder.has_texts:
            del self.fields["texts"]

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        if not is_complete(language):
            raise forms.ValidationError(str(LanguageIncomplete(language)))
        return language

    def asked(self) -> dict[str, Any]:
        """Keyword arguments of `services.request_document`, the person aside."""
        data = self.cleaned_data
        options = DocumentOptions(
            data["language"],
            version=data["version"],
            blank=data.get("blank", False),
            texts=data.get("texts") or Texts.ORIGINAL,
        )
        return {
            "kind": data["kind"],
            "subject_id": data["subject_id"],
            "file_format": data["format"],
            "options": options,
        }
