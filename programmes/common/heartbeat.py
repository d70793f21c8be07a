"""Signs of life of the workers of a queue, in the cache that all processes share; `/healthz` reads them."""

import time
from enum import StrEnum

from django.core.cache import caches

KEPT = 24 * 60 * 60


class Queue(StrEnum):
    """`LIGHT`: what takes milliseconds and should not wait, among it the sweeper and mails."""

    LIGHT = "light"
    DOCUMENTS = "documents"


def beat(queue: Queue) -> None:
    """Raises what Redis raises where it is away."""
    caches["shared"].set(_key(queue), time.time(), timeout=KEPT)


def last(queue: Queue) -> float | None:
    """When a worker of the queue beat last, in seconds since 1970."""
    return caches["shared"].get(_key(queue))


def _key(queue: Queue) -> str:
    return f"heartbeat:{queue}"
