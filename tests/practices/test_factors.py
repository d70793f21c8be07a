"""Practices stand on the pages of the key factors they serve, for whom they are offered to."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.benchmarks.models import Benchmark, BenchmarkVersion
from programmes.benchmarks.services import versions
from programmes.practices import factors
from programmes.practices.models import FactorServed
from tests.pages import seen_on

pytestmark = pytest.mark.django_db


def as_user(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def shipped() -> BenchmarkVersion:
    return BenchmarkVersion.objects.select_related("benchmark").get(benchmark__key="language-learning", retired_at=None)


def factor_page(user, version: BenchmarkVersion) -> str:
    return as_user(user).get(reverse("benchmarks:factor", args=[version.pk, "volunteering"])).content.decode()


def tick(world, *chosen: str) -> None:
    client, url = as_user(world.cast.mentor), reverse("practices:factors", args=[world.practice.pk])
    answer = client.post(url, seen_on(client, url) | {"factors": list(chosen)})
    assert answer.status_code == 302


def test_it_stands_there_for_whom_it_is_offered_to_and_in_copies(world):
    choice = factors.as_choice((shipped().benchmark_id, "volunteering"))
    assert world.practice.title not in factor_page(world.cast.mentee, shipped())
    tick(world, choice)
    entry = reverse("practices:entry", args=[world.practice.pk])
    assert entry in factor_page(world.cast.mentee, shipped())
    assert entry not in factor_page(world.cast.other_programme, shipped())
    copy = versions.copy(version=shipped(), programme=world.programme, by=world.cast.facilitator)
    assert entry in factor_page(world.cast.facilitator, copy)
    tick(world)
    assert entry not in factor_page(world.cast.mentee, shipped())


def test_what_is_not_offered_any_more_stays_said(world):
    gone = Benchmark.objects.create(programme=world.programme, languages=["en"])
    FactorServed.objects.create(practice=world.practice, benchmark=gone, factor_key="old")
    tick(world, factors.as_choice((shipped().benchmark_id, "work")))
    tick(world)
    assert [row.factor_key for row in world.practice.factors_served.all()] == ["old"]


def test_a_factor_that_is_not_there_is_refused(world):
    client, url = as_user(world.cast.mentor), reverse("practices:factors", args=[world.practice.pk])
    for choice in ("1:nowhere", "x", "9" * 30 + ":volunteering"):
        assert client.post(url, seen_on(client, url) | {"factors": [choice]}).status_code == 422
