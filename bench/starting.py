"""`make run` the second time, what the first visit of a browser transfers, and how far pages jump there."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import shift
from bench.figure import Figure
from tests.e2e.browser import launch_options
from tests.start.launching import Demo

SECOND_START_S, FIRST_VISIT_KB = 5, 200


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="mentoring-bench-") as folder:
        var = Path(folder) / "var"
        with _running(var):
            pass
        with _running(var) as (seconds, url):
            visit = Figure("first_visit_kb", _transferred(url), "kB", FIRST_VISIT_KB)
            return [visit, Figure("second_start", seconds, "s", SECOND_START_S), *shift.figures(url)]


@contextmanager
def _running(var: Path) -> Iterator[tuple[float, str]]:
    """The seconds until its address was there, and the address."""
    begun = time.perf_counter()
    demo = Demo(var).launch()
    try:
        demo.wait()
        yield time.perf_counter() - begun, demo.url
    finally:
        demo.interrupt()
        demo.is_gone()


def _transferred(url: str) -> float:
    """Everything that comes over the wire for the sign-in page, in kB."""
    sizes: list[float] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**launch_options())
        page = browser.new_page()
        network = page.context.new_cdp_session(page)
        network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        network.send("Network.enable")
        page.goto(url, wait_until="networkidle")
        browser.close()
    return sum(sizes) / 1000
