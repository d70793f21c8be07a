"""Fixtures whose rows are built once and lent to every test that asks for them.

`world = once(make_world)` in a conftest.py makes the fixture `world`. Its rows lie in a transaction that stays open as
long as the tests that follow ask for the same; each test runs in a savepoint inside it, which is rolled back, and gets
objects of its own. A test that asks for nothing built here finds none of these rows.
"""

import pickle
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connection, transaction

Build = Callable[[], Any]


class Lender:
    """What lies ready in this process: the rows of one `build`, or of none."""

    def __init__(self) -> None:
        self.build: Build | None = None
        self.objects = b""
        self.opened = ExitStack()

    def turn_to(self, build: Build | None) -> None:
        """Before a test's own savepoint; a transaction that a test has broken is made anew."""
        if build is not self.build or (build and (connection.needs_rollback or connection.closed_in_transaction)):
            self.close()
            if build is not None:
                self.open(build)

    def open(self, build: Build) -> None:
        with ExitStack() as opening:
            opening.enter_context(transaction.atomic())
            self.objects = pickle.dumps(build())
            # Or the end of every test would look at these rows again.
            connection.check_constraints()
            # Nothing of it is ever committed: whoever waits for that would take the place of what a test asks for.
            connection.run_on_commit.clear()
            self.opened = opening.pop_all()
        self.build = build

    def close(self) -> None:
        if self.build is not None:
            self.build = None
            transaction.set_rollback(True)
            self.opened.close()

    def lend(self, build: Build) -> Any:
        """Objects that no other test has seen; where each test builds for itself (a live server, a real worker), what
        it has built."""
        return pickle.loads(self.objects) if build is self.build else build()


LENDER = Lender()


def once(build: Build) -> Any:
    """The fixture; what `build` returns has to survive pickling. It may be asked for with `transactional_db` too."""

    def lent(db: None) -> Any:
        return LENDER.lend(build)

    lent.__doc__ = build.__doc__
    lent.builds = build  # type: ignore[attr-defined]
    return pytest.fixture(lent)


def asked_by(item: pytest.Item) -> Build | None:
    """The `build` behind one of the test's fixtures; None where other processes or threads have to see the rows."""
    defined = item._fixtureinfo.name2fixturedefs.values() if isinstance(item, pytest.Function) else ()
    asked = {id(build): build for fixtures in defined if (build := getattr(fixtures[-1].func, "builds", None))}
    if len(asked) > 1:
        raise pytest.UsageError(f"{item.nodeid} asks for more than one of what is built once.")
    return None if is_transactional(item) else next(iter(asked.values()), None)


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (marker and marker.kwargs.get("transaction")))


def in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """Those that ask for the same after one another, so that it is built once; and each turns to it first."""
    places: dict[int, int] = {}
    for item in items:
        if "_turn" not in getattr(item, "fixturenames", ["_turn"]):
            item.fixturenames.insert(0, "_turn")  # type: ignore[attr-defined]
        build = asked_by(item)
        if build is not None:
            places.setdefault(id(build), len(places))
    return sorted(items, key=lambda item: places.get(id(asked_by(item)), len(places)))
