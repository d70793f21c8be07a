"""Private servers of a test run: PostgreSQL, Redis, a Celery worker; on free ports, in temporary folders.

A server that already runs on this machine is never asked nor touched.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import psycopg2
import redis

from tools.processes import free_port, start, stop

ROOT = Path(__file__).resolve().parents[1]
ATTEMPTS = 5
PATIENCE = 120
"""Seconds; whoever ends before has failed, and is not waited for."""


class DidNotStart(RuntimeError):
    """A server ended or stayed silent; the message holds the end of its log."""


def until(ready: Callable[[], bool], child: "subprocess.Popen[bytes]", log: Path, patience: float = PATIENCE) -> None:
    """Waits until `ready`; raises DidNotStart when the child ends first or the patience does."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if child.poll() is not None:
            break
        if ready():
            return
        time.sleep(0.05)
    raise DidNotStart(log.read_text(errors="replace")[-3000:] if log.exists() else "")


class Server:
    """A process with a folder of its own; `start` picks another port when somebody was faster."""

    stop_signal = signal.SIGTERM

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mentoring-"))
        self.log = self.folder / "log"
        self.port = 0
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        for attempt in range(ATTEMPTS):
            self.port = free_port()
            self.launch()
            try:
                assert self.child is not None
                until(self.is_ready, self.child, self.log)
            except DidNotStart:
                self.end()
                if attempt == ATTEMPTS - 1:
                    raise
            else:
                break
        return self

    def launch(self) -> None:
        raise NotImplementedError

    def is_ready(self) -> bool:
        raise NotImplementedError

    def end(self) -> None:
        if self.child is not None:
            stop(self.child, signum=self.stop_signal)

    def close(self) -> None:
        self.end()
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgreSQL(Server):
    """`initdb` and `postgres` refuse to be root: then they run as the user of Debian's package."""

    stop_signal = signal.SIGINT
    INITDB = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")

    def __init__(self) -> None:
        super().__init__()
        self.data = self.folder / "data"
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        rights = {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}
        subprocess.run(
            [postgresql_program("initdb"), "-D", self.data, "-U", "postgres", *self.INITDB],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **rights,  # type: ignore[call-overload]
        )

    def launch(self) -> None:
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "100",
        }
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        command: list[str | Path] = [postgresql_program("postgres"), "-D", self.data, *settings]
        self.child = start(command, log=self.log, user=self.user, cwd=self.folder, death_signal=signal.SIGQUIT)

    def is_ready(self) -> bool:
        try:
            with closing(psycopg2.connect(self.url("postgres"), connect_timeout=2)):
                return True
        except psycopg2.OperationalError:
            return False

    def url(self, database: str = "mentoring") -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """A new empty database; its address."""
        with closing(psycopg2.connect(self.url("postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{database}"')
        return self.url(database)


class Redis(Server):
    def __init__(self, password: str = "") -> None:
        super().__init__()
        self.password = password

    def launch(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise DidNotStart("redis-server is not installed; `make test` installs it.")
        command: list[str | Path] = [program, "--bind", "127.0.0.1", "--port", str(self.port), "--dir", self.folder]
        command += ["--save", "", "--appendonly", "no", "--databases", "64", "--daemonize", "no"]
        command += ["--requirepass", self.password]
        self.child = start(command, log=self.log)

    def is_ready(self) -> bool:
        try:
            with closing(redis.Redis(port=self.port, password=self.password or None, socket_timeout=2)) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def url(self, database: int = 0) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"


class Worker:
    """A real Celery worker on the database and the Redis that `env` names."""

    def __init__(self, env: Mapping[str, str], *options: str) -> None:
        self.env = {**os.environ, **env}
        self.options = options or ("--concurrency=1",)
        self.folder = Path(tempfile.mkdtemp(prefix="mentoring-worker-"))
        self.log = self.folder / "log"
        self.child: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = PATIENCE) -> "Worker":
        command: list[str | Path] = [
            ROOT / ".venv/bin/celery",
            "-A",
            "mentoring",
            "worker",
            "--loglevel=INFO",
            *self.options,
        ]
        before = self.output().count(" ready.")
        self.child = start(command, env=self.env, log=self.log, cwd=ROOT)
        until(lambda: self.output().count(" ready.") > before, self.child, self.log, patience)
        return self

    def output(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def kill(self) -> None:
        """As a crash or the kernel would: the whole session at once, without a word."""
        if self.child is not None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def stop(self) -> None:
        if self.child is not None:
            stop(self.child, patience=20)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def postgresql_program(name: str) -> str:
    """The newest of Debian's versions, which are not on PATH; then whatever is."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise DidNotStart(f"PostgreSQL's {name} is not installed; `make test` installs it.")
    return found
