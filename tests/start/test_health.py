"""/livez and /healthz, with what stands behind them there and away; the heartbeat by a real worker."""

import time

import pytest
from django.core.cache import caches
from django.db import OperationalError

from mentoring import errors, health
from programmes.common.heartbeat import Queue


def beat_before(seconds: float, *queues: Queue) -> None:
    for queue in queues:
        caches["shared"].set(f"heartbeat:{queue}", time.time() - seconds)


@pytest.fixture
def no_redis(settings):
    settings.CACHES = {name: {**one, "LOCATION": "redis://127.0.0.1:1/0"} for name, one in settings.CACHES.items()}


def test_livez_asks_nobody(client, no_redis):
    """Neither Redis nor, without the mark for it, the database."""
    assert client.get("/livez").content == b"ok"


@pytest.mark.django_db
class TestHealthz:
    def test_well(self, client):
        beat_before(5, *Queue)
        reply = client.get("/healthz")
        assert reply.status_code == 200
        assert reply.json() == {
            "ok": True,
            "database": {"ok": True},
            "broker": {"ok": True},
            "worker": {"ok": True, "age": pytest.approx(5, abs=2)},
            "documents": {"ok": True, "age": pytest.approx(5, abs=2)},
        }
        assert "no-store" in reply.headers["Cache-Control"]

    @pytest.mark.parametrize("age", [None, health.HEARTBEAT_LIMIT + 1])
    @pytest.mark.parametrize("queue", Queue)
    def test_no_worker(self, client, age, queue):
        beat_before(5, *Queue)
        caches["shared"].clear() if age is None else beat_before(age, queue)
        reply = client.get("/healthz")
        assert reply.status_code == 503
        assert (reply.json()["ok"], reply.json()[health.WORKERS[queue]]["ok"]) == (False, False)
        assert health.main(queue) == 1

    def test_no_broker(self, client, no_redis):
        reply = client.get("/healthz")
        assert reply.status_code == 503
        assert reply.json()["broker"] == {"ok": False}
        assert reply.json()["worker"] == {"ok": False, "age": None}

    def test_no_database(self, client, monkeypatch):
        def away(*args, **kwargs):
            raise OperationalError

        monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
        reply = client.get("/healthz")
        assert reply.status_code == 503
        assert reply.json()["database"] == {"ok": False}


def test_a_worker_beats(worker):
    health.beat_at_once()
    deadline = time.monotonic() + 30
    while any(health.main(queue) for queue in Queue):
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("secret words"), 503), (ValueError("secret words"), 500)]
)
def test_error_page_says_whose_fault_and_nothing_else(rf, error, status):
    try:
        raise error
    except type(error):
        reply = errors.server_error(rf.get("/"))
    assert reply.status_code == status
    assert b"secret words" not in reply.content
