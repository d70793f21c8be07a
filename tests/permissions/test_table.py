"""The table holds: every address, every member of the cast, GET and POST."""

import re

import pytest

from tests.cast import OWN_WORDS, ROLES, SECRET

from .row import Row, Visitors
from .table import LIBRARIES, ROWS, addresses, patterns

pytestmark = pytest.mark.django_db

INSIDE = {SECRET: {"mentee", "mentor"}, OWN_WORDS: {"mentee"}}
"""Who may meet which marker. A conversation that both sides opened is the exception, and says so in its case."""

SERVER_OF_HEALTH = "healthz"


def test_every_address_stands_in_the_table():
    missing = set(addresses()) - {row.name for row in ROWS}
    assert not missing, f"Say in tests/permissions/rows/ who may what at: {sorted(missing)}"


def test_the_table_names_no_address_that_is_gone():
    gone = {row.name for row in ROWS} - set(addresses())
    assert not gone
    assert {name for name, _entry in patterns()} >= LIBRARIES


def test_rows_have_names_of_their_own_and_speak_of_the_cast():
    ids = [row.id for row in ROWS]
    assert sorted(set(ids)) == sorted(ids)
    for row in ROWS:
        assert row.get is not None or row.post is not None, row.id
        assert row.let_in | row.forbidden <= set(ROLES), row.id
        assert not row.let_in & row.forbidden, row.id


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_who_may_what(visitors: Visitors, row: Row):
    wrong = []
    for role in ROLES:
        for method in ("GET", "POST"):
            wrong += _wrong(visitors, row, role, method)
    assert not wrong, "\n".join(wrong)


def _wrong(visitors: Visitors, row: Row, role: str, method: str) -> list[str]:
    expected = row.expected(role, method)
    answer = visitors.visit(row, role, method)
    found = [f"{answer}, expected {expected}"] if answer.kind != expected else []
    if answer.status >= 500 and row.name != SERVER_OF_HEALTH:
        found.append(f"{answer}: an error")
    if expected == "in" and method == "POST" and row.serves(role) and answer.status != row.done:
        found.append(f"{answer}, expected {row.done}: {_why(answer)}")
    return found + _leaks(answer)


def _leaks(answer) -> list[str]:
    if "opened" in answer.row.case and answer.role in answer.row.let_in:
        return []
    return [
        f"{answer}: shows {mark}"
        for mark, inside in INSIDE.items()
        if mark in answer.text and answer.role not in inside
    ]


def _why(answer) -> str:
    """What the page says is wrong."""
    said = re.findall(r"(?:invalid-feedback|errorlist)[^>]*>(.*?)</", answer.text, re.DOTALL)
    return " ".join(" ".join(said).split())[:300]
