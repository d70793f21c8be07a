"""Is the service well? `/livez` speaks for the web process alone, `/healthz` for what stands behind it too."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from celery import shared_task
from celery.signals import beat_init
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from programmes.common import heartbeat
from programmes.common.heartbeat import Queue

HEARTBEAT_LIMIT = 120
"""Seconds without a heartbeat after which no worker is believed to work.

The scheduler sends one every 15 s to each queue, and a worker that renders beats by itself.
"""

WORKERS = {Queue.LIGHT: "worker", Queue.DOCUMENTS: "documents"}


@shared_task(name="health.beat", ignore_result=True)
def beat(queue: str) -> None:
    """Sent by the scheduler, run by a worker: its trace proves that the whole way through the broker is open."""
    heartbeat.beat(Queue(queue))


@beat_init.connect
def beat_at_once(**kwargs: Any) -> None:
    """The scheduler would send the first only after its interval; until then a service that is well would look ill."""
    with suppress(OperationalError):
        for queue in Queue:
            beat.apply_async(args=[queue.value], queue=queue.value, expires=15, retry=False)


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """`ok`, and `ok` of database, broker and both kinds of workers; 503 if one is down.

    Of workers also the `age` of the last beat, in seconds, or null.
    """
    broker_ok, ages = _broker()
    parts: dict[str, dict[str, Any]] = {"database": {"ok": _database()}, "broker": {"ok": broker_ok}}
    parts |= {WORKERS[queue]: {"ok": _is_fresh(age), "age": age} for queue, age in ages.items()}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": well, **parts}, status=200 if well else 503)


PROBES = {"/livez": livez, "/healthz": healthz}


class ProbesMiddleware:
    """Answers before anything asks for a host name, a session or HTTPS: whoever probes knows only an address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return PROBES.get(request.path_info, self.get_response)(request)


def main(queue: str = Queue.LIGHT) -> int:
    """For the containers' health checks: 0 when a worker of the queue has beaten lately, which needs the broker too."""
    return 0 if _is_fresh(_broker()[1][Queue(queue)]) else 1


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _broker() -> tuple[bool, dict[Queue, float | None]]:
    """Whether Redis answers, and the age of each queue's last beat; broker and cache are the same server."""
    try:
        return True, {queue: _age(heartbeat.last(queue)) for queue in Queue}
    except RedisError:
        return False, dict.fromkeys(Queue)


def _age(last: float | None) -> float | None:
    return None if last is None else max(0.0, round(time.time() - last, 1))


def _is_fresh(age: float | None) -> bool:
    return age is not None and age < HEARTBEAT_LIMIT


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.production")
    sys.exit(main(*sys.argv[1:]))
