"""Forms of the directory."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.utils.translation import gettext_lazy as _

from programmes.common.choosing import FoundChoice
from programmes.common.fields import LanguagesField, languages_in_columns
from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm
from programmes.common.zones import zone_choices

from .enums import OrganisationKind
from .models import Affiliation, Figure, Organisation, OrganisationName
from .selectors import search


def time_zones() -> list[Any]:
    return [("", "---------"), *zone_choices()]


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class OrganisationForm(SeenForm, forms.ModelForm):
    """One form for all kinds; fields that a kind has no use for are left out."""

    languages = LanguagesField(help_text=_("The languages people there work in."))
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones, required=False)

    class Meta:
        model = Organisation
        fields = [
            "name",
            "acronym",
            "country",
            "region",
            "languages",
            "website",
            "time_zone",
            "sector",
            "is_regional",
        ]

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.kind = kind
        if kind != OrganisationKind.STAKEHOLDER:
            del self.fields["sector"]
        if kind != OrganisationKind.ASSOCIATION:
            del self.fields["is_regional"]
        if kind == OrganisationKind.CITY:
            self.fields["country"].required = True
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*map(languages_in_columns, self.fields))

    def _get_validation_exclusions(self):
        """`kind` is no field of the form, yet part of the constraint that keeps names unique."""
        return super()._get_validation_exclusions() - {"kind"}


class LineForm(SeenForm, forms.ModelForm):
    """A line of an organisation's page. Inside a formset Django asks no constraint that names the organisation, and the
    database would refuse a line that somebody else added meanwhile with an error instead of a sentence."""

    def validate_unique(self):
        super().validate_unique()
        if not self.errors:
            self.validate_with_organisation(self._get_validation_exclusions())

    def validate_with_organisation(self, exclude: set[str]) -> None:
        try:
            self.instance.validate_constraints(exclude=exclude)
        except forms.ValidationError as error:
            self._update_errors(error)


class AffiliationForm(LineForm):
    association = FoundChoice(
        label=_("Association"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.ASSOCIATION),
        search=search,
    )

    class Meta:
        model = Affiliation
        fields = ["association", "started_on", "ended_on"]
        widgets = {"started_on": DateInput(), "ended_on": DateInput()}


class MembershipForm(OnceForm):
    """Somebody's function in an organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)
    function = forms.CharField(label=_("Function"), max_length=200, required=False)


class FigureForm(LineForm):
    """One figure. A figure of the same year that waits unpublished makes room for it: to refuse would tell everybody
    who may change the directory that the city wrote one."""

    class Meta:
        model = Figure
        fields = ["indicator", "year", "value", "unit", "source", "approximate"]

    def validate_with_organisation(self, exclude: set[str]) -> None:
        if not self.unseen().exists():
            super().validate_with_organisation(exclude)

    def unseen(self) -> QuerySet[Figure]:
        keys = {name: self.cleaned_data.get(name) for name in ("indicator", "year")}
        if None in (*keys.values(), self.instance.city_id):
            return Figure.objects.none()
        return Figure.objects.filter(city=self.instance.city_id, published=False, **keys).exclude(pk=self.instance.pk)


class BaseFigureFormSet(BaseInlineFormSet):
    """What waits unpublished goes before the figures that take its place are stored."""

    def save(self, commit: bool = True):
        for form in self.forms:
            if form.has_changed() and not self._should_delete_form(form):
                form.unseen().delete()
        return super().save(commit)


NameFormSet = inlineformset_factory(
    Organisation,
    OrganisationName,
    form=LineForm,
    fields=["name", "language", "kind"],
    extra=2,
    max_num=40,
    absolute_max=40,
    can_delete=True,
)
FigureFormSet = inlineformset_factory(
    Organisation,
    Figure,
    form=FigureForm,
    formset=BaseFigureFormSet,
    extra=2,
    max_num=200,
    absolute_max=200,
    can_delete=True,
)
AffiliationFormSet = inlineformset_factory(
    Organisation,
    Affiliation,
    form=AffiliationForm,
    fk_name="city",
    extra=1,
    max_num=30,
    absolute_max=30,
    can_delete=True,
)
