"""The demo's library: six practices, what the sources tell is named, Jelgava judged two."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programmes.accounts.models import User
from programmes.action_plans.models import AdaptedPractice
from programmes.common.access import Access
from programmes.overview import demo_loader
from programmes.practices import selectors
from programmes.practices.enums import Audience, Decision
from programmes.practices.models import Judgement, Offer, Practice
from programmes.practices.points import boxes

pytestmark = pytest.mark.django_db


@contextmanager
def _undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for the tests that only read it; gone afterwards."""
    with django_db_blocker.unblock(), _undone(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        yield demo_loader.load()


def officer() -> User:
    return User.objects.get(email="mentee@demo.example")


def found(words: str) -> list[str]:
    rows = selectors.found_by(selectors.library(Access(officer())), words)
    return [row.content["where"] for row in rows]


def test_six_practices_are_offered_and_one_is_complete(demo):
    offered = list(selectors.library(Access(officer())))
    assert len(offered) == Practice.objects.count() == 6
    told = [{point["key"] for point in version.content["points"]} for version in offered]
    assert {point.key for point in boxes()} in told
    assert [version.content["where"] for version in offered if version.content["is_of_another"]] == ["Tampere"]


@pytest.mark.parametrize(
    ("words", "where"),
    [("participacion vecindario", "Fuenlabrada"), ("γειτονιες", "Levadia"), ("ΓΕΙΤΟΝΙΈΣ", "Levadia")],
)
def test_found_without_accents_in_spanish_and_greek(demo, words, where):
    assert found(words) == [where]


def test_jelgava_judged_two_and_one_became_an_action(demo):
    judged = {row.decision: row for row in Judgement.objects.filter(team__enrolment__organisation__name="Jelgava")}
    assert set(judged) == {Decision.NOT_HERE, Decision.PART}
    assert judged[Decision.NOT_HERE].beside is not None
    assert AdaptedPractice.objects.get().judgement == judged[Decision.PART]


def test_what_is_invented_says_so_also_to_the_public(demo):
    public = Offer.objects.get(audience=Audience.EVERYBODY, withdrawn_at=None)
    page = Client().get(reverse("practices:entry", args=[public.version.practice_id])).content.decode()
    assert "apart from what the sources at the end tell, this is example text" in page
    assert "CAMIM" in page
