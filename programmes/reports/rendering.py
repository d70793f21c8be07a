"""The worker's part: take a row, make the file, store it; and find rows whose worker died.

Every step is a conditional UPDATE on state and attempt, so that the same message twice, two workers or a worker that
wakes up after it was believed dead end in one file.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from types import TracebackType
from typing import Self

import structlog
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from redis.exceptions import RedisError

from programmes.common import heartbeat
from programmes.common.heartbeat import Queue

from . import blocks
from .engines import RenderedFile, Unrenderable, docx, pdf
from .enums import Format, Phase, Reason, State
from .models import MAX_ATTEMPTS, UNFINISHED, Document

ENGINES = {Format.PDF: pdf, Format.DOCX: docx}
KEPT_FOR = timedelta(days=365)
log = structlog.get_logger(__name__)


def run(document_id: int) -> bool:
    """Make the document if it still waits. False where there was nothing to do: taken, finished or gone."""
    attempt = take(document_id)
    if attempt is None:
        return False
    with attempt:
        return attempt.store(attempt.make())


def take(document_id: int) -> "Attempt | None":
    """Claim a waiting row for this process; None if another was faster."""
    waiting = Document.objects.filter(pk=document_id, state=State.WAITING, attempts__lt=MAX_ATTEMPTS)
    taken = waiting.update(
        state=State.RENDERING, progress=Phase.GATHERING, attempts=F("attempts") + 1, heartbeat_at=timezone.now()
    )
    if not taken:
        return None
    attempts = Document.objects.values_list("attempts", flat=True).get(pk=document_id)
    return Attempt(document_id, attempts)


class Attempt:
    """One try at one document; as a context it beats the heart, and gives the row back if anything goes wrong."""

    def __init__(self, document_id: int, number: int):
        self.document_id = document_id
        self.number = number
        self.phase = Phase.GATHERING
        self._over = Event()
        self._heart = Thread(target=self._beat, name=f"heartbeat of document {document_id}", daemon=True)

    def __enter__(self) -> Self:
        self._heart.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._heart.join()
        if error is not None:
            self._give_back(error)

    def mine(self) -> QuerySet[Document]:
        """The row, as long as nobody else took it over."""
        return Document.objects.filter(pk=self.document_id, state=State.RENDERING, attempts=self.number)

    def make(self) -> RenderedFile:
        document = self.mine().get()
        content = blocks.from_data(document.content)
        return ENGINES[Format(document.format)].make(content, self.report)

    def report(self, phase: Phase) -> None:
        self.phase = phase
        self.mine().update(progress=phase, heartbeat_at=timezone.now())

    def store(self, made: RenderedFile) -> bool:
        """Keep the file; False if the row was given to somebody else meanwhile. The lock lasts for the writing only."""
        self.report(Phase.STORING)
        with transaction.atomic():
            document = self.mine().select_for_update().first()
            if document is None:
                return False
            name, storage = document.storage_name, document.file.storage
            storage.delete(name)
            document.file.name = storage.save(name, ContentFile(made.data))
            document.state, document.content, document.pages = State.READY, None, made.pages
            document.ready_at = timezone.now()
            document.save()
        log.info("document.ready", document=self.document_id, attempt=self.number, bytes=len(made.data))
        return True

    def _give_back(self, error: BaseException) -> None:
        """To the queue for another try, or failed for good; the message of the error stays in the log of the task."""
        hopeless = isinstance(error, Unrenderable)
        log.warning("document.attempt_failed", document=self.document_id, attempt=self.number, phase=self.phase.value)
        if hopeless or self.number >= MAX_ATTEMPTS:
            fail(self.mine(), Reason.INSTALLATION if hopeless else Reason(self.phase.value))
        else:
            put_back(self.mine())

    def _beat(self) -> None:
        """Runs beside the renderer, on a database connection of its own; for the row, and for the worker's health."""
        try:
            worker_lives()
            while not self._over.wait(settings.DOCUMENT_STALE_AFTER / 5):
                worker_lives()
                try:
                    self.mine().update(heartbeat_at=timezone.now())
                except DatabaseError:
                    log.warning("document.heartbeat_missed", document=self.document_id)
        finally:
            connection.close()


def worker_lives() -> None:
    """The scheduler's own beats wait behind the documents in the queue; their worker is not dead for that."""
    with suppress(RedisError):
        heartbeat.beat(Queue.DOCUMENTS)


def put_back(rows: QuerySet[Document]) -> int:
    return rows.update(state=State.WAITING, progress=Phase.QUEUED, heartbeat_at=timezone.now())


def fail(rows: QuerySet[Document], reason: Reason) -> int:
    return rows.update(state=State.FAILED, error=reason, content=None)


@dataclass(frozen=True)
class SweepResult:
    """What the sweeper found: ids to queue again, and how many were given up."""

    again: list[int]
    failed: int


def sweep() -> SweepResult:
    """Give rows without a heartbeat another try: their worker died, or the message to it was lost.

    A row that simply waits for long is queued again as well; the second message finds nothing to do.
    """
    stale = Document.objects.filter(
        state__in=UNFINISHED, heartbeat_at__lt=timezone.now() - timedelta(seconds=settings.DOCUMENT_STALE_AFTER)
    )
    failed = fail(stale.filter(state=State.RENDERING, attempts__gte=MAX_ATTEMPTS), Reason.LOST)
    again = [pk for pk in stale.values_list("pk", flat=True) if put_back(stale.filter(pk=pk))]
    return SweepResult(again, failed)


def forget(before: datetime) -> int:
    """Delete what nobody asked for since `before`, file first."""
    old = Document.objects.filter(~Q(state__in=UNFINISHED), asked_at__lt=before)
    for document in old.iterator():
        if document.file.name:
            document.file.storage.delete(document.file.name)
    return old.delete()[0]
