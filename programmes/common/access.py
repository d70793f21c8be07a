"""Who asks: the first argument of every rule and every selector."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

T = TypeVar("T")


class Access:
    """What one person may reach, for the length of one request, task or link; made there and passed on.

    Whatever is read about the person (places, groups, …) is kept here and ends with it: nothing has to be forgotten,
    and what changed during a request holds from the next one on. Inactive and anonymous people are in no team and no
    group, so that nobody has to ask twice. Who comes by a link of their own is a `person` without signing in: they
    read what names them, and nothing else."""

    def __init__(self, user: Any = None, *, person: Any = None) -> None:
        self.user: Any = AnonymousUser() if user is None else user
        self.person = person
        self._kept: dict[Hashable, Any] = {}

    @property
    def is_active(self) -> bool:
        """Signed in with an account that is not closed."""
        return bool(self.user.is_authenticated and self.user.is_active)

    @property
    def is_administrator(self) -> bool:
        return self.is_active and bool(self.user.is_superuser)

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """What `read` gives, asked at most once per access; `key` begins with the function that asks."""
        if key not in self._kept:
            self._kept[key] = read()
        return self._kept[key]

    def note(self, right: str, thing: Model, answer: bool = True) -> None:
        """A selector has found out about this row: rules need not ask the database again."""
        self._kept[right, thing._meta.label, thing.pk] = answer

    def noted(self, right: str, thing: Model) -> bool | None:
        """What `note` was told, None where nobody asked yet."""
        return self._kept.get((right, thing._meta.label, thing.pk))


class AccessMiddleware:
    """Makes `request.access`: what this person may reach, read while it is asked and forgotten with the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.access = Access(request.user)  # type: ignore[attr-defined]
        return self.get_response(request)
