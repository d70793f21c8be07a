"""`make run` in a folder of its own, and what is left of it afterwards."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.services import ROOT
from tools.places import database
from tools.processes import free_port

PATIENCE = 300
"""Seconds for anything on a machine that does other things too. What has failed ends at once, whatever this says."""


class Demo:
    """One `make run`; `left()` tells every process that carries its folder in its environment."""

    def __init__(self, var: Path, word: str = "run", **env: str) -> None:
        self.var, self.word, self.env = var, word, env
        self.port = free_port()
        self.output_file = var.parent / f"{var.name}.out"
        self.make: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return self.output_file.read_text(errors="replace") if self.output_file.exists() else ""

    def launch(self) -> "Demo":
        """Starts it like a terminal does: make and what it starts are one process group."""
        with open(self.output_file, "wb") as output:
            self.make = subprocess.Popen(
                ["make", self.word],
                cwd=ROOT,
                env=environment(VAR_DIR=str(self.var), PORT=str(self.port), **self.env),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        return self

    def wait(self) -> "Demo":
        """Until it has printed its address; once more where somebody else was faster at the port."""
        until(lambda: self.url in self.output or self.has_ended(), "its address")
        if f"Port {self.port} is taken" in self.output:
            self.port = free_port()
            self.launch()
            until(lambda: self.url in self.output or self.has_ended(), "its address")
        assert self.url in self.output, self.output
        return self

    def has_ended(self) -> bool:
        return self.make is not None and self.make.poll() is not None

    def left(self) -> dict[int, str]:
        make = self.make.pid if self.make else 0
        return {pid: words for pid, words in processes(self.var) if pid != make}

    def pid_of(self, *words: str) -> int:
        found = [pid for pid, line in self.left().items() if all(word in line for word in words)]
        assert found, (words, self.left())
        return min(found)

    def environ(self) -> dict[str, str]:
        """What the running processes were given, for one more beside them."""
        words = Path(f"/proc/{self.pid_of('gunicorn')}/environ").read_text().split("\0")
        return dict(word.split("=", 1) for word in words if "=" in word)

    def interrupt(self) -> None:
        """Ctrl-C: the terminal sends it to the whole group."""
        assert self.make is not None
        os.killpg(self.make.pid, signal.SIGINT)

    def is_gone(self) -> None:
        until(lambda: not self.left(), f"its end, but these are left: {self.left()}")

    def end(self) -> None:
        for pid in self.left():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.make is not None:
            self.make.kill()
            self.make.wait()

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=PATIENCE) as answer:
                content: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as refused:
            content = json.load(refused)
        return content

    def rows(self, query: str) -> list[tuple]:
        file = self.var / database(demo="DEMO" not in self.env)
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as opened, opened:
            return opened.execute(query).fetchall()

    def is_well(self) -> None:
        until(lambda: bool(self.health()["ok"]), "a beat of the worker")


def environment(**more: str) -> dict[str, str]:
    """The one of an ordinary terminal: nothing of pytest's and Django's settings."""
    ours = re.compile(
        r"DJANGO|DATABASE_URL|REDIS_URL|CACHE_URL|TEST_|PYTEST|MAKE|MFLAGS|VAR_DIR|PORT$|DEMO$|COORDINATOR_|NETWORK$"
    )
    return {name: value for name, value in os.environ.items() if not ours.match(name)} | more


def processes(var: Path) -> list[tuple[int, str]]:
    """Number and command line of every running process that was given this VAR_DIR.

    Redis writes its title over its environment, but the title names its socket.
    """
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            given = f"VAR_DIR={var}".encode() in (place / "environ").read_bytes().split(b"\0")
            line = (place / "cmdline").read_text().replace("\0", " ").strip()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if line and (given or f"unixsocket:{var}/" in line):
            found.append((int(place.name), line))
    return found


def until(true: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, f"Waited {patience} s for {what}"
        time.sleep(0.1)
