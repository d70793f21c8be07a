"""Log lines are JSON and hold ids; what people wrote, their addresses and tokens never get there."""

import json
import logging

import pytest
import structlog
from django.db import IntegrityError
from django.urls import path

from mentoring.logs import logging_settings

SECRET = "somebody@example.org wrote this"


def broken(request, token):
    raise IntegrityError(f"Key (email)=({SECRET}) already exists.")


urlpatterns = [path("invitation/<token>/", broken)]


@pytest.fixture
def lines(monkeypatch):
    """What is logged during the test, parsed."""
    formatter = logging_settings()["formatters"]["json"]
    handler = logging.Handler()
    handler.setFormatter(formatter["()"](**{name: value for name, value in formatter.items() if name != "()"}))
    found: list[dict] = []
    handler.emit = lambda record: found.append(json.loads(handler.format(record)))
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    return found


@pytest.mark.django_db
@pytest.mark.urls("tests.start.test_logs")
def test_failed_request(client, lines):
    client.raise_request_exception = False
    client.get("/invitation/secret-token/", {"q": SECRET})
    line = next(line for line in lines if line.get("status") == 500)
    assert line["route"] == "invitation/<token>/"
    assert line["error"] == "IntegrityError"
    assert any("test_logs.py" in place for place in line["at"])
    assert "secret-token" not in json.dumps(lines)
    assert SECRET not in json.dumps(lines)


@pytest.mark.django_db
def test_page_that_is_not_there(client, lines):
    client.get("/account/no-such/secret-token/")
    assert [line["status"] for line in lines] == [404]
    assert "secret-token" not in json.dumps(lines)


def test_failed_task(lines):
    trace = logging.getLogger("celery.app.trace")
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        data = {"id": "0-1", "name": "reports.render", "args": SECRET}
        trace.error("Task %s raised unexpected: %r", "reports.render", error, exc_info=True, extra={"data": data})
    assert lines[0]["task"] == "reports.render"
    assert lines[0]["task_id"] == "0-1"
    assert lines[0]["error"] == "ValueError"
    assert SECRET not in json.dumps(lines)


def test_our_own_lines(lines):
    structlog.get_logger("programmes.reports").warning("document_failed", document_id=7)
    assert lines[0] | {"timestamp": ""} == {
        "event": "document_failed",
        "document_id": 7,
        "logger": "programmes.reports",
        "level": "warning",
        "timestamp": "",
    }
