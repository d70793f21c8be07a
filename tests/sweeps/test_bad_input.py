"""Wrong, missing, huge, hostile input at every address of the table: never an error of the program."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from tests.permissions.row import Answer, Row, Visitors, undone
from tests.permissions.table import ROWS, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]

POSTS = [row for row in ROWS if row.post]
PAGES = [row for row in ROWS if row.get and row.name != "healthz"]

HOSTILE = {
    "empty": "",
    "spaces": " \t\n ",
    "ten times the field": "x" * 120_000,
    "NUL": "\x00abc\x00",
    "control characters": "\x01\x02\x07\x1b[31m\x7f",
    "right to left": "\u202eمرحبا\u2066",
    "emoji": "👩🏽‍🚒🏳️‍🌈",
    "script": "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "quotes": "'; DROP TABLE accounts_user; --",
    "a huge number": "9" * 30,
    "a number that Python will not read": "9" * 5000,
    "beyond 64 bits": str(2**63),
    "negative": "-1",
    "no number": "NaN",
    "a date that is none": "2027-02-30",
    "a far year": "99999-01-01",
    "braces": "{{ 7 }}{% debug %} %s %(name)s {0}",
}
TURNS = 6
LONE_SURROGATE = b"\xed\xa0\x80"
GARBAGE = ["abc", "-1", "9" * 40, "\x00\u202e👩🏽‍🚒", "' OR 1=1 --"]
QUERIES = (
    *("page", "q", "section", "all", "stage", "theme", "country", "kind", "role"),
    *("passed", "mentee", "mentor", "about", "part", "view", "language", "next"),
)
RAW = "page=%ED%A0%80&q=%FF&mentor=%&&===&section=%00&mentee=1&mentee=x"


@pytest.fixture(autouse=True)
def _numbers_fit_sqlite() -> Iterator[None]:
    """PostgreSQL compares a column with a number of any size; SQLite, which `make run` has, takes 64 bits."""

    def refuse(execute, sql, params, many, context):
        rows = params if many else [params]
        for value in (value for row in rows for value in (row or ())):
            if isinstance(value, int) and not -(2**63) <= value < 2**63:
                raise OverflowError(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def some_role(row: Row, method: str) -> str:
    """Whoever the table lets in; the anonymous visitor last."""
    let_in = (row.get if method == "GET" else row.succeeds or row.post) or frozenset()
    return min(let_in, key=lambda role: (role == "anonymous", role))


@pytest.mark.parametrize("row", POSTS, ids=lambda row: row.id)
def test_hostile_bodies_are_no_errors(visitors: Visitors, row: Row):
    role = some_role(row, "POST")
    with undone():
        fields = sorted(row.data(visitors.world)) or ["text", "value", "name", "next"]
    for name, body in _hostile_bodies(fields):
        answer = visitors.visit(row, role, "POST", body)
        assert answer.status < 500, f"{answer}: {name}"
        assert "<script>alert(1)" not in answer.text, f"{answer}: {name}"


def _hostile_bodies(fields: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "nothing", {}
    yield "everything twice", {field: ["a", "b"] for field in fields}
    for name in ("spaces", "ten times the field"):
        yield name, dict.fromkeys(fields, HOSTILE[name])
    for turn in range(TURNS):
        yield f"a mixture, turn {turn}", _mixture(fields, turn)


def _mixture(fields: list[str], turn: int) -> dict[str, str]:
    """Each field something else; over the turns and the rows of the table each kind of field meets every evil."""
    kinds = list(HOSTILE.values())
    return {field: kinds[(5 * place + turn * len(kinds) // TURNS) % len(kinds)] for place, field in enumerate(fields)}


@pytest.mark.parametrize("row", [row for row in POSTS if row.data is not Row.data], ids=lambda row: row.id)
def test_one_wrong_field_among_right_ones_is_no_error(visitors: Visitors, row: Row):
    role = some_role(row, "POST")
    with undone():
        fields = sorted(row.data(visitors.world))
    values = ["9" * 30, "\x00\u202e</script>👩🏽‍🚒"]
    for field, value in zip(fields, itertools.cycle(values), strict=False):
        answer = _with(visitors, row, role, lambda right, f=field, v=value: right | {f: v})
        assert answer.status < 500, f"{answer}: {field}={value[:20]!r}"


@pytest.mark.parametrize("row", [row for row in POSTS if row.needs], ids=lambda row: row.id)
def test_what_is_needed_is_asked_for_and_the_rest_is_given_back(visitors: Visitors, row: Row):
    """No silent drop: without a needed field nothing is done, the page says so, and what was typed stands there."""
    role = some_role(row, "POST")
    for needed in row.needs:
        names = set(needed.split("+"))
        kept: dict[str, Any] = {}

        def without(right: Mapping[str, Any], names=names, kept=kept) -> dict[str, Any]:
            kept.update({name: value for name, value in right.items() if name not in names})
            return dict(kept)

        answer = _with(visitors, row, role, without)
        assert answer.status in (200, 409, 422), f"{answer}: without {needed}"
        assert _complains(answer), f"{answer}: without {needed}, no message"
        assert _begins_with_what_is_wrong(answer), f"{answer}: without {needed}, no summary"
        lost = [value for name, value in kept.items() if _is_text(name, value) and _shown(value) not in answer.text]
        assert not lost, f"{answer}: without {needed}, lost {lost}"


def test_bodies_that_are_no_text(visitors: Visitors):
    """Lone surrogates, broken escapes and foreign character sets come as bytes, at the door of every form alike."""
    url = reverse("conversations:reply", args=[visitors.world.conversation.pk])
    for content in (b"text=" + LONE_SURROGATE, b"text=%ED%A0%80", b"text=%FF%FE", b"text=%", b"\xff\xfe=\x00"):
        with undone():
            answer = visitors.client("mentee").post(url, content, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, content
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "application/json", "text/plain", "x"):
        with undone():
            answer = visitors.client("mentee").post(url, b"--\r\nbroken", content_type=kind)
        assert answer.status_code < 500, kind


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.id)
def test_garbage_in_the_query_is_no_error(visitors: Visitors, row: Row):
    role = some_role(row, "GET")
    with undone():
        url = row.url(visitors.world).partition("?")[0]
        queries = [urlencode(_mixed(turn)) for turn in range(len(GARBAGE))]
        for query in [*queries, RAW]:
            with undone():
                status = visitors.client(role).get(f"{url}?{query}").status_code
            assert status < 500, f"{url}?{query}"


def _mixed(turn: int) -> dict[str, str]:
    """Every parameter that a page may read; over all turns each meets each kind of garbage."""
    return {name: GARBAGE[(place + turn) % len(GARBAGE)] for place, name in enumerate(QUERIES)}


NUMBERED = sorted(name for name, entry in addresses().items() if entry.pattern.converters)


@pytest.mark.parametrize("name", NUMBERED)
def test_ids_that_cannot_be_are_not_found(visitors: Visitors, name: str):
    row = next(row for row in ROWS if row.name == name and row.let_in)
    methods = [method for method, let_in in (("get", row.get), ("post", row.post)) if let_in]
    role = some_role(row, methods[0].upper())
    with undone():
        args = row.args(visitors.world)
    for place, number in itertools.product(range(len(args)), (0, 2**31, 2**63 - 1, 2**63, 10**40, 10**4000)):
        if not isinstance(args[place], int):
            continue
        path = _path(name, [*args[:place], number, *args[place + 1 :]])
        for method in methods:
            with undone(), override_settings(**row.settings):
                response = getattr(visitors.client(role), method)(path)
            assert response.status_code == 404, f"{method} {path[:80]}: {response.status_code}"


def _path(name: str, args: list) -> str:
    """`reverse` of numbers as long as one likes."""
    marks = [10**9 + place if isinstance(value, int) else value for place, value in enumerate(args)]
    path = reverse(name, args=marks)
    for mark, value in zip(marks, args, strict=True):
        digits = f"1{'0' * 4000}" if value == 10**4000 else str(value)
        path = path.replace(str(mark), digits)
    return path


def _with(visitors: Visitors, row: Row, role: str, change) -> Answer:
    """A visit with the right data of the row, changed."""
    changed = Row(**{**vars(row), "data": lambda world: change(row.data(world))})
    return visitors.visit(changed, role, "POST")


def _complains(answer: Answer) -> bool:
    signs = ("invalid-feedback", "note--amber", "is-invalid", "errorlist", "alert-danger", "alert", '"errors"')
    return any(sign in answer.text for sign in signs)


def _begins_with_what_is_wrong(answer: Answer) -> bool:
    """Whoever hears the page hears it first: in its title, and in the summary that takes the focus."""
    if "<title>" not in answer.text or answer.status == 409:
        return True
    titles = ("<title>Please correct: ", "<title>Not saved yet")
    return any(title in answer.text for title in titles) and 'tabindex="-1" autofocus' in answer.text


def _is_text(name: str, value: Any) -> bool:
    told_again = "password" not in name and name != "base_value"
    return told_again and isinstance(value, str) and len(value) > 3 and not value.isdecimal()


def _shown(value: str) -> str:
    return value.partition("’")[0].partition(";")[0]
