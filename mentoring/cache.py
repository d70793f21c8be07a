"""Django's cache in Redis: JSON instead of pickle, and none the worse for a Redis that is away or hangs.

What is kept here is limits of attempts, signs of life and dates of visits: never anything that only exists here.
"""

import json
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import exceptions

from programmes.common.breaker import Breaker

REST = 5
log = structlog.get_logger(__name__)


class JsonSerializer:
    """Numbers, texts, lists and dictionaries. Whoever writes into Redis cannot make us run anything by that.

    Whole numbers stay as they are, so that Redis itself can count with them.
    """

    def dumps(self, value: Any) -> int | bytes:
        return value if type(value) is int else json.dumps(value).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def _in_reach(name: str) -> Callable[..., Any]:
    """The operation in Redis, or in the memory of this process while Redis does not answer."""
    shared, own = getattr(RedisCache, name), getattr(LocMemCache, name)

    def operation(self: "ForgivingCache", *args: Any, **kwargs: Any) -> Any:
        if self.breaker.lets_through():
            try:
                answer = shared(self, *args, **kwargs)
            except (exceptions.ConnectionError, exceptions.TimeoutError):
                self.breaker.failed()
                log.error("cache.away")
            else:
                self.breaker.worked()
                return answer
        return own(self.memory, *args, **kwargs)

    return operation


class ForgivingCache(RedisCache):
    """Limits of sign-in attempts then count in each process for itself: they still limit, and people still get in."""

    breaker = Breaker(REST)

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.memory = LocMemCache("while Redis is away", {})

    add = _in_reach("add")
    get = _in_reach("get")
    set = _in_reach("set")
    touch = _in_reach("touch")
    delete = _in_reach("delete")
    get_many = _in_reach("get_many")
    has_key = _in_reach("has_key")
    incr = _in_reach("incr")
    set_many = _in_reach("set_many")
    delete_many = _in_reach("delete_many")
    clear = _in_reach("clear")
