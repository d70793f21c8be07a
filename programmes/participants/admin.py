"""The directory in Django's administration: organisations and people's functions, nothing that a city wrote."""

from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db import models

from programmes.common.admin import ClosedAdmin

from .models import Affiliation, Organisation, OrganisationName


class NameInline(admin.TabularInline):
    model = OrganisationName
    extra = 1


class AffiliationInline(admin.TabularInline):
    model = Affiliation
    fk_name = "city"
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(ClosedAdmin):
    list_display = ["name", "acronym", "kind", "country"]
    list_filter = ["kind", "country"]
    search_fields = ["normalised", "other_names__normalised"]
    readonly_fields = ["kind"]
    inlines = [NameInline, AffiliationInline]
    formfield_overrides = {models.URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget}}

    def has_add_permission(self, request):
        """Organisations are added in the pages, where their kind is chosen."""
        return False
