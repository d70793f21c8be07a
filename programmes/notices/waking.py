"""Waking the worker that handles what happened and sends mails, once a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from programmes.common.worker import queue

HANDLE = "notices.handle"
SEND = "notices.send"

_asleep: ContextVar[bool] = ContextVar("asleep", default=False)


class _Wake:
    """To be called on commit, once."""

    def __init__(self, task: str):
        self.task = task
        self.done = False

    def __call__(self) -> None:
        self.done = True
        queue(self.task)


def wake(task: str) -> None:
    """Queue the task once this is committed; once, however often a transaction asks for it."""
    if not _asleep.get() and not any(_waits_for(task, entry[1]) for entry in connection.run_on_commit):
        transaction.on_commit(_Wake(task), robust=True)


def _waits_for(task: str, call: object) -> bool:
    return isinstance(call, _Wake) and call.task == task and not call.done


@contextmanager
def asleep() -> Iterator[None]:
    """Within, nobody is woken: for loading a year in one go."""
    token = _asleep.set(True)
    try:
        yield
    finally:
        _asleep.reset(token)
