"""Debian's Chromium, driven by Playwright. A page that logs an error to its console fails its test."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000
"""Milliseconds a step of a journey, or what is expected of a page, may take on a busy machine."""

Browse = Callable[..., Page]


class _UnderWay:
    """How many requests the live server is answering: a page that closes says so still, and waits for no answer.

    Those of Django's test client, in the thread of the tests, don't count: whoever reads no file to its end never
    ends them."""

    def __init__(self) -> None:
        self.count, self.changed = 0, threading.Condition()
        request_started.connect(self.begun, weak=False)
        request_finished.connect(self.ended, weak=False)

    def begun(self, **kwargs: Any) -> None:
        if threading.current_thread() is threading.main_thread():
            return
        with self.changed:
            self.count += 1

    def ended(self, **kwargs: Any) -> None:
        if threading.current_thread() is threading.main_thread():
            return
        with self.changed:
            self.count -= 1
            self.changed.notify_all()

    def wait_for_none(self, patience: float = 5) -> None:
        with self.changed:
            ended = self.changed.wait_for(lambda: self.count == 0, timeout=patience)
        assert ended, f"{self.count} requests are still being answered"


UNDER_WAY = _UnderWay()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    options = launch_options()
    if options["executable_path"] is None:
        pytest.fail("Chromium is not installed; `make test` installs it.")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**options)
        yield browser
        browser.close()


def launch_options() -> dict[str, Any]:
    """How Debian's Chromium is started here, without windows where it comes so: that is a fifth faster. Its own sandbox
    refuses to run as root."""
    programs = ("chromium-headless-shell", "chromium", "google-chrome")
    program = next(filter(None, map(shutil.which, programs)), None)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": program, "args": [*QUIET, *as_root]}


@pytest.fixture
def browse(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Browse]:
    """`browse(user, width=1440, dark=False, javascript=True, language="en", base_url=None, allow=())` opens a page.

    Every call is a browser profile of its own, signed in as `user`. `page.goto("/")` means the live server. Errors in
    the console fail the test at its end, but for those that contain one of the words of `allow`.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(
        user: Any = None,
        *,
        width: int = 1440,
        dark: bool = False,
        javascript: bool = True,
        language: str = "en",
        base_url: str | None = None,
        allow: tuple[str, ...] = (),
    ) -> Page:
        address = base_url or request.getfixturevalue("live_server").url
        context = chromium.new_context(
            base_url=address,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale=language,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            sign_in(context, user, address)
        page = context.new_page()
        collect(page, errors, allow)
        return page

    yield open_page
    for context in contexts:
        context.close()
    UNDER_WAY.wait_for_none()
    assert not errors, "The browser's console shows errors:\n" + "\n".join(errors)


@pytest.fixture
def page(browse: Browse) -> Page:
    """A page nobody is signed in on."""
    return browse()


def sign_in(context: BrowserContext, user: Any, address: str) -> None:
    """Gives the profile a session of `user` without the form, which has journeys of its own."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": address}])


def collect(page: Page, errors: list[str], allow: tuple[str, ...]) -> None:
    def note(words: str) -> None:
        if not any(allowed in words for allowed in allow):
            errors.append(f"{page.url}: {words}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            note(f"{message.text} ({message.location.get('url', '')})")

    page.on("console", on_console)
    page.on("pageerror", lambda error: note(str(error)))
