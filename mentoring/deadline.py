"""No process waits for PostgreSQL longer than its deadline.

A server that works but is slow, or holds a lock, ends the statement itself (`statement_timeout`, a little earlier).
Only a server that does nothing at all, not even that, lets our own deadline pass: keepalives and server timeouts do
not see one that was stopped, because the kernel answers for it. psycopg2 then closes the connection, and the breaker
keeps the other threads and the next requests from waiting as long.

psycopg2 takes neither COPY nor large objects with a wait callback; nothing here uses them.
"""

import select
import time
from typing import Any

import psycopg2
import structlog
from django.db import connections
from psycopg2.extensions import POLL_OK, POLL_READ, POLL_WRITE, set_wait_callback

from programmes.common.breaker import Breaker

REST = 5
"""Seconds between two tries to reach a server that hangs."""

LOOK_UP = 0.25
"""Seconds after which a waiting thread looks whether another one has given up already."""

SERVER_FIRST = 0.75
"""Of the deadline: when the server is to end a statement itself."""

log = structlog.get_logger(__name__)
EVENTS = {POLL_READ: select.POLLIN, POLL_WRITE: select.POLLOUT}


class Deadline:
    """psycopg2's wait callback: called for each connection that is opened and each statement."""

    def __init__(self, seconds: float, breaker: Breaker) -> None:
        self.seconds = seconds
        self.breaker = breaker

    def __call__(self, connection: Any) -> None:
        trying = self.breaker.is_open
        if not self.breaker.lets_through():
            raise psycopg2.OperationalError("the database did not answer a moment ago")
        end = time.monotonic() + self.seconds
        while (state := connection.poll()) != POLL_OK:
            if self._is_ready(connection.fileno(), EVENTS[state], end):
                continue
            if time.monotonic() >= end:
                self.breaker.failed()
                log.error("database.silent", seconds=self.seconds)
                raise psycopg2.OperationalError("the database does not answer")
            if self.breaker.is_open and not trying:
                raise psycopg2.OperationalError("the database did not answer somebody else")
        self.breaker.worked()

    def _is_ready(self, number: int, events: int, end: float) -> bool:
        poll = select.poll()
        poll.register(number, events)
        return bool(poll.poll(1000 * max(0, min(LOOK_UP, end - time.monotonic()))))


def install(seconds: float) -> None:
    """For this process and those it forks, before the first connection; not for commands, which may take their time."""
    set_wait_callback(Deadline(seconds, Breaker(REST)))
    for alias in connections:
        options = connections.settings[alias].setdefault("OPTIONS", {})
        if connections.settings[alias]["ENGINE"] == "django.db.backends.postgresql":
            timeout = f"-c statement_timeout={int(seconds * SERVER_FIRST * 1000)}"
            options["options"] = f"{options.get('options', '')} {timeout}".strip()
