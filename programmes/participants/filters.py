"""Filters of the directory, in the address."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.countries import country_choices

from .enums import OrganisationKind, Sector
from .models import Organisation
from .selectors import search


class OrganisationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Name, in any language"), method="by_words", widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OrganisationKind.choices, empty_label=_("All kinds"))
    country = django_filters.ChoiceFilter(label=_("Country"), choices=(), empty_label=_("All countries"))
    sector = django_filters.ChoiceFilter(label=_("Sector"), choices=Sector.choices, empty_label=_("All sectors"))

    class Meta:
        model = Organisation
        fields = ["q", "kind", "country", "sector"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["country"].extra["choices"] = country_choices()  # sorted in the reader's language

    def by_words(self, queryset, name, value):
        return search(queryset, value[:200])
