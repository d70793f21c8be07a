"""Taking away any single rule makes a row of the table fail: no rule is there for show, and the table tests each.

Rules that only repeat what their selector says are held by `test_agreement`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import rules
from rules.permissions import permissions

from programmes.common.access import Access
from tests.cast import ROLES

from .roles import FORM_WRITERS
from .row import Row, Visitors
from .table import ROWS, addresses
from .test_agreement import AGREEMENTS

pytestmark = pytest.mark.django_db

ASKED_INSIDE = {
    "accounts.view_outbox": {"accounts:outbox"},
    "participants.add_organisation": {"participants:organisation_add"},
    "participants.add_stakeholder": {"participants:organisation_add"},
    "participants.change_organisation": {"participants:organisation_change"},
    "partnerships.add_programme": {"partnerships:programme_add"},
}
"""Rules that a view asks itself, not through its `permission_required`."""

GUARDED_TWICE = {"assessments.share_response"}
"""The page behind it asks `writing_of` again; the rule has a test of its own below."""

REPEATED = {perm for agreement in AGREEMENTS for perm in agreement.perms}


def test_every_rule_is_asked_somewhere():
    asked = set(_rows_by_rule())
    assert set(permissions) - asked - REPEATED == set()


@pytest.mark.parametrize("perm", sorted(set(permissions) - REPEATED - GUARDED_TWICE))
def test_without_it_somebody_gets_in(visitors: Visitors, perm: str):
    rows = _rows_by_rule()[perm]
    with _always(perm):
        assert any(_changes(visitors, row) for row in rows), f"No row of the table notices that {perm} is gone."


def test_only_writers_share(visitors: Visitors):
    world, everybody = visitors.world, visitors.world.cast.everybody()
    sharing = {
        role for role in ROLES if rules.has_perm("assessments.share_response", Access(everybody[role]), world.response)
    }
    assert sharing == FORM_WRITERS


def _changes(visitors: Visitors, row: Row) -> bool:
    method = "GET" if row.get is not None else "POST"
    outside = [role for role in ROLES if row.expected(role, method) in ("403", "404")]
    outside.sort(key=lambda role: role not in row.forbidden)
    return any(visitors.visit(row, role, method, calm=True).kind != row.expected(role, method) for role in outside)


@contextmanager
def _always(perm: str) -> Iterator[None]:
    before = permissions[perm]
    rules.set_perm(perm, rules.always_true)
    try:
        yield
    finally:
        rules.set_perm(perm, before)


def _rows_by_rule() -> dict[str, list[Row]]:
    """Per rule the rows of the table whose view asks it."""
    found: dict[str, list[Row]] = {}
    patterns = addresses()
    for row in ROWS:
        view = getattr(patterns[row.name].callback, "view_class", None)
        asked = {perm for perm, names in ASKED_INSIDE.items() if row.name in names}
        for perm in asked | {getattr(view, "permission_required", "")} - {""}:
            found.setdefault(perm, []).append(row)
    return found
