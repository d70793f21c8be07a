"""docker-compose.yml without Docker: its commands and environments as processes against private servers.

What this cannot show is the image itself: that is built nowhere here.
"""

import http.client
import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg2
import pytest
import yaml

from tests.services import ROOT, PostgreSQL, Redis
from tests.start.launching import PATIENCE, environment, until
from tools.processes import free_port, start, stop

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("start")]

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
APP = ("migrate", "web", "worker", "scheduler")
SECRETS = {"POSTGRES_PASSWORD": "a-password", "SECRET_KEY": "k3y" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2}
HOST = "mentoring.example.org"


class Containers:
    """The services of the file, with the names of other containers and folders replaced by private ones."""

    def __init__(self, folder: Path, postgresql: PostgreSQL, redis: Redis) -> None:
        self.folder = folder
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        (folder / "media").mkdir()
        self.places = {
            "@postgres:5432": f"@127.0.0.1:{postgresql.port}",
            "redis://redis:6379": f"redis://127.0.0.1:{redis.port}",
        }

    def environment(self, service: str, port: int = 0) -> dict[str, str]:
        """`.env` as .env.example explains it, then the service's own, which wins as in Docker."""
        env = dict.fromkeys(example_settings(), "") | {"PROXY_COUNT": "1", "WEB_WORKERS": "1", "WEB_THREADS": "2"}
        env |= {"SECRET_KEY": SECRETS["SECRET_KEY"], "ALLOWED_HOSTS": HOST}
        env |= {name: self.here(value) for name, value in COMPOSE["services"][service]["environment"].items()}
        env["WEB_BIND"] = env["WEB_BIND"].replace("0.0.0.0:8000", f"127.0.0.1:{port}")
        env["MEDIA_ROOT"] = str(self.folder) + env["MEDIA_ROOT"]
        env["STATIC_ROOT"] = str(self.folder / "static")
        return environment(PATH=f"{ROOT / '.venv/bin'}:{os.environ['PATH']}", **env)

    def here(self, value: str) -> str:
        filled = re.sub(r"\$\{(\w+)[^}]*\}", lambda name: SECRETS[name[1]], str(value))
        for there, place in self.places.items():
            filled = filled.replace(there, place)
        return filled

    def run(self, service: str, *command: str) -> str:
        """To its end; another command of the same container where one is given."""
        words = list(command) or shlex.split(COMPOSE["services"][service]["command"])
        env = self.environment(service)
        done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def up(self, service: str, number: int = 1) -> int:
        """Starts one container of the service; the port, should it be a web server."""
        port = free_port()
        words = [word.replace("%h", f"%h-{number}") for word in shlex.split(COMPOSE["services"][service]["command"])]
        log = self.folder / f"{service}-{number}.log"
        name = f"{service}-{number}"
        self.children[name] = start(words, env=self.environment(service, port), log=log, cwd=ROOT)
        return port

    def is_healthy(self, service: str, port: int = 8000) -> bool:
        kind, *words = COMPOSE["services"][service]["healthcheck"]["test"]
        assert kind == "CMD"
        words = [word.replace(":8000", f":{port}") for word in words]
        env = self.environment(service)
        return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, timeout=PATIENCE).returncode == 0

    def down(self) -> None:
        for child in self.children.values():
            stop(child, patience=20)


@pytest.fixture(scope="module")
def containers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    postgresql, redis = PostgreSQL().start(), Redis().start()
    with closing(psycopg2.connect(postgresql.url("postgres"))) as connection:
        connection.autocommit = True
        connection.cursor().execute("CREATE ROLE mentoring LOGIN")
        connection.cursor().execute("CREATE DATABASE mentoring OWNER mentoring")
    made = Containers(tmp_path_factory.mktemp("compose"), postgresql, redis)
    yield made
    made.down()
    redis.close()
    postgresql.close()


