"""Production starts with what .env.example says, and with nothing less: one sentence tells what is wrong."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mentoring.settings.environment import Environment
from tests.services import ROOT
from tests.start.launching import PATIENCE, environment

BIN = ROOT / ".venv/bin"
GOOD = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "mentoring.example.org, www.mentoring.example.org",
    "DATABASE_URL": "postgres://user:word@127.0.0.1:1/mentoring",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "MEDIA_ROOT": "/tmp",
    "EMAIL_URL": "outbox://",
}
WRONG = [
    ("DEMO", "1", "DEMO is set"),
    ("SECRET_KEY", "", "SECRET_KEY is not set"),
    ("SECRET_KEY", "change-me", "SECRET_KEY is too easy"),
    ("SECRET_KEY", "a" * 60, "SECRET_KEY is too easy"),
    ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is not set"),
    ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS has no usable"),
    ("ALLOWED_HOSTS", "https://mentoring.example.org", "ALLOWED_HOSTS has no usable"),
    ("DATABASE_URL", "", "DATABASE_URL is not set"),
    ("DATABASE_URL", "sqlite:///db.sqlite3", "DATABASE_URL does not name"),
    ("DATABASE_URL", "postgres://host:port/name", "DATABASE_URL does not name"),
    ("DATABASE_URL", "mentoring", "DATABASE_URL does not name"),
    ("REDIS_URL", "", "REDIS_URL is not set"),
    ("REDIS_URL", "amqp://host", "REDIS_URL does not name"),
    ("REDIS_URL", "redis://host:port/0", "REDIS_URL does not name"),
    ("MEDIA_ROOT", "", "MEDIA_ROOT is not set"),
    ("MEDIA_ROOT", "/no/such/folder", "MEDIA_ROOT is no folder"),
    ("MEDIA_ROOT", "media", "MEDIA_ROOT is no folder"),
    ("EMAIL_URL", "", "EMAIL_URL is not set"),
    ("EMAIL_URL", "mail.example.org", "EMAIL_URL does not name"),
    ("EMAIL_URL", "outbox", "EMAIL_URL does not name"),
    ("EMAIL_URL", "smtp://mail.example.org:25", "DEFAULT_FROM_EMAIL is not set"),
    ("PROXY_COUNT", "one", "PROXY_COUNT is"),
    ("PROXY_COUNT", "²", "PROXY_COUNT is"),
]
WRONG_AT_THE_WEB_SERVER = [
    ("WEB_WORKERS", "two", "WEB_WORKERS is 'two': set it to a whole number, 1 or more."),
    ("WEB_WORKERS", "0", "WEB_WORKERS is '0': set it to a whole number, 1 or more."),
    ("WEB_THREADS", "-1", "WEB_THREADS is '-1': set it to a whole number, 1 or more."),
    ("WEB_BIND", "everywhere", "WEB_BIND is 'everywhere': set it to an address and a port"),
    ("WEB_BIND", "127.0.0.1:http", "WEB_BIND is '127.0.0.1:http': set it to an address and a port"),
    ("WEB_BIND", "127.0.0.1:99999", "WEB_BIND is '127.0.0.1:99999': set it to an address and a port"),
    ("WEB_BIND", "unix:/etc/passwd", "WEB_BIND is 'unix:/etc/passwd': set it to an address and a port"),
    ("MEDIA_ROOT", "/proc", "MEDIA_ROOT cannot be written (/proc: "),
    (
        "STATIC_ROOT",
        "/no/such/folder",
        "STATIC_ROOT holds no static files yet (/no/such/folder): run `python manage.py collectstatic`.",
    ),
    ("HSTS_SUBDOMAINS", "no", "HSTS_PRELOAD needs the subdomains"),
]


def start(*command: str, **env: str) -> "subprocess.CompletedProcess[str]":
    settings = {"DJANGO_SETTINGS_MODULE": "mentoring.settings.production", **GOOD, **env}
    words = [str(BIN / command[0]), *command[1:]]
    return subprocess.run(
        words, cwd=ROOT, env=environment(**settings), capture_output=True, text=True, timeout=PATIENCE
    )


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG, ids=lambda value: str(value)[:24])
def test_wrong_setting_ends_the_start(name: str, value: str, sentence: str):
    said = start("python", "-c", "from mentoring.start import require_settings as go; go()", **{name: value})
    assert said.returncode == 1
    assert said.stderr.startswith(f"Cannot start: {sentence}")
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize(("name", "value", "sentence"), WRONG_AT_THE_WEB_SERVER)
def test_what_a_page_would_miss_ends_the_start(name: str, value: str, sentence: str):
    wrong = {"WEB_BIND": "127.0.0.1:0", "HSTS_PRELOAD": "yes", name: value}
    said = start("gunicorn", "-c", "python:mentoring.gunicorn", "mentoring.wsgi", **wrong)
    assert said.returncode
    assert "Traceback" not in said.stderr
    assert f"Cannot start: {sentence}" in said.stderr


def test_no_worker_without_a_place_for_documents():
    said = start("celery", "--quiet", "-A", "mentoring", "worker", MEDIA_ROOT="/proc")
    assert said.stderr.startswith("Cannot start: MEDIA_ROOT cannot be written (/proc: ")
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        ("python", "manage.py", "migrate"),
        ("gunicorn", "--no-control-socket", "-c", "python:mentoring.gunicorn", "mentoring.wsgi"),
        ("celery", "--quiet", "-A", "mentoring", "worker"),
        ("celery", "--quiet", "-A", "mentoring", "beat"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_every_process_says_it_without_a_traceback(command: tuple[str, ...]):
    said = start(*command, SECRET_KEY="", WEB_BIND="127.0.0.1:0")
    assert said.returncode == 1
    assert said.stderr.splitlines() == [
        "Cannot start: SECRET_KEY is not set: set it to 50 or more random characters, the same for every process."
    ]


def test_deployment_check_is_clean():
    said = start("python", "manage.py", "check", "--deploy", "--fail-level=WARNING")
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize(("said", "required"), [("", "True"), ("yes", "True"), ("no", "False")])
def test_a_second_factor_is_required_unless_somebody_says_no(said: str, required: str):
    asked = "from django.conf import settings; print(settings.SECOND_FACTOR_REQUIRED)"
    assert start("python", "-c", asked, SECOND_FACTOR=said).stdout.strip() == required


def test_each_setting_read_is_explained():
    """Whatever production or the web server asks of the environment stands in .env.example."""
    code = "".join((ROOT / "mentoring" / name).read_text() for name in ("settings/production.py", "gunicorn.py"))
    asked = set(re.findall(r"""env\.\w+\("([A-Z_]+)\"""", code)) | {"DEFAULT_FROM_EMAIL"}
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert asked <= explained
    assert explained - asked == {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}


