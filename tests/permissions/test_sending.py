"""Sending a form: from an older page it replaces nothing unseen, twice it makes one. Every address of the table is
tried, so that a new form is found by itself."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import override_settings

from programmes.common import once, seen
from programmes.common.seen import SeenForm, SeenView
from tests.pages import seen_on

from .row import Row, Visitors, undone, view_of
from .table import ROWS, addresses
from .writes import rows_changed, rows_made, written

pytestmark = pytest.mark.django_db

FORMS = [row for row in ROWS if row.post and row.data is not Row.data]
"""A mere button types nothing: it says what shall be."""

CHOICE = "one choice, made on purpose: it says what shall be, whatever stood there"
PLACE = "puts a row beside where it stands now"
ENDS = "ends what is open, and says so where it has ended already"
ONCE = "works once, by a link that dies with it"
REVISION = "names the revision that it began from (`common.revisions`)"
SUMMARY = "makes rows; only the summary of their partnership is written anew"
SENDS = "makes rows; the link that it has just made is noted with its mail"
AGAIN = "makes rows, and withdraws or opens again older ones of the same place"

REPLACES = {
    "accounts:language": CHOICE,
    "action_plans:ask_members": SENDS,
    "action_plans:cell": REVISION,
    "action_plans:cell_language": CHOICE,
    "action_plans:move": PLACE,
    "action_plans:reorder": PLACE,
    "action_plans:share": AGAIN,
    "action_plans:translate": REVISION,
    "assessments:answer": REVISION,
    "assessments:ask_group": SENDS,
    "assessments:ask_members": SENDS,
    "assessments:share": AGAIN,
    "assessments:translate": REVISION,
    "conversations:ask_group": SENDS,
    "benchmarks:move": PLACE,
    "benchmarks:passage": REVISION,
    "conversations:reply": "adds a message; that one has seen the conversation replaces no text",
    "conversations:taken_up": CHOICE,
    "links:erase": CHOICE,
    "links:mails": CHOICE,
    "partnerships:common_day": "the same day wherever it is ticked, with the day that stands there beside it",
    "partnerships:enrolment_end": ENDS,
    "partnerships:facilitator_replace": ENDS,
    "partnerships:invitation": ONCE,
    "partnerships:invite_seat": AGAIN,
    "partnerships:keep_conversations": CHOICE,
    "partnerships:leave": ENDS,
    "partnerships:member_end": ENDS,
    "partnerships:office_open": ONCE,
    "partnerships:pair": SUMMARY,
    "partnerships:pair_many": SUMMARY,
    "partnerships:replace": ENDS,
    "partnerships:seat_links": AGAIN,
    "partnerships:stage_move": PLACE,
    "partnerships:take_part": SUMMARY,
    "partnerships:team_facilitator": CHOICE,
    "partnerships:team_invite": AGAIN,
    "practices:answer": REVISION,
    "practices:begin_from": "fills the box of the practice that it has just made",
    "practices:offer": AGAIN,
    "practices:share_judgement": AGAIN,
    "practices:text": REVISION,
}
"""Forms that change a row and say nothing of what they showed, each with the reason."""

MAILED_AGAIN = {
    "partnerships:invitation_again": {"INSERT notices_mail"},
    "partnerships:office": {"INSERT notices_mail"},
}
"""What is to be sent again each time it is asked for; only the newest link holds."""

ANEW = {"action_plans:begin", "assessments:needs", "practices:add"}
"""Where the form that changes a row makes one."""


def somebody(row: Row) -> str:
    return min(row.succeeds or row.post or (), key=lambda role: (role == "anonymous", role))


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.id)
def test_from_an_older_page_nothing_is_replaced_unseen(visitors: Visitors, row: Row):
    with undone(), override_settings(**row.settings):
        url, client = row.url(visitors.world), visitors.client(somebody(row))
        data, shown = row.data(visitors.world), seen_on(client, url)
        with undone():
            done = _sent(client, url, shown | data)
        changed = rows_changed(done)
        assert done or not issubclass(view_of(url), SeenView), f"{row.id}: does its page carry all “{seen.FIELD}”?"
        if not changed:
            return
        if not issubclass(view_of(url), SeenView):
            assert row.name in REPLACES, f"{row.id} changes {changed}: make its form a SeenForm, or say why not."
            return
        assert shown, f"{row.id}: the page does not carry “{seen.FIELD}”."
        assert not _sent(client, url, dict.fromkeys(shown, "") | data), row.id


@pytest.mark.parametrize("row", [row for row in ROWS if row.post], ids=lambda row: row.id)
def test_sent_twice_it_makes_one(visitors: Visitors, row: Row):
    with undone(), override_settings(**row.settings):
        url, client = row.url(visitors.world), visitors.client(somebody(row))
        data = row.data(visitors.world) | {once.FIELD: str(uuid4())} | seen_on(client, url)
        if rows_made(_sent(client, url, data)):
            again = rows_made(_sent(client, url, data)) - MAILED_AGAIN.get(row.name, set())
            assert not again, f"{row.id} makes {again} twice: make its form a OnceForm."


def test_a_form_that_says_what_it_showed_is_guarded_against_a_second_one_at_the_same_moment():
    """Whatever class of a form a view names: with `SeenForm` goes `SeenView`, and no exception beside it."""
    views = {row.name: getattr(addresses()[row.name].callback, "view_class", object) for row in FORMS}
    for name, view in views.items():
        form = getattr(view, "form_class", None) or object
        assert not issubclass(form, SeenForm) or issubclass(view, SeenView) or name in ANEW, name
        assert not (issubclass(view, SeenView) and name in REPLACES), name


def test_the_exceptions_are_still_needed():
    assert set(REPLACES) | set(ANEW) <= {row.name for row in FORMS}


def _sent(client: Any, url: str, data: dict[str, Any]) -> list[str]:
    with written() as statements:
        client.post(url, data)
    return statements
