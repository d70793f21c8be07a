"""Enrolling organisations, and the people of teams."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from programmes.accounts.forms import FirstPasswordForm
from programmes.accounts.managers import normalise_email
from programmes.accounts.models import User
from programmes.common.choosing import FoundChoice, FoundChoices
from programmes.common.languages import complete_languages
from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.participants.selectors import search

from ..enums import CITY_ENROLMENTS, EnrolmentRole, TeamRole
from ..models import Enrolment, Invitation, Programme, Team, Theme
from ..services.enrolments import KINDS, roles_for
from .fields import DayField, NamedChoices, helper, offer


def place_and_name(organisation: Organisation) -> str:
    parts = [organisation.name, organisation.acronym, organisation.get_country_display()]
    return " · ".join(part for part in parts if part)


class EnrolForm(forms.Form):
    """An organisation in one role; `role` is chosen by the link that led here, so that only fitting ones are shown.
    One that was in the programme before comes back with its teams; those in it now are not offered."""

    organisation = FoundChoice(
        label=_("Organisation"), queryset=Organisation.objects.none(), search=search, naming=place_and_name
    )
    themes = NamedChoices(label=_("Themes"), queryset=Theme.objects.none(), required=False)
    associations = FoundChoices(
        label=_("Associations of the city"),
        queryset=Organisation.objects.none(),
        search=search,
        required=False,
        naming=place_and_name,
        help_text=_(
            "They answer the national context and take part in the city’s partnerships, once its team accepts. "
            "Leave empty to take those that the directory names for the city."
        ),
    )

    def __init__(self, *args: Any, programme: Programme, role: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        here = programme.enrolments.filter(ended_on=None).values("organisation")
        fitting = Organisation.objects.filter(kind__in=KINDS[EnrolmentRole(role)])
        offer(self, "organisation", fitting.exclude(pk__in=here))
        offer(self, "themes", programme.themes.filter(retired=False))
        if role in CITY_ENROLMENTS:
            offer(self, "associations", associations_for(programme))
        else:
            del self.fields["themes"], self.fields["associations"]
        self.helper = helper(_("Enrol"))


class BackingForm(forms.Form):
    association = FoundChoice(
        label=_("Association"), queryset=Organisation.objects.none(), search=search, naming=place_and_name
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        behind = enrolment.backings.filter(ended_on=None).values("team__enrolment__organisation")
        offer(self, "association", associations_for(enrolment.programme).exclude(pk__in=behind))
        self.helper = helper(_("Add"))


class EnrolmentForm(SeenForm):
    """What an organisation came for, and its themes."""

    role = forms.ChoiceField(
        label=_("Role"),
        help_text=_("It decides which forms are offered and who is proposed as a mentor. It gives no right."),
    )
    themes = NamedChoices(label=_("Themes"), queryset=Theme.objects.none(), required=False)

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        known = list(enrolment.themes.values_list("pk", flat=True))
        self.initial = {"role": enrolment.role, "themes": known, **self.initial}
        choices = cast("forms.ChoiceField", self.fields["role"])
        choices.choices = enrolment.programme.role_choices(roles_for(enrolment.organisation))
        themes = enrolment.programme.themes
        offer(self, "themes", (themes.filter(retired=False) | themes.filter(pk__in=known)).distinct())
        if not enrolment.organisation.is_city:
            del self.fields["themes"]
        self.helper = helper(_("Save"))


class TeamForm(OnceForm):
    name = forms.CharField(
        label=_("Name of the team"),
        max_length=120,
        help_text=_("For example the partnerships that it looks after."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Add the team"))


class InviteForm(OnceForm, forms.ModelForm):
    """Says nothing about whether the address is known here."""

    language = forms.ChoiceField(label=_("Language of the mail"), choices=complete_languages)

    class Meta:
        model = Invitation
        fields = ["name", "email", "function", "language"]

    def __init__(self, *args: Any, seat: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if seat:
            del self.fields["function"]
        self.helper = helper(_("Send the invitation"))

    def clean_email(self) -> str:
        address = normalise_email(self.cleaned_data["email"])
        validate_email(address)
        if len(address) > User._meta.get_field("email").max_length:  # type: ignore[operator]
            raise ValidationError(_("This address is too long."))
        return address


class JoinForm(FirstPasswordForm):
    """Who follows an invitation for the first time: how to be called, in which language, with which password."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, help_text=_("As colleagues in other cities should read it.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=complete_languages, help_text=_("Of pages and mails."))
    field_order = ["name", "language", "new_password1", "new_password2"]

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any):
        initial = {"name": invitation.name[:150], "language": invitation.language}
        super().__init__(User(email=invitation.email, name=invitation.name), *args, initial=initial, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["new_password1"].label = _("Choose a password")
        self.fields["new_password2"].label = _("The same password again")
        self.helper = helper(_("Join"))


class FunctionForm(SeenForm):
    function = forms.CharField(label=_("Function"), max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Save"))


class TeamAddressForm(SeenForm, forms.ModelForm):
    class Meta:
        model = Team
        fields = ["email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Save"))


class EndForm(forms.Form):
    """The last day; left empty it is today."""

    on = DayField(label=_("Last day"), required=False, help_text=_("Left empty: today."))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""})
    )

    def __init__(self, *args: Any, with_reason: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not with_reason:
            del self.fields["reason"]


def associations_for(programme: Programme) -> QuerySet[Organisation]:
    """Associations of the directory, those already in the programme first."""
    there = programme.enrolments.filter(teams__role=TeamRole.ASSOCIATION, ended_on=None).values("organisation")
    known = Case(When(pk__in=there, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Organisation.objects.filter(kind=OrganisationKind.ASSOCIATION).order_by(known, "normalised")
