"""What the worker does for documents; safe to run twice, because `rendering` asks the row first."""

from typing import Any

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from celery.signals import worker_ready

from . import rendering
from .engines import Unrenderable
from .models import MAX_ATTEMPTS


@shared_task(
    base=DjangoTask,
    name="reports.render",
    acks_late=True,
    autoretry_for=(Exception,),
    dont_autoretry_for=(Unrenderable,),
    max_retries=MAX_ATTEMPTS - 1,
    default_retry_delay=2,
)
def render(*, document_id: int) -> bool:
    """Make one document. A failed try put the row back already; the retry finds it waiting."""
    return rendering.run(document_id)


@shared_task(base=DjangoTask, name="reports.sweep", acks_late=True)
def sweep() -> int:
    """Queue again what lost its worker."""
    swept = rendering.sweep()
    for document_id in swept.again:
        render.delay(document_id=document_id)
    return len(swept.again)


@worker_ready.connect
def sweep_at_start(**kwargs: Any) -> None:
    """Whoever starts the worker after a crash should not wait for the schedule."""
    sweep.delay()
