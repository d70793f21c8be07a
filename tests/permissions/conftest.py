"""One world for all visits of a module: each visit is undone, so that their order does not matter."""

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings

from tests.cast import make_world

from .row import Visitors


@pytest.fixture(scope="module")
def visitors(django_db_setup, django_db_blocker) -> Iterator[Visitors]:
    """To be asked for in tests marked `django_db`; each of them has its own savepoint in this transaction."""
    logging.disable(logging.WARNING)
    bare = override_settings(ROOT_URLCONF="tests.permissions.urls")
    with django_db_blocker.unblock(), transaction.atomic(), bare:
        yield Visitors(make_world())
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
