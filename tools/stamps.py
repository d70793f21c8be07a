"""Steps that are done once and again only when what they read has changed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path], *words: str) -> str:
    """Of the files' names, sizes and times (quick, for folders of ours) and of the words."""
    seen = hashlib.sha256("\0".join(words).encode())
    for path in sorted(set(paths)):
        state = path.stat()
        seen.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def content(*paths: Path) -> str:
    """Of the files' contents: for locks, which another checkout may have touched without changing."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


class Stamps:
    """A small JSON file beside what the steps made, so that both vanish together."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, str]:
        try:
            kept = json.loads(self.path.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def is_current(self, step: str, value: str) -> bool:
        return self.read().get(step) == value

    def set(self, step: str, value: str) -> None:
        self._write(self.read() | {step: value})

    def forget(self, *steps: str) -> None:
        self._write({step: value for step, value in self.read().items() if step not in steps})

    def _write(self, stamps: dict[str, str]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(stamps, indent=1))
        fresh.replace(self.path)
