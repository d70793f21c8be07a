"""Which links a browser has opened: kept in its session under one key, apart from any account that is signed in."""

from collections.abc import Hashable

from django.http import HttpRequest

from .models import PersonalLink

KEY = "links"
MOST = 20
"""Links that one browser keeps open; the oldest gives way."""


def begin(request: HttpRequest, link: PersonalLink) -> None:
    """From now on this browser holds the link. The session gets a new number, so that nobody who had planted the old
    one in it comes in too."""
    request.session.cycle_key()
    held = dict(request.session.get(KEY) or {})
    held.pop(str(link.pk), None)
    held[str(link.pk)] = link.nonce
    request.session[KEY] = dict(list(held.items())[-MOST:])


def end(request: HttpRequest, link: PersonalLink) -> None:
    held = dict(request.session.get(KEY) or {})
    if held.pop(str(link.pk), None) is not None:
        request.session[KEY] = held


def holds(request: HttpRequest, link: PersonalLink) -> bool:
    held: dict[Hashable, str] = request.session.get(KEY) or {}
    return held.get(str(link.pk)) == link.nonce
