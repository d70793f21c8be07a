"""Templates know the apps below their own, as the code does: what they include, extend and load."""

import re
import tomllib
from pathlib import Path

from django.apps import apps
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
PARTS = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
LOADS = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def order() -> list[str]:
    """Names of our apps, top to bottom, as import-linter holds them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if "mentoring" in contract.get("layers", ()))["layers"]
    return [layer.removeprefix("programmes.") for layer in layers if layer.startswith("programmes.")]


def templates() -> dict[str, list[Path]]:
    return {app: sorted((ROOT / "programmes" / app / "templates").rglob("*.html")) for app in order()}


def libraries() -> dict[str, str]:
    """Our tag libraries and whose they are."""
    return {
        module.stem: app for app in order() for module in (ROOT / "programmes" / app / "templatetags").glob("[!_]*.py")
    }


def owner_of(name: str) -> str | None:
    """The app a template lies in; None for one of a library."""
    found = Path(get_template(name).origin.name)
    return found.relative_to(ROOT / "programmes").parts[0] if found.is_relative_to(ROOT / "programmes") else None


def used_by(path: Path) -> set[str]:
    text, known = path.read_text(encoding="utf-8"), libraries()
    included = {owner for name in PARTS.findall(text) if (owner := owner_of(name))}
    loaded = {known[name] for names in LOADS.findall(text) for name in names.split() if name in known}
    return included | loaded


def test_a_template_uses_what_lies_below_it():
    upwards = []
    for app, paths in templates().items():
        above = set(order()[: order().index(app)])
        upwards += [
            f"{path.relative_to(ROOT)} uses {', '.join(wrong)}" for path in paths if (wrong := used_by(path) & above)
        ]
    assert upwards == []


def test_there_is_something_to_find():
    """The two patterns still read the templates: the apps' pages stand on `common`."""
    everything = [path for paths in templates().values() for path in paths]
    assert len(everything) > 100
    assert sum("common" in used_by(path) for path in everything) > 50
    assert {app for app in order() if apps.is_installed(f"programmes.{app}")} == set(order())
