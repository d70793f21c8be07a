"""Who follows in a team: a successor, a stand-in, the office that appoints, somebody for an empty team."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.languages import complete_languages
from programmes.common.seen import SeenForm

from ..models import Team, TeamOffice, TeamReopening, TeamStandIn
from .fields import helper
from .teams import EndForm


class _InLanguage(forms.ModelForm):
    language = forms.ChoiceField(label=_("Language of the mail"), choices=complete_languages)


class StandInForm(SeenForm, _InLanguage):
    class Meta:
        model = TeamStandIn
        fields = ["name", "email", "language"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Save the stand-in"))


class OfficeForm(SeenForm, _InLanguage):
    class Meta:
        model = TeamOffice
        fields = ["post", "email", "language"]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Save the office and write to it"))


class PersonForm(_InLanguage):
    """Somebody for an empty team."""

    class Meta:
        model = TeamReopening
        fields = ["name", "email", "language"]

    def __init__(self, *args: Any, label: Any = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = helper(label or _("Name this person"))


class LastLeaveForm(EndForm):
    """For the last one in a team: a successor first, or a word that there is none."""

    name = forms.CharField(label=_("Name of your successor"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail of your successor"), required=False)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=complete_languages, required=False)
    without = forms.BooleanField(
        label=_("Leave without a successor"),
        required=False,
        help_text=_("Nobody can read or write what is the team’s until it is opened again."),
    )
    field_order = ["name", "email", "language", "without", "on"]

    def __init__(self, *args: Any, team: Team, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.has_stand_in = TeamStandIn.objects.filter(team=team).exists()
        if self.has_stand_in:
            del self.fields["without"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = bool(data.get("name")) and bool(data.get("email"))
        if bool(data.get("name")) != bool(data.get("email")) and "email" not in self.errors:
            self.add_error("email", _("Give both, the name and the address, or neither."))
        if not named and not self.has_stand_in and not data.get("without"):
            self.add_error("without", _("Name a successor, or say that you leave without one."))
        return data


class AcceptBackingForm(forms.Form):
    reads_earlier = forms.BooleanField(
        label=_("It may also read, and go on with, what an association wrote in our forms before"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Accept the association"))
