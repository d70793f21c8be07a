"""Each app is held to the order inside apps, and hears of the rows of named models only."""

import re
import tomllib

from tools.places import ROOT

ORDER, _START, INSIDE = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_every_app_but_the_lowest_is_held_to_the_order_inside():
    apps = {name for name in ORDER["layers"] if name.startswith("programmes.")}
    assert set(INSIDE["containers"]) == apps - {"programmes.common"}
    assert apps == {f"programmes.{path.parent.name}" for path in (ROOT / "programmes").glob("*/apps.py")}


OF_ROWS = re.compile(r"@receiver\([^)]*\b(?:pre|post)_(?:save|delete)\b[^)]*\)|@receiver\([^)]*\bm2m_changed\b[^)]*\)")


def test_nobody_listens_to_every_row_that_is_saved():
    found = [text for path in (ROOT / "programmes").rglob("*.py") for text in OF_ROWS.findall(path.read_text())]
    assert found
    assert [text for text in found if "sender=" not in text] == []
