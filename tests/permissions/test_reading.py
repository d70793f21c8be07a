"""A GET changes no text, right or state: whatever is only looked at stays as it was (marks of a visit aside)."""

import pytest

from .row import Row, Visitors
from .table import ROWS

pytestmark = pytest.mark.django_db

PAGES = [row for row in ROWS if row.get]


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.id)
def test_looking_changes_nothing(visitors: Visitors, row: Row):
    role = min(row.get or (), key=lambda role: (role == "anonymous", role))
    answer = visitors.visit(row, role, "GET")
    assert not answer.written, f"{answer}: {answer.written}"
