"""The cast at their browsers: each visit is undone, so that their order does not matter."""

import logging
from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.cast import make_world
from tests.once import once

from .row import Visitors


def make_visitors() -> Visitors:
    return Visitors(make_world())


signed_in = once(make_visitors)


@pytest.fixture(scope="module")
def _bare() -> Iterator[None]:
    """No pages of libraries, and no line for each answer that refuses somebody."""
    logging.disable(logging.WARNING)
    with override_settings(ROOT_URLCONF="tests.permissions.urls"):
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def visitors(_bare: None, signed_in: Visitors) -> Visitors:
    return signed_in


@pytest.fixture(autouse=True)
def _mails_go_at_once(postman: None) -> None:
    """The worker's part is done in this process."""