class Visitor:
    """Somebody behind the proxy that ends TLS; keeps cookies, follows nothing."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, bytes]:
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "Referer": f"https://{HOST}{path}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, urlencode(fields) if fields is not None else None, headers)
            answer = connection.getresponse()
            self.headers = dict(answer.getheaders())
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                assert "Secure" in cookie or "Max-Age=0" in cookie
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read()

    def get(self, path: str) -> str:
        status, body = self.ask("GET", path)
        assert status == 200, (path, status, body[:500])
        return body.decode()

    def post(self, path: str, page: str, **fields: Any) -> str:
        """Posts with the page's token; where it leads."""
        status, body = self.ask("POST", path, {"csrfmiddlewaretoken": token_of(page), **fields})
        assert status == 302, (path, status, body[:2000])
        return self.headers["Location"]


class _Token(HTMLParser):
    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = dict(attrs)
        if tag == "input" and words.get("name") == "csrfmiddlewaretoken":
            self.found = words["value"] or ""


def token_of(page: str) -> str:
    parser = _Token()
    parser.feed(page)
    return parser.found


def example_settings() -> list[str]:
    """The settings .env.example sets, in its order."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return [line.partition("=")[0] for line in lines if line and not line.startswith("#")]


SOMEBODY = """
from programmes.action_plans.models import Plan
from programmes.overview.sample import officer
plan = Plan.objects.first()
user = officer(plan.team)
user.set_password("a long enough password")
user.save()
print(user.email, plan.pk)
"""


def test_from_an_empty_database_to_a_rendered_document(containers: Containers):
    containers.run("migrate")
    containers.run("web", "python", "manage.py", "collectstatic", "--no-input", "--verbosity=0")
    containers.run("web", "python", "manage.py", "create_sample_data", "--partnerships", "2")
    email, plan = containers.run("web", "python", "manage.py", "shell", "--verbosity=0", "-c", SOMEBODY).split()[-2:]

    ports = [containers.up("web", number) for number in (1, 2)]
    for number in (1, 2):
        containers.up("worker", number)
    containers.up("scheduler")
    for port in ports:
        until(lambda port=port: containers.is_healthy("web", port), "the web server")
    until(lambda: containers.is_healthy("worker") and containers.is_healthy("scheduler"), "a beat")

    first, second = Visitor(ports[0]), Visitor(ports[1])
    page = first.get("/sign/login/")
    first.post("/sign/login/", page, login=email, password="a long enough password")
    second.cookies = first.cookies
    assert second.ask("GET", "/healthz")[0] == 200
    page = second.get("/")

    wish = {"kind": "action-plan", "subject_id": plan, "language": "en", "format": "pdf", "texts": "original"}
    document = second.post("/documents/ask/", page, **wish)
    file = f"{document.rstrip('/')}/file/"
    until(lambda: first.ask("GET", file)[0] == 200, "the document")
    assert first.ask("GET", file)[1].startswith(b"%PDF-")


def test_only_https_and_only_its_own_name(containers: Containers):
    visitor = Visitor(containers.up("web", 3))
    until(lambda: containers.is_healthy("web", visitor.port), "the web server")
    with closing(http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/", headers={"Host": HOST})
        plain = connection.getresponse()
        assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/")
    with closing(http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/", headers={"Host": "elsewhere.example", "X-Forwarded-Proto": "https"})
        assert connection.getresponse().status == 400
    visitor.ask("GET", "/")
    assert "max-age=31536000" in visitor.headers["Strict-Transport-Security"]


def test_every_service_says_how_it_is(containers: Containers):
    services = COMPOSE["services"]
    assert {name for name in services if "healthcheck" not in services[name]} == {"migrate"}
    assert all(services[name]["user"] == "10001:10001" for name in APP)


def test_data_outlives_the_containers():
    used = {volume.partition(":")[0] for service in COMPOSE["services"].values() for volume in service["volumes"]}
    assert used == set(COMPOSE["volumes"])
