"""One function per word of the Makefile."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools.bootstrap import prepare
from tools.own import first_coordinator
from tools.places import BIN, ROOT, is_demo
from tools.supervisor import Supervisor, locked, require_port, require_var
from tools.system import Missing

LOCKS = ("requirements", "requirements-run", "requirements-dev")


def run(words: Sequence[str], *, dev: bool = False) -> int:
    port = require_port()
    folder = require_var()
    first = None if is_demo() else first_coordinator(folder)
    prepare(run=True)
    return Supervisor(port=port, dev=dev, first=first).run()


def dev(words: Sequence[str]) -> int:
    return run(words, dev=True)


def reset(words: Sequence[str]) -> int:
    """The demo's data go; logs and secret stay. Data of one's own are nobody's to forget."""
    folder = require_var()
    if not is_demo():
        raise Missing(f"`make reset` forgets the demo alone; {folder} is yours to delete.")
    with locked(folder):
        for name in ("media", "static"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for path in (*folder.glob("*.sqlite3*"), folder / "stamps.json"):
            path.unlink(missing_ok=True)
    print("The demo is as new; `make run` loads it again.")
    return 0


def test(words: Sequence[str]) -> int:
    prepare(tests=True)
    return become([BIN / "python", "-m", "pytest", "-n", "2", "--dist", "loadgroup", "--durations=20", *words])


def check(words: Sequence[str]) -> int:
    prepare(tests=True)
    return become([BIN / "python", "-m", "tools.checks", *words])


def bench(words: Sequence[str]) -> int:
    prepare(tests=True)
    return become([BIN / "python", "-m", "bench.run", *words])


def lock(words: Sequence[str]) -> int:
    """Writes the locks anew; `make lock ARGS=--upgrade` takes newer versions."""
    prepare(tests=True)
    options = ["--universal", "--generate-hashes", "--no-header", "--python-version=3.11", "--quiet", *words]
    for name in LOCKS:
        command: list[str | Path] = [BIN / "uv", "pip", "compile", *options, f"{name}.in", "-o", f"{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True)
    return subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=False).returncode


def messages(words: Sequence[str]) -> int:
    """Gathers the texts to translate into locale/."""
    prepare(tests=True)
    return become([BIN / "python", "-m", "tools.messages", *words])


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    command.__name__: command for command in (run, dev, reset, test, check, bench, lock, messages)
}


def main(words: Sequence[str]) -> int:
    """The exit code; what this machine lacks is said in one sentence."""
    if not words or words[0] not in COMMANDS:
        print(f"Say one of: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    try:
        return COMMANDS[words[0]](words[1:])
    except Missing as sentence:
        print(sentence, file=sys.stderr)
        return sentence.code
    except KeyboardInterrupt:
        return 130


def become(command: Sequence[str | Path]) -> int:
    """Goes on as the other program, so that its last line is the last line."""
    sys.stdout.flush()
    os.chdir(ROOT)
    env = {**os.environ, "PATH": f"{BIN}:{os.environ.get('PATH', '')}"}
    os.execve(command[0], [os.fspath(word) for word in command], env)  # noqa: S606
