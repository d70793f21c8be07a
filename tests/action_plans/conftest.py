"""The cast's plan, and ways to reach its pages as one of the cast."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from programmes.action_plans.models import Action, Cell
from programmes.common import revisions
from tests import staging

JSON = {"accept": "application/json"}


@pytest.fixture
def visit() -> Callable[..., Client]:
    """A browser in which `user` is signed in; nobody for the anonymous one."""

    def as_user(user) -> Client:
        client = Client()
        if not isinstance(user, AnonymousUser):
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user


@pytest.fixture
def colleague(world):
    """A second person of the mentee's team."""
    (user,) = staging.users("colleague")
    staging.join(user, world.teams["mentee"])
    return user


def url(name: str, *args) -> str:
    return reverse(f"action_plans:{name}", args=args)


def write(action: Action, column: str, value, by, language: str = "en") -> Cell:
    cell = revisions.get_row(Cell, action=action, column_key=column)
    revisions.save(cell, base=cell.revision, value=value, by=by, language=language)
    return cell
