"""The shape of the code: small modules, short functions, no catch-all, nothing inline in templates."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.places import ROOT

SOURCES = [
    path
    for folder in ("programmes", "mentoring", "tools", "bench")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
WEB_TEMPLATES = sorted(
    path for path in (ROOT / "programmes").rglob("templates/**/*.html") if path.parent.name != "mail"
)
"""Mails are no pages: no policy of ours reaches them, and mailboxes drop style sheets."""
LONGEST_MODULE = 400
LONGEST_FUNCTION = 60

INLINE = {
    "style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE),
    "handler": re.compile(r"<[^>{%]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript: link": re.compile(r"href\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}
COMMENTS = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_modules_stay_comfortable():
    long = {_name(path): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_functions_stay_short():
    assert [found for path in SOURCES for found in _long_functions(path)] == []


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{_name(path)}: {node.name} has {lines} lines"


def test_nothing_catches_everything():
    """Errors are caught by name, so that a bug is seen."""
    assert [found for path in SOURCES for found in _catch_alls(path)] == []


def _catch_alls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {kind.id for kind in kinds if isinstance(kind, ast.Name)}
            if node.type is None or names & {"Exception", "BaseException"}:
                yield f"{_name(path)}:{node.lineno}"


@pytest.mark.parametrize("kind", INLINE)
def test_templates_hold_nothing_that_the_policy_forbids(kind: str):
    texts = {path: COMMENTS.sub("", path.read_text()) for path in WEB_TEMPLATES}
    assert texts
    assert [_name(path) for path, text in texts.items() if INLINE[kind].search(text)] == []


def test_no_app_knows_the_project():
    importing = re.compile(r"^\s*(from|import) mentoring\b", re.MULTILINE)
    found = [_name(path) for path in SOURCES if path.is_relative_to(ROOT / "programmes")]
    assert [name for name in found if importing.search((ROOT / name).read_text())] == []


def test_services_ask_our_clock():
    services = [path for path in SOURCES if path.stem == "services" or path.parent.name == "services"]
    asking = re.compile(r"\btimezone\.(now|localdate|localtime)\b|\b(datetime|date)\.(now|today)\b")
    assert services
    assert [_name(path) for path in services if asking.search(path.read_text())] == []


def test_templates_use_no_filter_that_trusts_text():
    """`safe` and `autoescape off` would let what somebody typed act as HTML; `markup` cleans what it lets through."""
    trusting = re.compile(r"\|\s*safe\b|autoescape off")
    assert [_name(path) for path in WEB_TEMPLATES if trusting.search(COMMENTS.sub("", path.read_text()))] == []


def test_who_asks_is_made_where_asking_begins():
    """One access per request, task or link (ADR 8). Below that it is passed on: a service that has to ask a rule or a
    selector takes `access=` where others take `by=`."""
    beginnings = ("programmes/common/access.py", "/management/commands/", "/demo_loader/", "/tasks.py")
    by_a_secret_address = ["programmes/links/views.py", "programmes/overview/views/calendar.py"]
    anew_after_a_change = [f"programmes/partnerships/views/{name}.py" for name in ("programmes", "teams")]
    making = [_name(path) for path in SOURCES if re.search(r"\bAccess\(", path.read_text())]
    inside = [name for name in making if name.startswith("programmes/") and not any(b in name for b in beginnings)]
    assert inside == by_a_secret_address + anew_after_a_change
