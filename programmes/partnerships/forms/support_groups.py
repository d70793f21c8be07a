"""A local support group with its lines, and the team it is handed on to."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms import inlineformset_factory
from django.utils.translation import gettext_lazy as _

from programmes.common.choosing import FoundChoice
from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm
from programmes.participants.enums import OrganisationKind
from programmes.participants.forms import DateInput
from programmes.participants.models import Organisation
from programmes.participants.selectors import search

from ..models import SupportGroup, SupportGroupMember, Team


class SupportGroupForm(OnceForm, SeenForm, forms.ModelForm):
    body = FoundChoice(
        label=_("Existing body that serves as the group"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.STAKEHOLDER),
        search=search,
        required=False,
        help_text=_("Leave empty unless a network that exists already does this work."),
    )

    class Meta:
        model = SupportGroup
        fields = ["name", "body"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class SeatForm(SeenForm, forms.ModelForm):
    """One line of the group."""


GroupMemberFormSet = inlineformset_factory(
    SupportGroup,
    SupportGroupMember,
    form=SeatForm,
    fields=["name", "organisation_name", "sector", "represents_migrants", "had_dialogue", "started_on", "ended_on"],
    widgets={"started_on": DateInput(), "ended_on": DateInput()},
    extra=10,
    max_num=60,
    absolute_max=60,
    can_delete=True,
)


class HandOnForm(forms.Form):
    """Which other team of the city keeps the group from now on."""

    team = forms.ModelChoiceField(label=_("Team that keeps the group from now on"), queryset=Team.objects.none())

    def __init__(self, *args: Any, teams: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams
        self.fields["team"].label_from_instance = lambda team: f"{team} · {team.enrolment.programme}"
