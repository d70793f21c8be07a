"""psycopg2 with our wait callback: what works as without it, and what ends a wait."""

import threading
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from django.db import OperationalError, connection, connections, transaction
from psycopg2.extensions import set_wait_callback

from mentoring import deadline
from programmes.accounts.models import User
from programmes.common.breaker import Breaker
from tests.factories import UserFactory

SLEEP = "SELECT pg_sleep(2)"
"""Longer than the patience here; the server notices only then that nobody listens."""


@pytest.fixture
def breaker() -> Iterator[Breaker]:
    """The callback on, with half a second of patience."""
    made = Breaker(rest=60)
    set_wait_callback(deadline.Deadline(0.5, made))
    yield made
    set_wait_callback(None)


@pytest.mark.django_db
class TestWorking:
    def test_rows_are_read_and_written(self, breaker):
        user = UserFactory()
        with transaction.atomic():
            assert User.objects.filter(pk=user.pk).update(name="Somebody else") == 1
            transaction.set_rollback(True)
        assert User.objects.get(pk=user.pk).name == user.name

    def test_cursors_of_the_server(self, breaker):
        UserFactory.create_batch(5)
        assert len(list(User.objects.iterator(chunk_size=2))) == User.objects.count()

    def test_an_error_of_the_server_is_an_error_as_ever(self, breaker):
        with pytest.raises(psycopg2.errors.UndefinedTable), connection.connection.cursor() as cursor:
            cursor.execute("SELECT * FROM no_such_table")
        assert not breaker.is_open
        connection.connection.rollback()


@pytest.mark.django_db(transaction=True)
class TestSilent:
    def test_the_connection_is_given_up_and_the_next_fails_at_once(self, breaker):
        with pytest.raises(OperationalError), connection.cursor() as cursor:
            cursor.execute(SLEEP)
        assert connection.connection.closed
        assert breaker.is_open
        connection.close()
        with pytest.raises(OperationalError, match="a moment ago"):
            connection.ensure_connection()
        breaker.worked()
        assert User.objects.count() == 0

    def test_who_waits_beside_gives_up_too(self, breaker):
        waiting, errors = threading.Event(), []

        class Patient(deadline.Deadline):
            def _is_ready(self, number: int, events: int, end: float) -> bool:
                waiting.set()
                return super()._is_ready(number, events, end)

        def wait() -> None:
            try:
                with closing(psycopg2.connect(**connection.get_connection_params())) as own:
                    own.autocommit = True
                    set_wait_callback(Patient(10, breaker))
                    own.cursor().execute(SLEEP)
            except psycopg2.OperationalError as error:
                errors.append(str(error))

        thread = threading.Thread(target=wait)
        thread.start()
        assert waiting.wait(10)
        breaker.failed()
        thread.join(10)
        assert errors == ["the database did not answer somebody else"]


def test_the_server_is_to_end_a_statement_first(monkeypatch):
    settings = {"default": {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": "-c jit=off"}}}
    monkeypatch.setattr(connections, "settings", settings)
    monkeypatch.setattr(deadline, "set_wait_callback", lambda callback: None)
    deadline.install(4)
    assert settings["default"]["OPTIONS"]["options"] == "-c jit=off -c statement_timeout=3000"
