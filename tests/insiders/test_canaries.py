"""Whoever may read meets the words, by the selectors and on a page: otherwise all the other tests look for nothing."""

import pytest

from .acting import browser
from .canaries import GROUP, met_by, pages_read_by
from .conftest import Scene

pytestmark = pytest.mark.django_db


def _people(scene: Scene) -> dict[str, object]:
    names = set().union(*(canary.readers for canary in scene.canaries.values()))
    return {name: getattr(scene.world.cast, "group_member" if name == GROUP else name) for name in names}


def test_readers_meet_what_is_theirs_and_nothing_else(scene: Scene):
    for name, user in _people(scene).items():
        theirs = {key for key, canary in scene.canaries.items() if name in canary.readers}
        assert set(met_by(user, browser(user), scene.canaries, more=6)) == theirs, name


def test_every_canary_stands_on_a_page_of_its_readers(scene: Scene):
    for name, user in _people(scene).items():
        text = "".join(text for _, text in pages_read_by(browser(user), scene.canaries, more=0))
        missing = {key for key, row in scene.canaries.items() if name in row.readers and row.mark not in text}
        assert not missing, name
