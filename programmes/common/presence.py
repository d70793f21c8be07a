"""Who else is writing here now: short-lived keys in the cache, one per person and place.

A name goes within `LASTS` seconds of the last sign of life. Presence is a courtesy: without Redis each process
knows only the people it serves itself.
"""

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache

LASTS = 20


def touch(kind: str, place: int, user: Any, box: str = "") -> None:
    """A sign of life of `user` at this place (for example "response", 12), who types in `box` if that is named."""
    cache.set(_key(kind, place, user.pk), box, LASTS)


def leave(kind: str, place: int, user: Any) -> None:
    cache.delete(_key(kind, place, user.pk))


def others(kind: str, place: int, user: Any, candidates: Iterable[Any]) -> dict[Any, str]:
    """Those of `candidates` (users who may write here) other than `user` who are there now, each with the box in which
    they type, or ""."""
    keys = {_key(kind, place, person.pk): person for person in candidates if person.pk != user.pk}
    there = cache.get_many(list(keys))
    return {person: there[key] for key, person in keys.items() if key in there}


def _key(kind: str, place: int, person: int) -> str:
    return f"presence:{kind}:{place}:{person}"
