"""Filters in the address."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from programmes.participants.models import Organisation
from programmes.participants.selectors import search

from .enums import EnrolmentRole
from .models import Enrolment, Programme, Theme


class EnrolmentFilter(django_filters.FilterSet):
    """Who takes part, by name, role and theme; those that left are shown on request."""

    q = django_filters.CharFilter(label=_("Name"), method="by_name")
    role = django_filters.ChoiceFilter(label=_("Role"), choices=EnrolmentRole.choices, empty_label=_("All roles"))
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme"), field_name="themes", queryset=Theme.objects.none(), empty_label=_("All themes")
    )
    left = django_filters.BooleanFilter(label=_("Show those that left"), method="with_left")

    class Meta:
        model = Enrolment
        fields = ["q", "role", "theme"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.filters["theme"].queryset = programme.themes.all()
        self.form.fields["theme"].queryset = programme.themes.all()
        self.form.fields["role"].choices = [("", _("All roles")), *programme.role_choices(EnrolmentRole)]
        for name in ("role", "theme"):
            self.form.fields[name].widget.attrs["class"] = "form-select"

    def by_name(self, rows, name, value):
        return rows.filter(organisation__in=search(Organisation.objects.all(), value))

    def with_left(self, rows, name, value):
        return rows

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("left") else rows.filter(ended_on=None)
