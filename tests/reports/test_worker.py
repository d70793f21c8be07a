"""With a real worker in another process, and what happens when it is killed."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from mentoring import health
from mentoring.celery import app
from programmes.common import worker
from programmes.common.access import Access
from programmes.common.breaker import Breaker
from programmes.common.heartbeat import Queue
from programmes.reports import services, tasks
from programmes.reports.enums import Phase, State
from programmes.reports.models import MAX_ATTEMPTS, Document
from programmes.reports.registry import DocumentOptions

PATIENCE = 180


def until(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, Document.objects.values("state", "progress", "attempts", "error")
        time.sleep(0.05)


def ask(reader, **options) -> Document:
    with transaction.atomic():
        return services.request_document(
            kind="sample",
            subject_id=reader.pk,
            file_format="pdf",
            options=DocumentOptions(**{"language": "en"} | options),
            access=Access(reader),
        )


def state_of(document: Document) -> str:
    document.refresh_from_db()
    return document.state


def test_a_worker_makes_what_was_asked(worker, reader):
    document = ask(reader)
    until(lambda: state_of(document) == State.READY)
    assert document.file.read().startswith(b"%PDF")
    assert document.attempts == 1
    (told,) = app.control.inspect(timeout=PATIENCE, limit=1).stats().values()
    assert told["pool"]["max-tasks-per-child"] == 100, "whatever a library keeps in memory goes with its process"


@pytest.mark.slow
def test_a_killed_workers_document_is_made_once(make_worker, reader, sample):
    sample.length = 25_000
    killed = make_worker()
    document = ask(reader)
    until(lambda: state_of(document) == State.RENDERING and document.progress == Phase.LAYOUT)
    killed.kill()
    assert state_of(document) == State.RENDERING
    time.sleep(3.5)  # DOCUMENT_STALE_AFTER of the tests: the worker that starts now finds no heartbeat
    make_worker()
    until(lambda: state_of(document) == State.READY)
    assert document.attempts == 2
    _folders, files = default_storage.listdir("documents/sample")
    assert [name for name in files if name.startswith(f"{document.pk}-")] == [document.storage_name.split("/")[-1]]


def test_a_broker_that_is_away_costs_nothing(make_worker, reader, monkeypatch):
    """The request is answered; the worker's first sweep finds the row."""
    monkeypatch.setattr(worker, "BROKER", Breaker(rest=0))
    monkeypatch.setattr(app, "send_task", _refuse)
    document = ask(reader)
    assert state_of(document) == State.WAITING
    time.sleep(3.5)
    make_worker()
    until(lambda: state_of(document) == State.READY)


@pytest.fixture
def queue_is_left_empty() -> Iterator[None]:
    yield
    app.control.purge()


@pytest.mark.slow
@pytest.mark.usefixtures("queue_is_left_empty")
def test_a_hundred_documents_keep_nothing_else_waiting(make_worker, reader, sample, monkeypatch):
    monkeypatch.setattr(services, "MOST_AT_ONCE", 200)
    make_worker("--queues=documents", "--concurrency=1", "--hostname=documents@%h")
    make_worker("--queues=light", "--concurrency=1", "--hostname=light@%h")
    sample.length = 25_000
    first = ask(reader)
    until(lambda: state_of(first) == State.RENDERING)
    sample.length = 300
    for number in range(100):
        sample.version_read = number + 2
        ask(reader)
    lost = Document.objects.exclude(pk=first.pk).latest("pk")
    long_ago = timezone.now() - timedelta(hours=1)
    Document.objects.filter(pk=lost.pk).update(state=State.RENDERING, attempts=MAX_ATTEMPTS, heartbeat_at=long_ago)
    caches["shared"].clear()

    tasks.sweep.delay()
    health.beat_at_once()
    until(lambda: state_of(lost) == State.FAILED)
    until(lambda: health.main(Queue.LIGHT) == 0 and health.main(Queue.DOCUMENTS) == 0)
    assert Document.objects.filter(state=State.WAITING).count() > 90


def _refuse(*args, **kwargs):
    raise OperationalError("the broker is away")
