"""Pages as a signed-in person gets them, in process: server time and number of queries."""

import gzip
import statistics
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import calendars, crawl
from bench.figure import Figure, median_ms
from programmes.accounts.models import User
from programmes.action_plans.models import Plan
from programmes.assessments.models import Response
from programmes.benchmarks import pasting
from programmes.benchmarks.models import BenchmarkVersion
from programmes.benchmarks.services import structure, versions
from programmes.overview import sample
from programmes.partnerships.models import Partnership
from tests.sweeps.limits import HOME, MOST, PLACE

FEW, MANY = 100, 10_000
TIMES = 40
BOARD_MS, GROWTH, PAGE_MS, AUTOSAVE_MS = 60, 1.3, 40, 15
FACTORS, BENCHMARK_MS, BENCHMARK_QUERIES = 20, 60, 12
LONG_PLAN, PLAN_MS, PLAN_KB = 60, 100, 60


def client_of(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        _get(client, address)
    return len(seen)


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def figures(few: sample.Sample, many: sample.Sample) -> list[Figure]:
    reached = crawl.figures(client_of(many.coordinator), many.programme.get_absolute_url())
    return [
        *_board(few, many),
        _my_work(many),
        _partnership(many),
        plan_60(many),
        _autosave(many),
        benchmark_page(many),
        *reached,
        *calendars.figures(many),
    ]


def _board(few: sample.Sample, many: sample.Sample) -> list[Figure]:
    """Measured in turn, so that the ratio holds when the machine's speed drifts."""
    clients = {made: (client_of(made.coordinator), made.programme.get_absolute_url()) for made in (few, many)}
    rounds = [{made: _once(*clients[made]) for made in clients} for _ in range(12)]
    small, large = (statistics.median(turn[made] for turn in rounds) for made in (few, many))
    ratio = statistics.median(turn[many] / turn[few] for turn in rounds)
    count = queries(*clients[many])
    more: dict[str, Any] = {"queries": count, "at_100": round(small, 1)}
    return [
        Figure("board_page", large, "ms", BOARD_MS, more, also=count <= MOST),
        Figure("board_growth", ratio, "ratio", GROWTH, {"ratio": round(ratio, 3), "from": FEW, "to": MANY}),
    ]


def _once(client: Client, address: str) -> float:
    return median_ms(lambda: _get(client, address), times=4, warm=1)


def _page(name: str, user: User, address: str, most: int = MOST) -> Figure:
    client = client_of(user)
    value = median_ms(lambda: _get(client, address), times=TIMES)
    count = queries(client, address)
    return Figure(name, value, "ms", PAGE_MS, {"queries": count}, also=count <= most)


def _my_work(many: sample.Sample) -> Figure:
    """For the coordinator, who may see all ten thousand."""
    return _page("my_work", many.coordinator, "/")


def _partnership(many: sample.Sample) -> Figure:
    partnership = Partnership.objects.filter(programme=many.programme)[0]
    return _page("partnership_page", many.coordinator, partnership.get_absolute_url(), most=HOME)


def plan_60(made: sample.Sample) -> Figure:
    """The table of a plan with sixty actions, each cell written, for somebody who writes it."""
    plan = Plan.objects.filter(partnership__programme=made.programme)[0]
    client, address = client_of(sample.officer(plan.team)), plan.get_absolute_url()
    sample.lengthen(plan, LONG_PLAN)
    value = median_ms(lambda: _get(client, address), times=TIMES)
    count, kilobytes = queries(client, address) - PLACE, len(gzip.compress(client.get(address).content)) / 1000
    more: dict[str, Any] = {"queries": count, "kb": round(kilobytes, 1)}
    return Figure("plan_60", value, "ms", PLAN_MS, more, also=count <= MOST and kilobytes <= PLAN_KB)


def benchmark_page(many: sample.Sample) -> Figure:
    """The overview of a benchmark with twenty factors, each with all its boxes, two examples and a context factor."""
    by, programme = many.coordinator, many.programme
    shipped = BenchmarkVersion.objects.filter(benchmark__programme=None, retired_at=None)[0]
    version = versions.copy(version=shipped, programme=programme, by=by)
    missing = FACTORS - version.factors.count()
    table = "\n".join(f"Factor {n}\tIt matters here.\tIs it there?" for n in range(missing))
    structure.take_pasted(version=version, factors=pasting.read(table).factors, by=by)
    for factor in version.factors.all():
        structure.add_example(factor=factor, by=by)
        context = structure.add_context(version=version, title=f"Context of {factor.key}", by=by)
        structure.set_bearing(context=context, factors=[factor], by=by)
    client, address = client_of(by), version.get_absolute_url()
    value = median_ms(lambda: _get(client, address), times=TIMES)
    count = queries(client, address)
    return Figure("benchmark_page", value, "ms", BENCHMARK_MS, {"queries": count}, also=count <= BENCHMARK_QUERIES)


def _autosave(many: sample.Sample) -> Figure:
    """One officer types on in one box: each save a new revision."""
    response = Response.objects.filter(team__enrolment__programme=many.programme)[0]
    officer = sample.officer(response.team)
    client, address = client_of(officer), f"/forms/{response.pk}/boxes/challenge.what/"
    typed = iter(range(10**6))
    state = {"base": response.answers.get(part_key="challenge.what").revision}

    def save() -> None:
        body = {"base": state["base"], "value": f"We go on writing, word by word: {next(typed)}."}
        answer = client.post(address, body, headers={"accept": "application/json"})
        state["base"] = answer.json()["revision"]

    return Figure("autosave", median_ms(save, times=TIMES), "ms", AUTOSAVE_MS)
