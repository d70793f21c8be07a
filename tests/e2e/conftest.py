"""People for journeys, and what a failed journey leaves to look at."""

from pathlib import Path

import pytest

from .browser import Browse
from .people import Meet, Person


@pytest.fixture
def meet(browse: Browse) -> Meet:
    """`meet("Ilze Kalniņa", "ilze@jelgava.example", **browse's options)`: a person with a browser of their own."""

    def person(name: str, email: str, **options) -> Person:
        return Person(name, email, browse(**options))

    return person
