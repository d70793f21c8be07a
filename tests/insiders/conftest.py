"""The shared world with words laid out in it; every test and every run of the machine undoes what it did."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client, override_settings

from tests.cast import World, make_world
from tests.permissions.row import Visitors, undone

from .canaries import Canary, lay


@dataclass
class Scene:
    world: World
    canaries: dict[str, Canary]
    visitors: Visitors

    def client(self, role: str) -> Client:
        """A browser in which this member of the cast is signed in."""
        return self.visitors.client(role)


@pytest.fixture(scope="module")
def shared_scene(django_db_setup, django_db_blocker) -> Iterator[Scene]:
    logging.disable(logging.WARNING)
    bare = override_settings(ROOT_URLCONF="tests.permissions.urls")
    with django_db_blocker.unblock(), transaction.atomic(), bare:
        world = make_world()
        world.group.members.create(name="Tenants’ union", sector="residents")
        yield Scene(world, lay(world), Visitors(world))
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@pytest.fixture
def scene(shared_scene: Scene, db: None) -> Iterator[Scene]:
    with undone():
        yield shared_scene


@pytest.fixture(autouse=True)
def _mails_go_at_once(postman: None) -> None:
    """The worker's part is done in this process."""
