"""What is built once and lent: each test finds it as it was built, and nothing of another test."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation

from programmes.accounts.models import User
from programmes.partnerships.models import Programme
from tests.cast import World
from tests.once import LENDER


@pytest.mark.parametrize("time", ["once", "again"])
def test_changes_are_gone_with_their_test(world: World, time: str):
    assert Programme.objects.get(pk=world.programme.pk).title == world.programme.title == "Learning together"
    assert _left_behind not in [function for _, function, *_ in connection.run_on_commit]
    assert cache.get("left") is None
    assert translation.get_language() == settings.LANGUAGE_CODE
    world.programme.title = "Changed"
    world.programme.save()
    world.cast.mentee.left = True
    transaction.on_commit(_left_behind)
    cache.set("left", True)
    translation.activate("es")


@pytest.mark.parametrize("time", ["once", "again"])
def test_objects_are_the_tests_own(world: World, time: str):
    assert not hasattr(world.cast.mentee, "left")
    assert world.cast.mentee.person.user is world.cast.mentee
    world.cast.mentee.left = True


def test_it_is_built_no_second_time(world: World):
    assert LENDER.build is not None
    assert User.objects.filter(email=world.cast.mentee.email).count() == 1
    assert LENDER.lend(LENDER.build).programme == world.programme


def test_who_asks_for_nothing_finds_nothing(db: None):
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_where_other_processes_look_it_is_really_there(world: World):
    assert LENDER.build is None
    assert not connection.in_atomic_block
    assert Programme.objects.filter(pk=world.programme.pk).exists()


def _left_behind() -> None:
    raise AssertionError("Carried out in another test.")
