"""Reads production's settings.

Each reader answers a usable value or raises ImproperlyConfigured with a sentence that says what to set.
"""

import contextlib
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from mentoring.settings.parts import postgresql

LISTENING = re.compile(r"([\w.-]+|\[[0-9a-fA-F:.]+\]):([0-9]{1,5})", re.ASCII)
HIGHEST_PORT = 65535
OUTBOX = "outbox://"
PLACEHOLDERS = ("change-me", "changeme", "secret", "example")


class Environment:
    def __init__(self, source: dict[str, str] | None = None) -> None:
        self.source = dict(os.environ if source is None else source)

    def refuse_demo(self) -> None:
        if self.source.get("DEMO", "").strip().lower() not in ("", "0", "false", "no"):
            raise ImproperlyConfigured(
                "DEMO is set, but production never runs the demo: unset DEMO, or use `make run`."
            )

    def text(self, name: str, *, meaning: str) -> str:
        value = self.source.get(name, "").strip()
        if not value:
            raise ImproperlyConfigured(f"{name} is not set: set it to {meaning}.")
        return value

    def secret_key(self, name: str) -> str:
        value = self.text(name, meaning="50 or more random characters, the same for every process")
        if len(value) < 50 or len(set(value)) < 12 or value.lower().startswith(PLACEHOLDERS):
            raise ImproperlyConfigured(f"{name} is too easy to guess: set it to 50 or more random characters.")
        return value

    def hosts(self, name: str) -> list[str]:
        meaning = "the host names of this site, separated by commas, for example mentoring.example.org"
        names = [host.strip() for host in self.text(name, meaning=meaning).split(",") if host.strip()]
        bad = [host for host in names if host == "*" or "/" in host or " " in host]
        if bad or not names:
            raise ImproperlyConfigured(f"{name} has no usable host name in {', '.join(bad)!r}: set it to {meaning}.")
        return names

    def site(self, name: str, *, hosts: list[str]) -> str:
        """Where links in mails lead; the first of the hosts, unless that is a whole domain."""
        default = "" if hosts[0].startswith(".") else f"https://{hosts[0]}"
        meaning = "the address of this site for links in mails, for example https://mentoring.example.org"
        value = default if default and not self.source.get(name, "").strip() else self.text(name, meaning=meaning)
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ImproperlyConfigured(f"{name} is {value!r}: set it to {meaning}.")
        return value.rstrip("/")

    def database(self, name: str) -> dict[str, Any]:
        meaning = "the PostgreSQL database, for example postgres://user:password@host:5432/name"
        url = self.text(name, meaning=meaning)
        config: dict[str, Any] = {}
        if url.partition("://")[0] in ("postgres", "postgresql"):
            with contextlib.suppress(ValueError, ImproperlyConfigured):
                config = environ.Env.db_url_config(url)
        if not config.get("NAME"):
            raise ImproperlyConfigured(f"{name} does not name a PostgreSQL database: set it to {meaning}.")
        return postgresql(config)

    def redis(self, name: str) -> str:
        meaning = "the Redis server of broker and cache, for example redis://host:6379/0"
        url = self.text(name, meaning=meaning)
        try:
            parts = urlsplit(url)
            usable = parts.scheme in ("redis", "rediss") and parts.hostname and (parts.port is None or parts.port > 0)
            usable = usable or (parts.scheme == "unix" and parts.path.startswith("/"))
        except ValueError:
            usable = False
        if not usable:
            raise ImproperlyConfigured(f"{name} does not name a Redis server: set it to {meaning}.")
        return url

    def folder(self, name: str, *, default: Path | None = None) -> Path:
        """A folder that exists; one with a default may still be made, by the command that fills it."""
        if default is not None and not self.source.get(name, "").strip():
            return default
        meaning = "the absolute path of a folder that web and worker share"
        path = Path(self.text(name, meaning=meaning))
        if not path.is_absolute() or not (path.is_dir() or default is not None):
            raise ImproperlyConfigured(f"{name} is no folder ({path}): set it to {meaning}.")
        return path

    def number(self, name: str, *, default: int, least: int = 0) -> int:
        value = self.source.get(name, "").strip() or str(default)
        if not (value.isascii() and value.isdecimal() and int(value) >= least):
            raise ImproperlyConfigured(f"{name} is {value!r}: set it to a whole number, {least} or more.")
        return int(value)

    def address(self, name: str, *, default: str) -> str:
        """Where a server listens, as gunicorn spells it: `host:port`, `[host]:port` or `unix:/path`."""
        value = self.source.get(name, "").strip() or default
        if not (_is_port(LISTENING.fullmatch(value)) or _is_socket(value)):
            meaning = "an address and a port, for example 127.0.0.1:8000, or unix:/run/mentoring/web.sock"
            raise ImproperlyConfigured(f"{name} is {value!r}: set it to {meaning}.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.source.get(name, "").strip().lower()
        if value not in ("", "yes", "no"):
            raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
        return value == "yes" if value else default

    def mail(self, url_name: str, sender_name: str) -> dict[str, Any]:
        """Django's mail settings; none where mails are to stay in the outbox, which has to be said."""
        meaning = f"the mail server, for example smtp+tls://user:password@host:587, or to {OUTBOX} to send none"
        url = self.text(url_name, meaning=meaning)
        if url == OUTBOX:
            return {}
        config: dict[str, Any] = {}
        with contextlib.suppress(KeyError, ValueError, ImproperlyConfigured):
            config = environ.Env.email_url_config(url)
        if not config.get("EMAIL_HOST"):
            raise ImproperlyConfigured(f"{url_name} does not name a mail server: set it to {meaning}.")
        sender = self.text(sender_name, meaning="the sender of our mails, for example Mentoring <no-reply@example.org>")
        if "@" not in sender:
            raise ImproperlyConfigured(
                f"{sender_name} is no mail address ({sender}): set it to one this server may use."
            )
        return {**config, "DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}


def _is_port(found: "re.Match[str] | None") -> bool:
    return found is not None and int(found[2]) <= HIGHEST_PORT


def _is_socket(value: str) -> bool:
    """`unix:` and where a socket is, or may be made."""
    path = Path(value.removeprefix("unix:"))
    return value.startswith("unix:/") and (path.is_socket() or not path.exists())
