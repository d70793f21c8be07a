"""Pages ask the database the same number of questions for one, three and thirty rows."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import World

from . import growth
from .limits import HOME, MOST, PLACE

pytestmark = pytest.mark.django_db

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
ONE, THREE, THIRTY = 1, 2, 27
"""What is added each time."""


@dataclass(frozen=True)
class Page:
    """A page with something on it that grows. Those that write in long forms may ask a little more (`most`)."""

    role: str
    name: str
    args: Callable[[World], tuple]
    grow: Callable[[World, int], None]
    most: int = MOST

    @property
    def id(self) -> str:
        return f"{self.name} by {self.role}, more {self.grow.__name__}".replace(" ", "-")


def nothing(world: World) -> tuple:
    return ()


def programme(world: World) -> tuple:
    return (world.programme.pk,)


def partnership(world: World) -> tuple:
    return (world.partnership.pk,)


def response(world: World) -> tuple:
    return (world.response.pk,)


def benchmark(world: World) -> tuple:
    return (world.benchmark.pk,)


def factor(world: World) -> tuple:
    return (world.benchmark.pk, world.factor.key)


def plan(world: World) -> tuple:
    return (world.plan.pk,)


def city(world: World) -> tuple:
    return (world.teams["mentee"].enrolment.organisation_id,)


def group(world: World) -> tuple:
    return (world.group.pk,)


PAGES = [
    Page("coordinator", "overview:my_work", nothing, growth.partnerships),
    Page("facilitator", "overview:my_work", nothing, growth.partnerships),
    Page("mentor", "overview:my_work", nothing, growth.partnerships, most=18),
    Page("mentee", "overview:my_work", nothing, growth.actions, most=18),
    Page("coordinator", "overview:calendar", nothing, growth.partnerships),
    Page("mentor", "overview:calendar", nothing, growth.partnerships),
    Page("coordinator", "overview:board", programme, growth.partnerships),
    Page("mentor", "overview:board", programme, growth.partnerships),
    Page("coordinator", "overview:board_csv", programme, growth.partnerships, most=MOST + 1),  # notes the download
    Page("coordinator", "overview:partnership", partnership, growth.team, most=HOME),
    Page("mentor", "overview:partnership", partnership, growth.partnerships, most=HOME),
    Page("mentor", "overview:partnership", partnership, growth.needs, most=HOME),
    Page("mentee", "overview:partnership", partnership, growth.actions, most=HOME),
    Page("mentee", "participants:directory", nothing, growth.organisations),
    Page("mentee", "participants:organisation", city, growth.about_city, most=20),
    Page("mentee", "partnerships:support_group", group, growth.seats),
    Page("administrator", "partnerships:programmes", nothing, growth.programmes),
    Page("coordinator", "partnerships:people", programme, growth.partnerships),
    Page("mentor", "partnerships:people", programme, growth.partnerships),
    Page("coordinator", "partnerships:themes", programme, growth.themes),
    Page("coordinator", "partnerships:pair", programme, growth.partnerships),
    Page("mentee", "partnerships:team", lambda w: (w.teams["mentee"].pk,), growth.team),
    Page("mentor", "partnerships:team", lambda w: (w.teams["mentor"].pk,), growth.partnerships),
    Page("coordinator", "partnerships:enrolment", lambda w: (w.teams["mentor"].enrolment_id,), growth.partnerships),
    Page("mentee", "benchmarks:list", nothing, growth.benchmarks, most=12),
    Page("facilitator", "benchmarks:list", nothing, growth.benchmarks),
    Page("facilitator", "benchmarks:booklet", benchmark, growth.factors, most=12),
    Page("facilitator", "benchmarks:whole", benchmark, growth.factors, most=12),
    Page("facilitator", "benchmarks:write", benchmark, growth.factors),
    Page("facilitator", "benchmarks:place", factor, growth.factors),
    Page("mentor", "assessments:forms", nothing, growth.partnerships),
    Page("mentee_association", "assessments:forms", nothing, growth.partnerships),
    Page("mentee", "assessments:form", response, growth.needs, most=MOST + PLACE + 2),
    Page("mentor", "assessments:read", response, growth.needs, most=MOST + PLACE),
    Page("mentee", "assessments:needs", response, growth.needs, most=MOST + PLACE + 1),
    Page("mentee", "assessments:share", response, growth.needs, most=MOST + PLACE + 4),
    Page("mentee", "action_plans:plan", plan, growth.actions, most=MOST + PLACE),
    Page("mentor", "action_plans:plan", plan, growth.actions, most=MOST + PLACE),
    Page("mentee", "action_plans:translation", plan, growth.actions, most=MOST + PLACE),
    Page("mentee", "practices:library", nothing, growth.practices),
    Page("mentee", "practices:own", nothing, growth.practices),
    Page("mentor", "practices:own", nothing, growth.practices),
    Page("other_city", "practices:entry", lambda w: (w.practice.pk,), growth.told_of_a_practice, most=12),
    Page("mentor", "practices:practice", lambda w: (w.practice.pk,), growth.told_of_a_practice),
    Page("mentee", "practices:judgement", lambda w: (w.judgement.pk,), growth.practices),
    Page("mentee", "reports:documents", nothing, growth.documents),
    Page("mentee", "accounts:kept_list", nothing, growth.kept),
]


PARAMS = [pytest.param(page, id=page.id, marks=pytest.mark.xdist_group(page.grow.__name__)) for page in PAGES]
"""Those of the same growth in one process, where the world grows once for all of them."""


@pytest.fixture(scope="module")
def counted() -> dict[Page, list[list[str]]]:
    """By page the queries for one, three and thirty rows, as far as they were counted already."""
    return {}


@pytest.mark.parametrize("page", PARAMS)
def test_queries_do_not_grow(world: World, page: Page, counted: dict[Page, list[list[str]]]):
    if page not in counted:
        counted.update(_counted(world, page.grow))
    counts = counted[page]
    sizes = [len(queries) for queries in counts]
    assert len(set(sizes)) == 1, _difference(sizes, counts)
    assert sizes[-1] <= page.most, "\n".join([str(sizes), *(query[:200] for query in counts[-1])])


def _counted(world: World, grow: Callable[[World, int], None]) -> dict[Page, list[list[str]]]:
    """Of every page that shows what grows; each was looked at once before."""
    visits = {page: (Client(), reverse(page.name, args=page.args(world))) for page in PAGES if page.grow is grow}
    for page, (client, url) in visits.items():
        client.force_login(world.cast.everybody()[page.role], backend=MODEL_BACKEND)
        client.get(url)
    counts: dict[Page, list[list[str]]] = {page: [] for page in visits}
    for more in (ONE, THREE, THIRTY):
        grow(world, more)
        for page, (client, url) in visits.items():
            counts[page].append(_queries(client, url))
    return counts


def _queries(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200, url
    kept = ("SAVEPOINT", "RELEASE SAVEPOINT", "SET CONSTRAINTS")
    return [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(kept)]


def _difference(sizes: list[int], counts: list[list[str]]) -> str:
    """The questions that the larger page asks more often, by their beginning."""
    fewer, more = (sorted(query[:160] for query in queries) for queries in (counts[0], counts[-1]))
    for query in fewer:
        if query in more:
            more.remove(query)
    return "\n".join([str(sizes), *more[:12]])