def test_mail_settings():
    source = {"EMAIL_URL": "smtp+tls://me:word@mail.example.org:587", "DEFAULT_FROM_EMAIL": "M <m@example.org>"}
    mail = Environment(source).mail("EMAIL_URL", "DEFAULT_FROM_EMAIL")
    assert mail["EMAIL_HOST"] == "mail.example.org"
    assert mail["EMAIL_USE_TLS"] is True
    assert Environment({"EMAIL_URL": "outbox://"}).mail("EMAIL_URL", "DEFAULT_FROM_EMAIL") == {}


@pytest.mark.parametrize("url", ["redis://host:6379/0", "rediss://:word@host/1", "unix:///run/redis.sock"])
def test_redis_addresses(url: str):
    assert Environment({"REDIS_URL": url}).redis("REDIS_URL") == url


def test_no_sentence_repeats_a_secret():
    with pytest.raises(ImproperlyConfigured) as refusal:
        Environment({"DATABASE_URL": "postgres://me:hush-hush@host:port/name"}).database("DATABASE_URL")
    assert "hush" not in str(refusal.value)


def test_demo_secret_is_kept_and_private(tmp_path: Path):
    read = "from django.conf import settings; print(settings.SECRET_KEY)"
    env = environment(DJANGO_SETTINGS_MODULE="mentoring.settings.demo", VAR_DIR=str(tmp_path / "var"))
    first, second = (
        subprocess.run([BIN / "python", "-c", read], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert first.stdout == second.stdout
    assert len(first.stdout.strip()) > 50
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o077 == 0
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
