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
    words = mentee.waits_for_the_page(box).field("Impact wanted").input_value()
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


COLLEAGUE = "jelgava.education@demo.example"


def test_two_of_a_team_see_each_other_and_both_write(make_demo: Callable[..., Demo], browse: Callable[..., Page]):
    demo = make_demo()
    password = "(SELECT password FROM accounts_user WHERE email = 'mentee@demo.example')"
    demo.rows(f"UPDATE accounts_user SET password = {password} WHERE email = '{COLLEAGUE}'")
    demo.launch().wait()
    first = Person("Integration officer, Jelgava", "mentee@demo.example", browse(base_url=demo.url))
    second = Person("Adult education adviser, Jelgava", COLLEAGUE, browse(base_url=demo.url))
    for person in (first, second):
        person.sign_in("demo").menu("My work").click("Jelgava (mentee)", "Needs analysis of Jelgava")
    presence = first.page.locator("[data-presence]")
    expect(presence).to_contain_text(second.name)
    expect(second.page.locator("[data-presence]")).to_contain_text(first.name)

    boxes = {person: person.field("Impact wanted") for person in (first, second)}
    for person, box in boxes.items():
        person.waits_for_the_page(box)
    words = boxes[first].input_value()
    boxes[first].fill(f"Fewer letters, more visits.\n\n{words}")
    expect(first.state_of(boxes[first])).to_have_attribute("data-state", "saved")
    boxes[second].fill(f"{words}\n\nAsk again in a year.")
    expect(boxes[second]).to_have_value(f"Fewer letters, more visits.\n\n{words}\n\nAsk again in a year.")
    expect(second.state_of(boxes[second])).to_have_attribute("data-state", "saved")

    second.go("about:blank")
    expect(presence).to_be_empty(timeout=30_000)
