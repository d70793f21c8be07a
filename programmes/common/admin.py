"""What all lists of Django's administration share: they answer the questions their page offers, and no others."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

_OF_A_FILTER = ("", "__exact", "__isnull", "__id__exact")
_OF_A_DAY = ("__year", "__month", "__day")


class ClosedAdmin(admin.ModelAdmin):
    """Base of every list. Django lets the address ask about any column, shown or not (`?password__regex=`), and so
    find out letter by letter what the page keeps back. Here only filters of the page work; the rest is answered 400.
    """

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in set(self._offered())

    def _offered(self) -> Iterator[str]:
        for item in self.list_filter:
            name: Any = item[0] if isinstance(item, tuple | list) else item
            yield from (f"{name}{ending}" for ending in _OF_A_FILTER)
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}{ending}" for ending in _OF_A_DAY)


class ReadOnlyAdmin(ClosedAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
