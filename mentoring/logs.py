"""Log lines as JSON on standard error. They carry ids and places in the code, never contents, addresses or tokens."""

import logging
import logging.config
import traceback
from datetime import timedelta
from typing import Any

import structlog
from gunicorn.glogging import Logger

Event = dict[str, Any]
ROUTE = "mentoring.route"
"""Key of a request's environment: HeadersMiddleware tells the web server's log which page it was."""


def add_request(logger: Any, name: str, event: Event) -> Event:
    """Django names a refused request by its path, which may hold an invitation's token: its route says as much."""
    record = event.get("_record")
    request = getattr(record, "request", None)
    if request is None or not hasattr(request, "method"):
        return event
    match = getattr(request, "resolver_match", None)
    event["event"] = "request"
    event["method"] = request.method
    event["route"] = match.route if match else None
    event["status"] = getattr(record, "status_code", None)
    # Only where somebody has asked already who it is: a log line makes no query.
    event["user_id"] = getattr(getattr(request, "_cached_user", None), "pk", None)
    return event


def add_task(logger: Any, name: str, event: Event) -> Event:
    """Celery puts the arguments and the exception's words into its messages: its task and id are kept instead."""
    data = getattr(event.get("_record"), "data", None)
    if isinstance(data, dict) and "id" in data:
        event.update(event="task", task=data.get("name"), task_id=data["id"])
    return event


def add_error(logger: Any, name: str, event: Event) -> Event:
    """The kind of error and where it was raised; its words may quote a row or an address."""
    info = event.pop("exc_info", None)
    if not info:
        return event
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _places(traceback.extract_tb(error.__traceback__))
    return event


def add_web_server(logger: Any, name: str, event: Event) -> Event:
    """gunicorn puts paths, addresses and what a broken request said into its messages: their beginning is kept."""
    if event.get("logger") == "gunicorn.error":
        for beginning in ("Error handling request", "Invalid request"):
            if str(event["event"]).startswith(beginning):
                event["event"] = beginning
    return event


def _places(frames: traceback.StackSummary) -> list[str]:
    """Our own lines on the way, innermost last, and where in a library it ended."""
    ours = [frame for frame in frames if "site-packages" not in frame.filename][-8:]
    last = [frame for frame in frames[-1:] if frame not in ours]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in ours + last]


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING; also joins structlog to it, so that both kinds of lines leave through one formatter."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": SHARED,
                "processors": [
                    add_request,
                    add_task,
                    add_error,
                    add_web_server,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # Their lines at INFO tell nothing that a row of the database does not.
            "fontTools": {"level": logging.ERROR},
            "weasyprint": {"level": logging.ERROR},
            "celery.app.trace": {"level": logging.WARNING},
            "celery.worker.strategy": {"level": logging.WARNING},
            "celery.beat": {"level": logging.WARNING},
        },
    }


class GunicornLogger(Logger):
    """gunicorn's own lines through the same formatter, and one line per request: by route, never by path or address."""

    def setup(self, cfg: Any) -> None:
        logging.config.dictConfig(logging_settings())
        self.error_log.propagate = self.access_log.propagate = True
        self.error_log.setLevel(cfg.loglevel.upper())

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        structlog.get_logger("gunicorn.access").info(
            "answered",
            method=environ["REQUEST_METHOD"],
            route=environ.get(ROUTE),
            status=resp.status_code,
            bytes=resp.sent,
            ms=round(request_time.total_seconds() * 1000),
        )
