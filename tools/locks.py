"""Are the locks in step with what they are made from? Asked of the files alone, with or without a network."""

import json
import re
from pathlib import Path

from tools.places import ROOT

PAIRS = tuple((f"{name}.in", f"{name}.txt") for name in ("requirements", "requirements-run", "requirements-dev"))
HOSTS = re.compile(r"https?://|^--(?:index-url|extra-index-url|find-links)", re.MULTILINE)


def complaints(root: Path = ROOT) -> list[str]:
    return [line for source, lock in PAIRS for line in _python(root / source, root / lock)] + _npm(root)


def _python(source: Path, lock: Path) -> list[str]:
    """Each wish has a pin that meets it, each pin that came of a wish still has that wish, and all have hashes."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    wishes = {}
    for line in source.read_text().splitlines():
        words = line.partition("#")[0].strip()
        if words and not words.startswith("-"):
            wish = Requirement(words)
            wishes[canonicalize_name(wish.name)] = wish
    pins = _pins(lock.read_text(), f"-r {source.name}")
    found = []
    for name, wish in wishes.items():
        version = pins.get(name, ("", False))[0]
        if not version or not wish.specifier.contains(version, prereleases=True):
            found.append(f"{lock.name} does not hold {wish}; run: make lock")
    asked = {name for name, (_, is_wish) in pins.items() if is_wish}
    found += [
        f"{lock.name} holds {name}, which {source.name} no longer asks for; run: make lock"
        for name in asked - wishes.keys()
    ]
    if HOSTS.search(lock.read_text()):
        found.append(f"{lock.name} names a registry; run: make lock")
    return found


def _pins(text: str, wish: str) -> dict[str, tuple[str, bool]]:
    """Name → version, and whether the lock says that it came of a wish of its own source."""
    pins = {}
    for block in re.split(r"\n(?=\S)", text):
        head = re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", block)
        if head and "--hash=" in block:
            pins[head[1].lower().replace("_", "-").replace(".", "-")] = (head[2], wish in block)
    return pins


def _npm(root: Path) -> list[str]:
    wanted = json.loads((root / "package.json").read_text())
    text = (root / "package-lock.json").read_text()
    held = json.loads(text)["packages"][""]
    fields = ("dependencies", "devDependencies", "engines")
    found = [
        f"package-lock.json differs from package.json in {field}; run: make lock"
        for field in fields
        if wanted.get(field) != held.get(field)
    ]
    if '"resolved"' in text:
        found.append("package-lock.json names a registry; run: make lock")
    return found
