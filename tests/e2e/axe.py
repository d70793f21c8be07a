"""Is a page usable by everybody? axe-core asks, inside the page; a Content-Security-Policy does not stop `evaluate`."""

from functools import cache
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def script() -> str:
    return (settings.NODE_MODULES / "axe-core" / "axe.min.js").read_text()


def violations(page: Page, *, within: str | None = None, only: tuple[str, ...] = ()) -> list[str]:
    """One line per broken rule with the elements that break it; an empty list is a page without fault.

    `only` names single rules, for what can change without the page: colours, for example."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(script())
    chosen = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": WCAG}
    results: dict[str, Any] = page.evaluate(
        "([within, chosen]) => axe.run(within || document, {runOnly: chosen})", [within, chosen]
    )
    return [
        f"{broken['id']} ({broken['impact']}): {broken['help']}: "
        + "; ".join(f"{node['target']} {_why(node)}" for node in broken["nodes"])
        for broken in results["violations"]
    ]


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    found = violations(page, within=within)
    assert not found, f"{page.url}:\n" + "\n".join(found)


def _why(node: dict[str, Any]) -> str:
    return " ".join(str(check["message"]) for check in node["any"] + node["all"] + node["none"])[:300]
