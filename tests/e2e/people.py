"""People who use the site: each has a browser and does what a person does, by what is written on the pages."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from django.core import mail
from playwright.sync_api import Locator, Page, expect

PASSWORD = "a-long-and-odd-password"
DOCUMENT = 60
"""Seconds a document may take on a busy machine."""

LINK = re.compile(r"https?://\S+/invitations/\S+")


def named(words: str) -> re.Pattern[str]:
    """A label as people read it, with or without the star of a required field; space is space."""
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"^\s*{spaced}\s*\*?\s*$")


class Person:
    """One person at one browser. Whatever is not on the page fails the test there, with its words."""

    def __init__(self, name: str, email: str, page: Page) -> None:
        self.name, self.email, self.page = name, email, page

    # Coming and going

    def go(self, path: str) -> "Person":
        """Types an address; journeys use it for the first page and for what others mailed."""
        self.page.goto(path)
        return self

    def sign_in(self, password: str = PASSWORD) -> "Person":
        self.go("/sign/login/").enter_password(password)
        expect(self.page.get_by_role("link", name="My work")).to_be_visible()
        return self

    def enter_password(self, password: str = PASSWORD) -> "Person":
        """On the page to sign in."""
        return self.fill("E-mail", self.email).fill("Password", password).press("Sign in")

    def follow_invitation(self) -> "Person":
        """Opens the link of the newest mail to this person, chooses a password and is in."""
        letter = next(letter for letter in reversed(mail.outbox) if self.email in letter.to)
        found = LINK.search(str(letter.body))
        assert found, letter.body
        self.go(found.group())
        self.fill("Choose a password", PASSWORD)
        self.fill("The same password again", PASSWORD)
        self.press("Join")
        return self.reads("Welcome. You are part of")

    # Doing

    def click(self, *links: str) -> "Person":
        """Follows links one after the other; a name that stands on the page twice is the first one in its text."""
        for link in links:
            self.main.get_by_role("link", name=link).first.click()
        return self

    def menu(self, section: str) -> "Person":
        """A section of the main menu."""
        self.page.get_by_role("navigation", name="Main menu").get_by_role("link", name=section).click()
        return self

    def unfold(self, summary: str) -> "Person":
        self.main.locator("summary", has_text=summary).first.click()
        return self

    def press(self, button: str) -> "Person":
        self.main.get_by_role("button", name=button).first.click()
        return self

    def fill(self, label: str, words: str) -> "Person":
        self.field(label).fill(words)
        return self

    def choose(self, label: str, option: str) -> "Person":
        """An option by its words or, where the words hold more, by what they begin with."""
        field = self.field(label)
        value = field.locator("option", has_text=option).first.get_attribute("value")
        field.select_option(value)
        return self

    def tick(self, *labels: str) -> "Person":
        for label in labels:
            self.main.get_by_role("checkbox", name=label).first.check()
        return self

    def pick(self, label: str) -> "Person":
        """One of several radio buttons."""
        self.main.get_by_role("radio", name=label).first.check()
        return self

    def opens(self, row: int) -> "Person":
        """A row of the plan's table, to write in it."""
        self.main.get_by_role("link", name=f"Write in action {row}", exact=True).click()
        expect(self.main.get_by_role("link", name=f"Done with action {row}", exact=True)).to_be_visible()
        return self

    def type_and_be_saved(self, box: Locator, words: str) -> "Person":
        """Key by key into a box that saves by itself, until it says so."""
        self.waits_for_the_page(box)
        box.click()
        box.press_sequentially(words)
        expect(self.state_of(box)).to_have_attribute("data-state", "saved")
        return self

    def waits_for_the_page(self, box: Locator) -> "Person":
        """Until the page with this box is all there. Whoever types faster than that has the focus taken away by the
        browser, should the address end in a #place, and reads "saved" of the text before."""
        box.wait_for()
        self.page.wait_for_load_state()
        return self

    def keys(self, *names: str) -> "Person":
        for name in names:
            self.page.keyboard.press(name)
        return self

    def types(self, words: str) -> "Person":
        """Into whatever has the focus."""
        self.page.keyboard.type(words)
        return self

    def tabs_to(self, target: Locator, most: int = 40) -> "Person":
        """With the Tab key alone, which must arrive within `most` stops."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                return self
        raise AssertionError(f"{most} times Tab does not lead to {target}")

    def loses(self, box: Locator, words: str) -> "Person":
        """Types into a box of an open page that is no longer this person's: it is refused, and the words stay."""
        box.click()
        self.page.keyboard.press("Control+End")
        box.press_sequentially(words)
        expect(self.state_of(box)).to_contain_text("You cannot write here any more.")
        expect(box).to_have_value(re.compile(re.escape(words) + "$"))
        return self

    # Seeing

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def field(self, label: str) -> Locator:
        boxes = self.main.locator("input, textarea, select")
        return self.main.get_by_label(named(label)).and_(boxes).first

    def cell(self, column: str, row: int) -> Locator:
        """A box of the plan's table."""
        label = re.compile(rf"^{re.escape(column)}\b.*\baction {row}$", re.DOTALL)
        return self.main.locator("textarea").and_(self.page.get_by_label(label))

    def state_of(self, box: Locator) -> Locator:
        """What a box says about its saving."""
        return box.locator("xpath=ancestor::form[1]").locator(".save-state")

    def reads(self, *words: str) -> "Person":
        for some in words:
            expect(self.main).to_contain_text(some)
        return self

    def reads_not(self, *words: str) -> "Person":
        for some in words:
            expect(self.main).not_to_contain_text(some)
        return self

    def finds_nothing_at(self, *addresses: str) -> "Person":
        """Pages that do not exist for this person."""
        for address in addresses:
            answer = self.page.request.get(address)
            assert answer.status == 404, (self.name, address, answer.status)
        return self

    def takes_document(self, folder: Path) -> Path:
        """Waits for the document just asked for and saves it; without scripts by looking again and again."""
        link, again = (self.main.get_by_role("link", name=name).first for name in ("Download", "Check again"))
        self.reads("asked for on")
        deadline = time.monotonic() + DOCUMENT
        while again.is_visible() and time.monotonic() < deadline:
            with self.page.expect_navigation():
                again.click()
        expect(link).to_be_visible(timeout=DOCUMENT * 1000)
        with self.page.expect_download() as download:
            link.click()
        place = folder / download.value.suggested_filename
        download.value.save_as(place)
        return place


Meet = Callable[..., Person]
