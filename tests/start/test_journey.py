"""The main work in a browser against `make run` itself: SQLite, the embedded Redis, the demo."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.documents import text_of
from tests.e2e.people import Person
from tests.start.launching import Demo

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("start")]


def test_the_demo_in_a_browser(demo: Demo, browse: Callable[..., Page], tmp_path: Path):
    mentee = Person("Jelgava", "mentee@demo.example", browse(base_url=demo.url)).sign_in("demo")

    mentee.menu("My work").click("Jelgava (mentee)", "Needs analysis of Jelgava")
    box = mentee.field("Impact wanted")
    words = box.input_value()
    box.focus()
    mentee.keys("Control+End").types(" Nobody waits longer than a month.")
    expect(mentee.state_of(box)).to_have_attribute("data-state", "saved")
    mentee.page.reload()
    expect(box).to_have_value(f"{words} Nobody waits longer than a month.")

    mentee.menu("My work").click("Jelgava (mentee)", "Learning Latvian together")
    mentee.unfold("As PDF or DOCX").press("Make the document")
    plan = text_of(mentee.takes_document(tmp_path))
    assert "Jelgava" in plan
    assert "Schaerbeek" in plan

    mentee.go("about:blank")
    demo.interrupt()
    demo.is_gone()
