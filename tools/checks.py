"""`make check`: every check runs, the failures are told at the end. Needs the development packages."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from tools import locks, messages
from tools.places import BIN, ROOT

OFFLINE_SETTINGS = {"DJANGO_SETTINGS_MODULE": "mentoring.settings.build"}


def command(*words: str) -> Callable[[], list[str]]:
    """A check that is a program: its output is the complaint."""

    def run() -> list[str]:
        env = {**os.environ, **OFFLINE_SETTINGS}
        done = subprocess.run(
            [BIN / words[0], *words[1:]], cwd=ROOT, env=env, capture_output=True, text=True, check=False
        )
        return [] if done.returncode == 0 else (done.stdout + done.stderr).strip().splitlines()

    return run


CHECKS: dict[str, Callable[[], Sequence[str]]] = {
    "format": command("ruff", "format", "--check", "."),
    "lint": command("ruff", "check", "."),
    "types": command("mypy"),
    "templates": command("djlint", "--quiet", "--lint", "programmes", "templates_docs"),
    "order of the apps": command("lint-imports", "--no-cache"),
    "direction of foreign keys": command("python", "-m", "tools.foreign_keys"),
    "system": command("python", "manage.py", "check", "--fail-level=WARNING"),
    "migrations": command("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    "translations": messages.complaints,
    "icons": command("python", "tools/icons.py", "--check"),
    "locks": locks.complaints,
}


def main(names: Sequence[str]) -> int:
    failed = []
    for name in names or CHECKS:
        begun = time.monotonic()
        complaints = CHECKS[name]()
        print(f"{'FAILED' if complaints else 'ok':7} {name} ({time.monotonic() - begun:.1f} s)", flush=True)
        for line in complaints:
            print(f"        {line}")
        failed += [name] if complaints else []
    print(f"{len(failed)} failed: {', '.join(failed)}" if failed else "All checks pass.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
