"""Figures in the directory beside those that a city typed into an answer and has not shared."""

from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from programmes.accounts.models import User
from programmes.participants.models import Figure
from tests.cast import World
from tests.pages import send

pytestmark = pytest.mark.django_db


def save_figure(world: World, by: User, extra: dict | None = None, **line) -> HttpResponse:
    city = world.teams["mentee"].enrolment.organisation
    data = {"name": city.name, "country": city.country, "languages": ["lv"]}
    for prefix in ("names", "affiliations", "figures"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    typed = {"indicator": "inhabitants", "year": "2024", "value": "50000", "unit": "people"} | line
    data |= {"figures-TOTAL_FORMS": "1"} | {f"figures-0-{name}": value for name, value in typed.items()}
    client = Client()
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    return send(client, reverse("participants:organisation_change", args=[city.pk]), data | (extra or {}))


@pytest.fixture
def figure(world: World):
    """A figure of the mentee's city for 2024."""

    def make(**columns) -> Figure:
        city = world.teams["mentee"].enrolment.organisation
        return Figure.objects.create(city=city, indicator="inhabitants", year=2024, value=48151, **columns)

    return make


def test_an_unshared_figure_makes_room_without_a_word(world: World, figure):
    """A refusal would tell the editor that the city wrote one, and the editor could not get rid of it."""
    figure(published=False)
    assert save_figure(world, world.cast.coordinator).status_code == 302
    assert list(Figure.objects.values_list("value", "published")) == [(Decimal(50000), True)]


def test_a_published_figure_stays(world: World, figure):
    figure(published=True)
    answer = save_figure(world, world.cast.coordinator)
    assert answer.status_code == 200
    assert "There is a figure for this indicator and year already." in answer.content.decode()
    assert Figure.objects.get().value == 48151


@pytest.mark.parametrize("line", [{"value": "-1"}, {"year": "1492"}, {"year": ""}, {"indicator": "weather"}])
def test_beside_an_unshared_figure_other_rules_hold(world: World, figure, line: dict):
    figure(published=False)
    assert save_figure(world, world.cast.coordinator, **line).status_code == 200
    assert Figure.objects.get().value == 48151


def test_a_line_that_somebody_added_meanwhile_is_refused_with_a_sentence(world: World):
    """Their pages showed no line yet: the first one stands, the second person is told."""
    line = {"names-TOTAL_FORMS": "1", "names-0-name": "Rivertown", "names-0-language": "en", "names-0-kind": "exonym"}
    assert save_figure(world, world.cast.coordinator, extra=line).status_code == 302
    assert save_figure(world, world.cast.coordinator, year="2025", extra=line).status_code == 200
    assert world.teams["mentee"].enrolment.organisation.other_names.count() == 1
