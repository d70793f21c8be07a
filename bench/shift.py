"""How far pages jump while they load: the browser's own measure, on the demo, over a line as slow as a town hall's.

Every page is opened in a browser that knows nothing of the site yet, so that typefaces and what HTMX brings arrive
late. What moves after a click or a key is left out by the browser; nothing is clicked here.
"""

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.figure import Figure
from tests.e2e.browser import launch_options

SHIFT_LIMIT = 0.05
WIDTHS = (1440, 360)
HEIGHTS = {1440: 900, 360: 740}
LINE = {"offline": False, "latency": 80, "downloadThroughput": 250_000, "uploadThroughput": 125_000}
"""Two megabits a second."""
WATCH = """
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (!entry.hadRecentInput)
          window.shifts.push([entry.value, entry.sources.map((s) => s.node?.className || s.node?.nodeName || "")]);
    }).observe({ type: "layout-shift", buffered: true });
"""
LINKS = {
    "directory": ("/directory/", ""),
    "board": ("/programme/", ""),
    "my_work": ("/", ""),
    "partnership": ("/partnerships/", r"/partnerships/\d+/"),
    "forms": ("{partnership}forms/", ""),
    "form": ("{forms}", r"/forms/\d+/"),
    "plan": ("{partnership}plan/", ""),
}
"""Where each page is: at an address, or at the first link of that form there."""
SEEN_BY = {
    "coordinator@demo.example": ("board", "directory"),
    "mentee@demo.example": ("my_work", "partnership", "forms", "form", "plan"),
}


def figures(url: str) -> list[Figure]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**launch_options())
        found = {f"{name} {width}": shift for name, width, shift in _shifts(browser, url)}
        browser.close()
    worst = max(found.values())
    return [Figure("layout_shift", worst, "", SHIFT_LIMIT, {"pages": {k: round(v, 4) for k, v in found.items()}})]


def _shifts(browser: Browser, url: str) -> Iterator[tuple[str, int, float]]:
    for person, names in SEEN_BY.items():
        state, addresses = _known(browser, url, person, names)
        for name in names:
            for width in WIDTHS:
                context = browser.new_context(
                    base_url=url, storage_state=state, viewport={"width": width, "height": HEIGHTS[width]}
                )
                yield name, width, _shift(context, addresses[name])
                context.close()


def _known(browser: Browser, url: str, person: str, names: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
    """A session of this person, and where their pages are."""
    context = browser.new_context(base_url=url)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name=person).click()
    page.wait_for_url("**/*")
    addresses: dict[str, str] = {}
    for name in names:
        start, link = LINKS[name]
        page.goto(start.format(**addresses))
        addresses[name] = _first(page, link) if link else page.url
    state = context.storage_state()
    context.close()
    return state, addresses


def _first(page: Page, link: str) -> str:
    links: list[str] = page.eval_on_selector_all("main a[href]", "links => links.map((link) => link.href)")
    return next(found for found in links if re.fullmatch(rf"https?://[^/]+{link}", found))


def _shift(context: BrowserContext, address: str) -> float:
    """The sum of all shifts until nothing is fetched any more, which is stricter than the worst five seconds."""
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.emulateNetworkConditions", LINE)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="networkidle")
    page.evaluate(
        "document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))"
    )
    return float(page.evaluate("window.shifts.reduce((sum, [value]) => sum + value, 0)"))
