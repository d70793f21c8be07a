"""Telling a worker what is to be done. The row is the truth: a message that is lost, or not sent because the broker is
away, is made up for by a sweeper, every minute."""

from typing import Any

import structlog
from celery import current_app
from kombu.exceptions import OperationalError

from .breaker import Breaker

REST = 5
BROKER = Breaker(REST)
log = structlog.get_logger(__name__)


def queue(task: str, **named: Any) -> None:
    """A task by its name, with its arguments. While the broker does not answer nobody waits for it, one try each few
    seconds excepted."""
    if not BROKER.lets_through():
        return
    try:
        current_app.send_task(task, kwargs=named, retry=False, ignore_result=True)
    except OperationalError:
        BROKER.failed()
        log.warning("broker.away", task=task)
    else:
        BROKER.worked()
