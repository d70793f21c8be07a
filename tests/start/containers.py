"""The services of docker-compose.yml without Docker: commands and environments as processes on private servers."""

import http.client
import os
import re
import shlex
import subprocess
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg2
import yaml

from tests.services import ROOT, PostgreSQL, Redis
from tests.start.launching import PATIENCE, environment
from tools.processes import free_port, start, stop

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SECRETS = {
    "POSTGRES_PASSWORD": "a-password",
    "REDIS_PASSWORD": "another-password",
    "SECRET_KEY": "k3y" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
}
HOST = "mentoring.example.org"


class Containers:
    """The services of the file, with the names of other containers and folders replaced by private ones."""

    def __init__(self, folder: Path, **settings: str) -> None:
        """`settings` of the `.env`, beside those that are needed to start."""
        self.folder = folder
        self.settings = {"PROXY_COUNT": "1", "WEB_WORKERS": "1", "WEB_THREADS": "2", **settings}
        self.postgresql, self.redis = PostgreSQL(), Redis(password=SECRETS["REDIS_PASSWORD"])
        self.postgresql.start()
        self.redis.start()
        with closing(psycopg2.connect(self.postgresql.url("postgres"))) as connection:
            connection.autocommit = True
            connection.cursor().execute("CREATE ROLE mentoring LOGIN")
            # What was committed outlasts a process that is killed, as in production; other tests do without.
            connection.cursor().execute("ALTER ROLE mentoring SET synchronous_commit = on")
            connection.cursor().execute("CREATE DATABASE mentoring OWNER mentoring")
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        (folder / "media").mkdir()
        self.places = {
            "@postgres:5432": f"@127.0.0.1:{self.postgresql.port}",
            "@redis:6379": f"@127.0.0.1:{self.redis.port}",
        }

    def environment(self, service: str, port: int = 0) -> dict[str, str]:
        """`.env` as .env.example explains it, then the service's own, which wins as in Docker."""
        env = dict.fromkeys(example_settings(), "") | self.settings
        env |= {"SECRET_KEY": SECRETS["SECRET_KEY"], "ALLOWED_HOSTS": HOST, "EMAIL_URL": "outbox://"}
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
        self.redis.close()
        self.postgresql.close()


class Visitor:
    """Somebody behind the proxy that ends TLS; keeps cookies, follows nothing."""

    def __init__(self, port: int, address: str = "192.0.2.7") -> None:
        self.port = port
        self.address = address
        self.cookies: dict[str, str] = {}
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[int, bytes]:
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": self.address,
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

    def sign_in(self, email: str, password: str) -> None:
        self.post("/sign/login/", self.get("/sign/login/"), login=email, password=password)


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
