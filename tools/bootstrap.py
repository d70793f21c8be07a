"""Makes a fresh checkout able to run: virtual environment, npm packages, system libraries, catalogues."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools import system
from tools.places import BIN, NODE_MODULES, ROOT, VENV
from tools.stamps import Stamps, content
from tools.system import Missing

OLDEST_NODE = 18


def prepare(*, run: bool = False, tests: bool = False) -> None:
    """What all need, with `run` what `make run` may need besides, with `tests` what tests and checks need.

    Done steps are skipped.

    Raises Missing with one sentence for what this machine lacks and we may not install.
    """
    system.require("build", "run", *(("check", "test") if tests else ()), ask=tests)
    _require_node()
    _require_venv()
    _install("requirements.txt")
    if run and shutil.which("redis-server") is None:
        _install("requirements-run.txt")
    if tests:
        _install("requirements-dev.txt")
    _npm()
    subprocess.run([BIN / "python", "-m", "tools.catalogues"], cwd=ROOT, check=True)


def _require_node() -> None:
    node = shutil.which("node")
    spoken = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout if node else ""
    number = re.match(r"v(\d+)", spoken)
    if number is None or int(number[1]) < OLDEST_NODE:
        raise Missing(f"Node {OLDEST_NODE} or newer is needed; found {spoken.strip() or 'none'}.")
    if shutil.which("npm") is None:
        raise Missing("npm is needed and was not found; it comes with Node or as the package npm.")


def _require_venv() -> None:
    """Makes .venv, and makes it again where the Python it was made with is gone."""
    python = BIN / "python"
    works = python.exists() and subprocess.run([python, "-c", "import pip"], check=False, capture_output=True)
    if works and works.returncode == 0:
        return
    print("Making the virtual environment …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def _install(lock: str) -> None:
    stamps, value = Stamps(VENV / "installed.json"), content(ROOT / lock)
    if stamps.is_current(lock, value):
        return
    print(f"Installing {lock} …", flush=True)
    command: list[str | Path] = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*command, "--require-hashes", "-r", ROOT / lock], f"The packages of {lock} could not be installed")
    stamps.set(lock, value)


def _npm() -> None:
    """All of them: the one that only tests use, axe-core, is small."""
    stamps, value = Stamps(NODE_MODULES / "installed.json"), content(ROOT / "package-lock.json")
    if stamps.is_current("package-lock.json", value):
        return
    print("Installing npm packages …", flush=True)
    _run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], "The npm packages could not be installed")
    stamps.set("package-lock.json", value)


def _run(command: list[str | Path], trouble: str) -> None:
    if subprocess.run(command, cwd=ROOT, check=False, stdin=subprocess.DEVNULL).returncode:
        words = " ".join(os.fspath(word) for word in command)
        raise Missing(f"{trouble}; the lines above say why. The command was: {words}")
