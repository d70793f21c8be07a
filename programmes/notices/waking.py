"""Telling a worker that something is to be done. The row is the truth: a message that is lost is made up for by the
sweeper, every minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

import structlog
from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

HANDLE = "notices.handle"
SEND = "notices.send"

_asleep: ContextVar[bool] = ContextVar("asleep", default=False)
log = structlog.get_logger(__name__)


def wake(task: str) -> None:
    """Queue the task once this is committed; once, however often a transaction asks for it."""
    if _asleep.get() or any(_is_for(task, entry[1]) for entry in connection.run_on_commit):
        return
    transaction.on_commit(partial(_wake, task), robust=True)


def _wake(task: str) -> None:
    queue(task)


def queue(task: str) -> None:
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except OperationalError:
        log.warning("notices.broker_away", task=task)


@contextmanager
def asleep() -> Iterator[None]:
    """Within, nobody is woken: for loading a year in one go."""
    token = _asleep.set(True)
    try:
        yield
    finally:
        _asleep.reset(token)


def _is_for(task: str, call: object) -> bool:
    return isinstance(call, partial) and call.func is _wake and call.args == (task,)
