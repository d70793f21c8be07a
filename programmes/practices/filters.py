"""Filters of the library, in the address."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.common.countries import country_choices
from programmes.partnerships.models import Theme

from .enums import CitySize, PracticeKind
from .models import PracticeVersion
from .selectors import LONGEST_SEARCH, found_by, themes_of

SELECT = forms.Select(attrs={"class": "form-select"})


class LibraryFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Words, in any language"),
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control", "maxlength": LONGEST_SEARCH}),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=PracticeKind.choices, empty_label=_("All kinds"), widget=SELECT
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), field_name="themes", queryset=Theme.objects.none(), empty_label=_("All themes"), widget=SELECT
    )
    country = django_filters.ChoiceFilter(label=_("Country"), choices=(), empty_label=_("All countries"), widget=SELECT)
    size = django_filters.ChoiceFilter(
        label=_("Size of the city"), choices=CitySize.choices, empty_label=_("All sizes"), widget=SELECT
    )

    class Meta:
        model = PracticeVersion
        fields = ["q", "kind", "theme", "country", "size"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["country"].extra["choices"] = country_choices()  # sorted in the reader's language
        self.filters["theme"].queryset = themes_of(self.queryset)

    def by_words(self, queryset, name, value):
        return found_by(queryset, value[:LONGEST_SEARCH])
