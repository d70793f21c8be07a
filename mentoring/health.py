"""Is the service well? `/livez` speaks for the web process alone, `/healthz` for what stands behind it too."""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.signals import beat_init
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

HEARTBEAT = "health:worker-beat"
HEARTBEAT_LIMIT = 120
"""Seconds without a heartbeat after which no worker is believed to work; beats come every 15 s."""


@shared_task(name="health.beat", ignore_result=True)
def beat() -> None:
    """Sent by the scheduler, run by a worker: its trace proves that the whole way through the broker is open."""
    cache.set(HEARTBEAT, time.time(), timeout=24 * 60 * 60)


@beat_init.connect
def beat_at_once(**kwargs: Any) -> None:
    """The scheduler would send the first only after its interval; until then a service that is well would look ill."""
    with suppress(OperationalError):
        beat.apply_async(expires=15, retry=False)


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """`ok`, and `ok` of database, broker, worker, with its beat's `age` in seconds or null; 503 if one is down."""
    broker_ok, last = _broker()
    age = None if last is None else max(0.0, round(time.time() - last, 1))
    parts: dict[str, dict[str, Any]] = {
        "database": {"ok": _database()},
        "broker": {"ok": broker_ok},
        "worker": {"ok": age is not None and age < HEARTBEAT_LIMIT, "age": age},
    }
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": well, **parts}, status=200 if well else 503)


PROBES = {"/livez": livez, "/healthz": healthz}


class ProbesMiddleware:
    """Answers before anything asks for a host name, a session or HTTPS: whoever probes knows only an address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, self.get_response)(request)


def main() -> int:
    """For the containers' health checks: 0 when a worker has beaten lately, which needs scheduler and broker too."""
    broker_ok, last = _broker()
    return 0 if broker_ok and last is not None and time.time() - last < HEARTBEAT_LIMIT else 1


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _broker() -> tuple[bool, float | None]:
    """Whether Redis answers, and when a worker last beat; broker and cache are the same server."""
    try:
        return True, cache.get(HEARTBEAT)
    except RedisError:
        return False, None


if __name__ == "__main__":
    sys.exit(main())
