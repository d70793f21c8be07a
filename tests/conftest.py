"""Real servers for the whole run, a real browser for the journeys.

PostgreSQL and Redis start here, before Django reads its settings, once for all of pytest-xdist's processes; each
process has its own database and its own Redis database.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.services import PostgreSQL, Redis, Worker

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")

if not WORKER:
    _postgresql, _redis = PostgreSQL(), Redis()
    atexit.register(_postgresql.close)
    atexit.register(_redis.close)
    os.environ["DATABASE_URL"] = _postgresql.start().url()
    os.environ["TEST_REDIS"] = _redis.start().url().removesuffix("/0")

_number = int(WORKER.removeprefix("gw") or 0) + 1 if WORKER else 0
os.environ["REDIS_URL"] = f"{os.environ['TEST_REDIS']}/{_number}"
os.environ["CACHE_URL"] = f"{os.environ['TEST_REDIS']}/{_number + 32}"
os.environ["TEST_MEDIA_ROOT"] = tempfile.mkdtemp(prefix="mentoring-media-")
atexit.register(shutil.rmtree, os.environ["TEST_MEDIA_ROOT"], ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "mentoring.settings.test"
# The browser's driver runs an event loop in the thread of the tests, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django  # noqa: E402

django.setup()

# What a machine that is busy with other things takes longer for is no failure of the property.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

from celery import current_app  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.core.management import CommandError  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import TransactionTestCase  # noqa: E402
from django.utils import translation  # noqa: E402
from pytest_django import DjangoDbBlocker  # noqa: E402

from programmes.notices import waking  # noqa: E402
from tests.cast import make_world  # noqa: E402
from tests.once import LENDER, asked_by, in_order, once  # noqa: E402


def _emptied_again(teardown: Callable[[TransactionTestCase], None]) -> Callable[[TransactionTestCase], None]:
    """Emptying the tables after a browser's test may meet the last request of a page that has just closed, in a
    deadlock that PostgreSQL ends by refusing one of both: then it is done again."""

    def empty(case: TransactionTestCase) -> None:
        for attempt in range(5):
            try:
                return teardown(case)
            except CommandError:
                if attempt == 4:
                    raise
        return None

    return empty


TransactionTestCase._fixture_teardown = _emptied_again(TransactionTestCase._fixture_teardown)

pytest_plugins = ["tests.e2e.browser", "tests.sweeps.sampling", "tests.insiders.options"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Processes of pytest-xdist inherit this environment. With a settings module in it, pytest-django would read the
    settings before this file has given the process a Redis database and a folder for media of its own."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """No test meets another's heartbeat, presence or limits (the broker's database is a different one), nor the
    language of the last page that it looked at."""
    yield
    cache.clear()
    translation.deactivate()


@pytest.fixture
def make_worker(transactional_db: None) -> Iterator[Callable[..., Worker]]:
    """Call it with Worker's options to start a Celery worker on this test's own database; ended with the test."""
    workers: list[Worker] = []

    def make(*options: str, **env: str) -> Worker:
        worker = Worker(worker_environment() | env, *options)
        workers.append(worker)
        return worker.start()

    yield make
    for worker in workers:
        worker.close()


@pytest.fixture
def worker(make_worker: Callable[..., Worker]) -> Worker:
    """One running worker; tasks queued on commit are really carried out, in another process."""
    return make_worker()


def worker_environment() -> dict[str, str]:
    """What another process needs to share database, broker, cache and media with this test."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "REDIS_URL": os.environ["REDIS_URL"],
        "CACHE_URL": os.environ["CACHE_URL"],
        "TEST_MEDIA_ROOT": os.environ["TEST_MEDIA_ROOT"],
        "DJANGO_SETTINGS_MODULE": "mentoring.settings.test",
    }


@pytest.fixture
def postman(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would wake a worker to tell people and send mails is done at once, in this process."""
    current_app.loader.import_default_modules()  # where one file runs alone, nobody has loaded the tasks yet
    monkeypatch.setattr(waking, "queue", lambda task: current_app.tasks[task]())


world = once(make_world)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items[:] = in_order(items)


@pytest.fixture
def _turn(request: pytest.FixtureRequest) -> None:
    """The first fixture of every test, before the one that opens its transaction."""
    build = asked_by(request.node)
    if build is not None:
        request.getfixturevalue("_lender")
    if build is not None or LENDER.build is not None:
        with request.getfixturevalue("django_db_blocker").unblock():
            LENDER.turn_to(build)


@pytest.fixture(scope="session")
def _lender(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        LENDER.close()
