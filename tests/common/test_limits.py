"""Lists that people add to one by one end somewhere; the plan's own end is tested with its rows."""

from collections.abc import Callable
from typing import Any

import pytest

from programmes.assessments.services.needs import add_need
from programmes.common import limits
from programmes.common.access import Access
from programmes.partnerships.services.programmes import add_stage, add_theme
from programmes.partnerships.services.stages import add_own_stage
from tests.cast import World

TITLE = {"en": "One more"}


def need(world: World) -> Any:
    return add_need(response=world.response, access=Access(world.cast.mentee), title="More room", kind="gap")


def stage(world: World) -> Any:
    return add_stage(programme=world.programme, title=TITLE, by=world.cast.coordinator)


def own_stage(world: World) -> Any:
    return add_own_stage(partnership=world.partnership, title=TITLE, by=world.cast.mentee)


def theme(world: World) -> Any:
    return add_theme(programme=world.programme, title=TITLE, by=world.cast.coordinator)


@pytest.mark.parametrize("add", [need, stage, own_stage, theme])
def test_a_list_ends_somewhere(world: World, monkeypatch: pytest.MonkeyPatch, add: Callable[[World], Any]) -> None:
    row = add(world)
    beside = type(row).objects.filter(
        **{name: getattr(row, name) for name in ("response", "partnership", "programme") if hasattr(row, name)}
    )
    monkeypatch.setattr(limits, "MOST_ROWS", beside.count())
    with pytest.raises(limits.TooManyRows, match="more have no place here"):
        add(world)
    monkeypatch.setattr(limits, "MOST_ROWS", 500)
    assert add(world)
