"""The benchmark of a partnership: chosen, kept when a newer one is there, moved; and who is told."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from programmes.benchmarks import notices
from programmes.benchmarks.models import BenchmarkUse, BenchmarkVersion, Passage
from programmes.benchmarks.services import uses, versions, writing
from programmes.benchmarks.tools import BENCHMARK
from programmes.notices.models import Happening
from programmes.partnerships.services.partnerships import choose_tools
from programmes.partnerships.tool_use import tools_in_use
from tests.pages import seen_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(world):
    tools = tools_in_use(world.partnership) | {BENCHMARK.key}
    choose_tools(partnership=world.partnership, tools=tools, by=world.cast.mentee)
    world.partnership.refresh_from_db()
    return world.partnership


@pytest.fixture
def first(world) -> BenchmarkVersion:
    return versions.publish(version=world.benchmark, by=world.cast.facilitator)


def as_user(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user, pair) -> str:
    return as_user(user).get(reverse("benchmarks:pair", args=[pair.pk])).content.decode()


def sent(user, pair, version: BenchmarkVersion) -> int:
    client, url = as_user(user), reverse("benchmarks:choose", args=[pair.pk])
    return client.post(url, seen_on(client, url) | {"version": str(version.pk)}).status_code


def second_of(first: BenchmarkVersion, by) -> BenchmarkVersion:
    draft = versions.next_version(version=first, by=by)
    passage = Passage.objects.create(version=draft, key=versions.CHANGES, language="en")
    writing.save_passage(passage=passage, base=0, base_value=None, value="The first factor is wider.", by=by)
    return versions.publish(version=draft, by=by)


def test_a_pair_chooses_in_its_own_time_and_may_do_without(world, pair, first):
    assert "No benchmark chosen" in page(world.cast.mentee, pair)
    assert sent(world.cast.mentor, pair, first) == 302
    assert "One place where one can ask" in page(world.cast.mentee, pair)
    uses.choose(partnership=pair, version=None, by=world.cast.mentee)
    assert "No benchmark chosen" in page(world.cast.mentee, pair)


def test_of_a_newer_version_those_are_told_who_work_with_an_earlier_one_and_may_move(world, pair, first):
    by = world.cast.facilitator
    uses.choose(partnership=pair, version=first, by=world.cast.mentee)
    assert not Happening.objects.filter(key="benchmarks.newer").exists()
    second = second_of(first, by)
    told = Happening.objects.get(key="benchmarks.newer", subject_id=second.pk)
    people = notices._recipients([told])[told.pk]
    cast = world.cast
    assert {user.person.pk for user in (cast.mentee, cast.mentor, cast.facilitator)} <= people
    assert not {user.person.pk for user in (cast.coordinator, cast.other_city, cast.superior)} & people
    with translation.override("es"):
        said = notices._say(notices._facts([told])[told.pk])
    assert "versión 2" in said.text
    assert "Finding a home" in said.text
    shown = page(cast.mentee, pair)
    assert "The first factor is wider." in shown
    assert reverse("benchmarks:choose", args=[pair.pk]) in shown
    uses.choose(partnership=pair, version=second, by=cast.mentee)
    assert notices._recipients([told])[told.pk] == set()
    assert "The first factor is wider." not in page(cast.mentee, pair)


def test_what_is_retired_may_be_kept_and_not_chosen(world, pair, first):
    uses.choose(partnership=pair, version=first, by=world.cast.mentee)
    versions.retire(version=first, by=world.cast.facilitator)
    assert "One place where one can ask" in page(world.cast.mentor, pair)
    assert sent(world.cast.mentor, pair, first) == 302
    assert BenchmarkUse.objects.get(partnership=pair).version == first
    uses.choose(partnership=pair, version=None, by=world.cast.mentee)
    assert sent(world.cast.mentor, pair, first) == 422
    with pytest.raises(uses.NotOffered):
        uses.choose(partnership=pair, version=first, by=world.cast.mentee)


def test_switched_off_it_is_gone_and_comes_back_as_it_was(world, pair, first):
    uses.choose(partnership=pair, version=first, by=world.cast.mentee)
    kept = tools_in_use(pair)
    choose_tools(partnership=pair, tools=kept - {BENCHMARK.key}, by=world.cast.mentee)
    assert as_user(world.cast.mentor).get(reverse("benchmarks:pair", args=[pair.pk])).status_code == 404
    choose_tools(partnership=pair, tools=kept, by=world.cast.mentee)
    assert "One place where one can ask" in page(world.cast.mentor, pair)
