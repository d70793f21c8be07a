"""Writing to many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.common.once import OnceForm

from ..enums import Addressees
from ..models import Letter
from .fields import helper


class LetterForm(OnceForm, forms.ModelForm):
    """`pair`: to both cities of one partnership, without a choice."""

    class Meta:
        model = Letter
        fields = ["to", "subject", "text"]
        widgets = {"to": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 8, "data-grow": ""})}

    def __init__(self, *args: Any, pair: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if pair:
            del self.fields["to"]
        else:
            self.fields["to"].label = pgettext_lazy("letter", "To")
            self.fields["to"].choices = [choice for choice in Addressees.choices if choice[0] != Addressees.PAIR]
        self.fields["text"].help_text = _(
            "Each of them gets it by mail alone, and finds it in the partnership’s history."
        )
        self.helper = helper(_("Write to them"))
