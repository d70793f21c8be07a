"""What somebody chooses to get by mail."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import RowsField
from programmes.common.seen import SeenForm
from programmes.notices.enums import Rhythm
from programmes.partnerships.models import Partnership

HOURS = [(hour, f"{hour}:00") for hour in range(24)]


class _QuietField(RowsField):
    def label_from_instance(self, obj: Partnership) -> str:
        return f"{obj} · {obj.programme}"


class MailsForm(SeenForm):
    rhythm = forms.ChoiceField(
        label=_("A summary of what waits for you and what happened"), choices=Rhythm.choices, widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=_("Weekday of the weekly summary"), choices=list(WEEKDAYS.items()), coerce=int
    )
    hour = forms.TypedChoiceField(
        label=_("Hour of the summary"), choices=HOURS, coerce=int, help_text=_("In the time zone of your profile.")
    )
    at_once = forms.BooleanField(
        label=_("Write to me at once when something needs me"),
        required=False,
        help_text=_("Otherwise it comes with the summary. What changes your rights is written at once in any case."),
    )
    quiet = _QuietField(
        label=_("Partnerships to keep quiet"),
        queryset=Partnership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Of these only what needs you is mailed; all of it still waits on My work."),
    )

    def __init__(self, *args: Any, partnerships: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["quiet"].queryset = partnerships
        if not partnerships.exists():
            del self.fields["quiet"]
        self.helper = FormHelper()
        self.helper.add_input(Submit("save", _("Save")))
