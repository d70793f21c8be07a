"""People for journeys."""

import pytest

from programmes.accounts.models import User

from .browser import Browse
from .people import Meet, Person


@pytest.fixture
def meet(browse: Browse) -> Meet:
    """`meet("Ilze Kalniņa", "ilze@jelgava.example", **options of browse)`: a person with a browser of their own."""

    def person(name: str, email: str, **options) -> Person:
        return Person(name, email, browse(**options))

    return person


@pytest.fixture
def seat(browse: Browse) -> Meet:
    """`seat(user, **options of browse)`: the person behind an account, signed in already."""

    def person(user: User, **options) -> Person:
        return Person(user.name, user.email, browse(user, **options))

    return person


@pytest.fixture(autouse=True)
def _mails_go_at_once(postman: None) -> None:
    """The worker's part is done in this process."""
