"""Pages and saves a second, as the web server of docker-compose.yml gives them to people who come all at once.

Its own command and environment, on PostgreSQL and Redis, over real HTTP: eight connections that stay open, each asking
again as soon as it is answered. The six pages that people open most are asked for equally often, each by those who
use it in turn; boxes of forms and cells of plans are saved as the script saves them.
"""

import http.client
import itertools
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.figure import Figure
from tests.start.containers import HOST, Containers
from tests.start.launching import until

VIEWS_LEAST, SAVES_LEAST, P95_MS = 70, 180, 500
SECONDS, WARM_SECONDS = 10, 2
CONNECTIONS = 8
TOKEN = "t" * 32
"""Cookie and header of a form that a script sends; whoever chose it, they have to be the same."""


@dataclass(frozen=True)
class Result:
    a_second: float
    p95_ms: float
    by_name: dict[str, int]

    def more(self) -> dict[str, Any]:
        return {"p95_ms": round(self.p95_ms), "connections": CONNECTIONS, "median_ms": self.by_name}


def figures() -> list[Figure]:
    with served() as (port, world):
        views = measured(port, Visits(world["visits"]))
        saves = measured(port, Saves(world["boxes"]))
    return [
        Figure("views_per_second", views.a_second, "/s", VIEWS_LEAST, views.more(), views.p95_ms < P95_MS, least=True),
        Figure("saves_per_second", saves.a_second, "/s", SAVES_LEAST, saves.more(), saves.p95_ms < P95_MS, least=True),
    ]


@contextmanager
def served() -> Iterator[tuple[int, dict[str, Any]]]:
    """The port of a web server on sample data, and what `bench.load_world` says may be asked there."""
    with tempfile.TemporaryDirectory(prefix="mentoring-bench-") as folder:
        containers = Containers(Path(folder), WEB_WORKERS="", WEB_THREADS="", SECOND_FACTOR="no")
        try:
            containers.run("migrate")
            containers.run("web", "python", "manage.py", "collectstatic", "--no-input", "--verbosity=0")
            world = json.loads(containers.run("web", "python", "-m", "bench.load_world", HOST).splitlines()[-1])
            port = containers.up("web")
            until(lambda: containers.is_healthy("web", port), "the web server")
            yield port, world
        finally:
            containers.down()


class Visits:
    """Pages in a fixed order, whichever connection takes the next."""

    def __init__(self, visits: list[dict[str, str]]) -> None:
        self.next = itertools.cycle(visits).__next__
        self.lock = threading.Lock()

    def worker(self, number: int) -> Callable[["Connection"], str]:
        return self.one

    def one(self, connection: "Connection") -> str:
        with self.lock:
            visit = self.next()
        connection.get(visit["path"], visit["session"])
        return visit["name"]


class Saves:
    """Each connection types on in boxes of its own, one after the other: each save a new revision."""

    def __init__(self, boxes: list[dict[str, Any]]) -> None:
        self.boxes = boxes

    def worker(self, number: int) -> Callable[["Connection"], str]:
        own = itertools.cycle(self.boxes[number::CONNECTIONS])
        typed = itertools.count()

        def one(connection: "Connection") -> str:
            box = next(own)
            value = f"We go on writing, word by word: {next(typed)}."
            body = {"base": box["base"], "base_value": box["value"], "value": value}
            answer = json.loads(connection.post(box["path"], box["session"], body))
            box["base"], box["value"] = answer["revision"], value
            return box["name"]

        return one


def measured(port: int, work: Any, seconds: float = SECONDS, warm: float = WARM_SECONDS) -> Result:
    """All connections at once, first some seconds that do not count."""
    begin = time.perf_counter() + warm
    done: list[tuple[str, float]] = []

    def ask(number: int) -> None:
        connection, one = Connection(port), work.worker(number)
        while (begun := time.perf_counter()) < begin + seconds:
            name = one(connection)
            if begun >= begin:
                done.append((name, (time.perf_counter() - begun) * 1000))

    with ThreadPoolExecutor(CONNECTIONS) as people:
        for asked in [people.submit(ask, number) for number in range(CONNECTIONS)]:
            asked.result()
    names = {name for name, _ in done}
    medians = {name: round(statistics.median(ms for n, ms in done if n == name)) for name in sorted(names)}
    p95 = statistics.quantiles([ms for _, ms in done], n=20)[-1]
    return Result(len(done) / seconds, p95, medians)


class Connection:
    """A browser's connection behind the proxy that ends TLS."""

    def __init__(self, port: int) -> None:
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def get(self, path: str, session: str) -> bytes:
        return self._ask("GET", path, None, {"Cookie": f"sessionid={session}", "Accept": "text/html"})

    def post(self, path: str, session: str, fields: dict[str, Any]) -> bytes:
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Referer": f"https://{HOST}/",
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return self._ask("POST", path, urlencode(fields), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> bytes:
        self.http.request(method, path, body, {"Host": HOST, "X-Forwarded-Proto": "https", **headers})
        answer = self.http.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return content
