"""Programmes for administrators. What cities write is not here, and programmes are made on their own page."""

from typing import Any

from django.contrib import admin

from programmes.common.admin import ClosedAdmin

from .models import Programme


@admin.register(Programme)
class ProgrammeAdmin(ClosedAdmin):
    list_display = ("title", "network", "started_on", "ended_on")
    search_fields = ("title", "network__name")
    list_select_related = ("network",)
    fields = ("title", "network", "started_on", "ended_on", "working_language", "time_zone")
    readonly_fields = ("network",)

    def has_add_permission(self, request: Any) -> bool:
        """A programme needs its stages and its coordinator's team: `services.programmes.create_programme`."""
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return False
