"""`make run`: starts everything, says what it cannot do, and leaves nothing behind, however it is ended."""

import errno
import io
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.services import ROOT
from tests.start.launching import PATIENCE, Demo, environment, until
from tools.processes import free_port
from tools.supervisor import ACCOUNTS, require_var
from tools.system import Missing

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("start")]


def make(word: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = ["make", word]
    return subprocess.run(command, cwd=ROOT, env=environment(**env), capture_output=True, text=True, timeout=PATIENCE)


class TestRunning:
    def test_everything_runs_and_says_where(self, shared_demo: Demo):
        shared_demo.is_well()
        for name, _ in ACCOUNTS:
            assert f"{name}@demo.example" in shared_demo.output
        assert listening_on(shared_demo.port) == {"127.0.0.1"}
        assert shared_demo.var.stat().st_mode & 0o777 == 0o700

    def test_the_accounts_told_are_the_accounts_there(self, shared_demo: Demo):
        there = {email for (email,) in shared_demo.rows("SELECT email FROM accounts_user WHERE is_active")}
        assert {f"{name}@demo.example" for name, _ in ACCOUNTS} <= there

    def test_runs_as_in_production(self, shared_demo: Demo):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{shared_demo.url}/no-such-page", timeout=PATIENCE)
        assert refused.value.code == 404
        assert "script-src 'self'" in refused.value.headers["Content-Security-Policy"]
        assert b"DEBUG" not in refused.value.read()

    def test_the_next_start_keeps_what_people_changed(self, make_demo):
        demo = make_demo()
        demo.rows("UPDATE accounts_user SET name = 'Somebody new' WHERE email = 'mentee@demo.example'")
        demo.launch().wait()
        assert demo.rows("SELECT name FROM accounts_user WHERE email = 'mentee@demo.example'") == [("Somebody new",)]

    def test_what_dies_is_started_again(self, demo: Demo):
        demo.is_well()
        worker, redis = demo.pid_of("celery", "--queues=light"), demo.pid_of("redis-server", "unixsocket")
        os.kill(worker, signal.SIGKILL)
        os.kill(redis, signal.SIGKILL)
        until(lambda: worker not in demo.left() and redis not in demo.left(), "their end")
        demo.is_well()


class TestStopping:
    def test_ctrl_c(self, demo: Demo):
        demo.interrupt()
        demo.is_gone()
        assert demo.make is not None
        demo.make.wait(10)
        assert "Stopping" in demo.output

    @pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
    def test_signal(self, demo: Demo, signum: int):
        os.kill(demo.pid_of("-m tools run"), signum)
        demo.is_gone()

    @pytest.mark.parametrize("words", ["tools.keeper", "-m tools run"])
    def test_part_of_the_launcher_is_killed(self, demo: Demo, words: str):
        os.kill(demo.pid_of(words), signal.SIGKILL)
        demo.is_gone()

    def test_make_is_killed(self, demo: Demo):
        assert demo.make is not None
        demo.make.kill()
        demo.make.wait()
        demo.is_gone()

    def test_the_whole_launcher_is_killed(self, demo: Demo):
        os.kill(demo.pid_of("tools.keeper"), signal.SIGKILL)
        os.kill(demo.pid_of("-m tools run"), signal.SIGKILL)
        demo.is_gone()

    def test_while_it_is_still_preparing(self, make_demo):
        demo = make_demo()
        (demo.var / "stamps.json").unlink()
        demo.launch()
        until(lambda: "Preparing" in demo.output or "Loading" in demo.output, "its first step")
        demo.interrupt()
        demo.is_gone()

    def test_the_running_task_is_finished_first(self, demo: Demo):
        demo.is_well()
        document = ask_for_a_document(demo)
        until(lambda: state(demo, document) != "waiting", "the worker's start")
        demo.interrupt()
        demo.is_gone()
        assert state(demo, document) == "ready"


class TestRefusing:
    def test_taken_port(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = str(other.getsockname()[1])
            said = make("run", PORT=port)
        assert said.returncode
        assert said.stderr.splitlines()[0].startswith(f"Port {port} is taken")

    def test_port_that_is_none(self):
        assert make("run", PORT="eighty").stderr.startswith("PORT is 'eighty'")

    @pytest.mark.parametrize("word", ["run", "reset"])
    def test_folder_that_cannot_be_written(self, word: str):
        said = make(word, VAR_DIR="/proc/mentoring", PORT=str(free_port()))
        assert said.returncode
        assert said.stderr.splitlines()[0].startswith("/proc/mentoring cannot be written (No such file or directory)")

    def test_full_folder(self, tmp_path: Path, monkeypatch):
        monkeypatch.setenv("VAR_DIR", str(tmp_path))
        monkeypatch.setattr("tools.places.tempfile.TemporaryFile", lambda **kwargs: FullDisk())
        with pytest.raises(Missing, match=r"cannot be written \(No space left on device\); make room there"):
            require_var()

    def test_second_one_on_the_same_data(self, shared_demo: Demo):
        said = make("run", VAR_DIR=str(shared_demo.var), PORT=str(free_port()))
        assert said.stderr.splitlines()[0] == f"The demo in {shared_demo.var} is running already; stop that one first."
        shared_demo.is_well()

    def test_old_python(self):
        pretend = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_module('tools', run_name='__main__')"
        said = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
        assert said.returncode
        assert said.stderr.splitlines() == [f"Python 3.11 or newer is needed; {sys.executable} is 3.9."]

    @pytest.mark.parametrize(("spoken", "answer"), [("v16.20.2", "found v16.20.2."), ("", "found none.")])
    def test_old_node(self, tmp_path: Path, spoken: str, answer: str):
        (tmp_path / "node").write_text(f"#!/bin/sh\necho {spoken}\n")
        (tmp_path / "node").chmod(0o755)
        said = make("run", PATH=f"{tmp_path}:{os.environ['PATH']}", PORT=str(free_port()))
        assert said.stderr.splitlines()[0] == f"Node 18 or newer is needed; {answer}"


class TestReset:
    def test_forgets_the_data_and_keeps_the_secret(self, make_demo):
        demo = make_demo()
        secret = (demo.var / "secret").read_text()
        assert make("reset", VAR_DIR=str(demo.var)).returncode == 0
        assert not (demo.var / "demo.sqlite3").exists()
        assert (demo.var / "secret").read_text() == secret

    def test_not_while_it_runs(self, shared_demo: Demo):
        said = make("reset", VAR_DIR=str(shared_demo.var))
        assert "is running already" in said.stderr
        assert (shared_demo.var / "demo.sqlite3").exists()


class FullDisk(io.BytesIO):
    def write(self, data) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def listening_on(port: int) -> set[str]:
    """The addresses on which this machine listens at the port."""
    found = set()
    for table, family in (("tcp", socket.AF_INET), ("tcp6", socket.AF_INET6)):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, listening, *_ = line.split()
            address, _, number = local.partition(":")
            if listening == "0A" and int(number, 16) == port:
                words = b"".join(bytes.fromhex(address[at : at + 8])[::-1] for at in range(0, len(address), 8))
                found.add(socket.inet_ntop(family, words))
    return found


def in_the_demo(demo: Demo, code: str) -> str:
    """Runs a few lines in the demo's Django, beside the running processes."""
    command = [ROOT / ".venv/bin/python", "manage.py", "shell", "--verbosity=0", "-c", code]
    options = {"cwd": ROOT, "env": demo.environ(), "timeout": PATIENCE}
    return subprocess.run(command, capture_output=True, text=True, check=True, **options).stdout.strip()


def ask_for_a_document(demo: Demo) -> int:
    code = """
from programmes.accounts.models import User
from programmes.action_plans.models import Plan
from programmes.common.access import Access
from programmes.reports import services
from programmes.reports.registry import DocumentOptions
from programmes.action_plans.selectors import plans_visible_to
user = User.objects.get(email="mentee@demo.example")
access = Access(user)
plan = plans_visible_to(access).first()
options = DocumentOptions(language="en")
asked = {"kind": "action-plan", "subject_id": plan.pk, "file_format": "pdf"}
print(services.request_document(**asked, options=options, access=access).pk)
"""
    return int(in_the_demo(demo, code).splitlines()[-1])


def state(demo: Demo, document: int) -> str:
    return demo.rows(f"SELECT state FROM reports_document WHERE id = {document}")[0][0]
