"""What a page is about: `self.object` is its row, `self.permission_object` what the rule is asked about."""

import ast
from collections.abc import Iterator

from tools.places import ROOT

COMMON = ROOT / "programmes" / "common" / "views.py"
NAMES = {"object", "permission_object"}


def _views() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / "programmes").rglob("*.py")):
        if path.stem.endswith("views") or path.parent.name == "views":
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def _assigned(tree: ast.Module) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        is_store = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if is_store and node.attr in NAMES and isinstance(node.value, ast.Name):
            yield node


def test_both_are_set_in_one_place():
    found = [f"{name}:{node.lineno}" for name, tree in _views() for node in _assigned(tree)]
    here = str(COMMON.relative_to(ROOT))
    assert {place.split(":")[0] for place in found} == {here}, found


def test_what_the_rule_is_asked_about_is_found_from_the_row():
    """One line, no lookups of its own: what is not there or may not be seen is a matter of `load_object`."""
    longer, methods = [], 0
    for name, tree in _views():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == "get_permission_object":
                methods += 1
                body = [line for line in node.body if not isinstance(getattr(line, "value", None), ast.Constant)]
                if len(body) > 1 or not isinstance(node.body[-1], ast.Return):
                    longer.append(f"{name}:{node.lineno}")
    assert methods > 5
    assert longer == []
