"""Pieces of settings that more than one way of running needs."""

from typing import Any


def sqlite(path: Any) -> dict[str, Any]:
    """SQLite for several processes at once: Django's defaults lock out a third of six writers' transactions."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


MOST_JOINS_TRIED = 4
"""PostgreSQL tries every order of up to eight joined tables, in each part of a query anew. Ours join them as they are
best joined, so that planning "what waits for whom" took 200 ms and answering it one. `pages` in `bench/` shows both."""

TOLD = f"-c join_collapse_limit={MOST_JOINS_TRIED} -c plan_cache_mode=force_generic_plan"
"""The second: what `common.prepared` asks is planned once for a connection, not anew for the first five values."""


def postgresql(config: dict[str, Any]) -> dict[str, Any]:
    """A database as `environ` reads it, with what its servers are told at the beginning of each connection."""
    options = config.get("OPTIONS", {})
    told = f"{options.get('options', '')} {TOLD}".strip()
    return {**config, "OPTIONS": {**options, "options": told}}


REDIS_PATIENCE = 1.5
"""Seconds to wait for a connection to Redis, and for an answer: it takes less than a thousandth of that."""


def redis_cache(url: str) -> dict[str, Any]:
    """`default` goes on without Redis; `shared` is the same store for whoever has to know that it is away."""
    timeouts = {"socket_timeout": REDIS_PATIENCE, "socket_connect_timeout": REDIS_PATIENCE}
    options = {"serializer": "mentoring.cache.JsonSerializer", **timeouts}
    return {
        "default": {"BACKEND": "mentoring.cache.ForgivingCache", "LOCATION": url, "OPTIONS": options},
        "shared": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "OPTIONS": options},
    }


def broker(url: str) -> str:
    """Celery's spelling of a Redis address: it names a socket `redis+socket://`, redis-py `unix://`."""
    if url.startswith("unix://"):
        return "redis+socket://" + url.removeprefix("unix://")
    return url
