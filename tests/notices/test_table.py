"""docs/notices.md says what the code does: each event, when it is told; each recorded step, told or with a reason."""

import ast
import re

from programmes.notices.kinds import Event
from programmes.overview.notices import EVENTS, MAILS
from tools.places import ROOT

DOCS = (ROOT / "docs" / "notices.md").read_text()


def _rows(heading: str) -> list[list[str]]:
    part = DOCS.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def _when(event: Event) -> str:
    words = ["at once" if event.at_once else "digest"]
    words += ["action"] if event.action else []
    words += ["rights"] if event.changes_rights else []
    return ", ".join(words)


def test_each_event_stands_in_the_table_as_it_is_told():
    written = {key.strip("`"): when for key, _who, when in _rows("Events")}
    assert written == {event.key: _when(event) for event in EVENTS}


def test_keys_are_given_once():
    assert len({event.key for event in EVENTS}) == len(EVENTS)
    assert len({kind.key for kind in MAILS}) == len(MAILS)


def test_at_once_comes_what_needs_somebody_or_is_a_day():
    at_once = [event for event in EVENTS if event.at_once]
    assert [event.key for event in at_once if not event.must_be_told and not event.key.startswith("date.")] == []


def test_each_event_is_told_somewhere_and_nothing_else_is():
    told = set()
    for path in (ROOT / "programmes").rglob("*.py"):
        if "migrations" not in path.parts:
            told |= _told_in(path.read_text())
    known = {event.key for event in EVENTS}
    assert known - told == {"action_plans.shared", "assessments.shared", "practices.shared"}, (
        "sharing tells these, by the app's name"
    )
    assert {key for key in told if re.fullmatch(r"[a-z_]+\.[a-z_]+", key)} <= known


def _told_in(source: str) -> set[str]:
    """Texts given to `tell` as the key, also by a loop over keys or through a helper of that name."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in ("tell", "_tell") and node.args:
            found |= {str(one.value) for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)}
        if isinstance(node, ast.For) and "tell" in ast.dump(node):
            found |= {str(one.value) for one in ast.walk(node.iter) if isinstance(one, ast.Constant)}
    return found


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_each_recorded_step_is_decided():
    decided = {verb.strip() for verbs, _why in _rows("Steps nobody is mailed about") for verb in verbs.split(",")}
    recorded = set()
    for path in (ROOT / "programmes").rglob("*.py"):
        recorded |= _verbs_in(path.read_text())
    assert recorded - decided == set()
    assert len(recorded) > 60


def _verbs_in(source: str) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    verbs = [
        word.value for call in calls if _name(call.func) == "record" for word in call.keywords if word.arg == "verb"
    ]
    return {text.value for verb in verbs for text in _texts(verb) if isinstance(text.value, str)}


def _texts(node: ast.expr) -> list[ast.Constant]:
    both = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return [one for one in both if isinstance(one, ast.Constant)]
