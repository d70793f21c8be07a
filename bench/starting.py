"""`make run` the second time, and what the first visit of a browser transfers."""

import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.figure import Figure
from tests.e2e.browser import launch_options
from tests.start.launching import Demo

SECOND_START_S, FIRST_VISIT_KB = 5, 200


def figures() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="mentoring-bench-") as folder:
        var = Path(folder) / "var"
        _run(var)
        seconds, kilobytes = _run(var)
    return [
        Figure("first_visit_kb", kilobytes, "kB", FIRST_VISIT_KB),
        Figure("second_start", seconds, "s", SECOND_START_S),
    ]


def _run(var: Path) -> tuple[float, float]:
    begun = time.perf_counter()
    demo = Demo(var).launch()
    try:
        demo.wait()
        seconds = time.perf_counter() - begun
        return seconds, _transferred(demo.url)
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
