"""Filters of a board, in the address."""

from collections.abc import Collection

import django_filters
from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from programmes.common.countries import COUNTRIES
from programmes.partnerships.days import passed, today_in
from programmes.partnerships.models import Partnership, PartnershipCountry, Programme
from programmes.partnerships.selectors import stages_of


class BoardFilter(django_filters.FilterSet):
    """Theme, country of one of the cities, current stage, and only those whose agreed date passed."""

    theme = django_filters.ChoiceFilter(label=_("Theme"), field_name="theme", empty_label=_("All themes"))
    country = django_filters.ChoiceFilter(label=_("Country"), method="in_country", empty_label=_("All countries"))
    stage = django_filters.ChoiceFilter(label=_("Stage"), field_name="current_stage", empty_label=_("All stages"))
    passed = django_filters.BooleanFilter(
        label=_("Agreed date passed"), method="date_passed", widget=forms.CheckboxInput
    )

    class Meta:
        model = Partnership
        fields = ["theme", "country", "stage", "passed"]

    def __init__(self, data=None, *args, programme: Programme, countries: Collection[str], **kwargs):
        super().__init__(data, *args, **kwargs)
        self.programme = programme
        names = sorted(((code, str(COUNTRIES.get(code, code))) for code in countries), key=lambda row: row[1])
        self.filters["theme"].extra["choices"] = [(theme.pk, str(theme)) for theme in programme.themes.all()]
        self.filters["country"].extra["choices"] = names
        self.filters["stage"].extra["choices"] = [(stage.pk, str(stage)) for stage in stages_of(programme)]

    @property
    def selects(self):
        return [self.form[name] for name in ("theme", "country", "stage")]

    def in_country(self, queryset, name, value):
        return queryset.filter(Exists(PartnershipCountry.objects.filter(partnership=OuterRef("pk"), country=value)))

    def date_passed(self, queryset, name, value):
        return queryset.filter(passed("next_due", today_in(self.programme))) if value else queryset
