"""Who else is writing here now: short-lived keys in the cache, one per person and place.

A name goes within `LASTS` seconds of the last sign of life. Presence is a courtesy: where the cache does not
answer, nobody is shown and nothing fails.
"""

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

LASTS = 20


def touch(kind: str, place: int, user: Any) -> None:
    """A sign of life of `user` at this place (for example "response", 12)."""
    _forgiving(cache.set, _key(kind, place, user.pk), 1, LASTS)


def leave(kind: str, place: int, user: Any) -> None:
    _forgiving(cache.delete, _key(kind, place, user.pk))


def others(kind: str, place: int, user: Any, candidates: Iterable[Any]) -> list[Any]:
    """Those of `candidates` (users who may write here) other than `user` who are there now."""
    keys = {_key(kind, place, person.pk): person for person in candidates if person.pk != user.pk}
    there = _forgiving(cache.get_many, list(keys)) or {}
    return [person for key, person in keys.items() if key in there]


def _key(kind: str, place: int, person: int) -> str:
    return f"presence:{kind}:{place}:{person}"


def _forgiving(action, *args):
    try:
        return action(*args)
    except RedisError:
        return None
