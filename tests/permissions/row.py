"""A row of the table of who may what, and one visit to its address."""

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import resolve, reverse

from programmes.common.seen import SeenView
from tests.cast import World
from tests.pages import seen_on

from .roles import NOBODY
from .writes import written

Roles = frozenset[str]
SIGN_IN = "/sign/login/"


def no_args(world: World) -> tuple:
    return ()


def no_query(world: World) -> str:
    return ""


def no_data(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One address and what each member of the cast meets there.

    `get`, `post`: who is let in by the method; None where the view does not answer it (405 to whoever is let in by
    the other). `forbidden`: who sees the thing and may not do this (403). Everybody else meets 404, or the sign-in
    page when nobody is signed in. `done`: what a POST of `data` by an allowed role answers. `args` and `data` are
    made of the world inside the savepoint of the visit, so they may make what they need.
    """

    name: str
    args: Callable[[World], tuple] = no_args
    get: Roles | None = None
    post: Roles | None = None
    forbidden: Roles = NOBODY
    data: Callable[[World], dict[str, Any]] = no_data
    done: int = 302
    succeeds: Roles | None = None
    """Of those whom `post` lets in, whose POST of `data` is answered by `done`; None for all. To the others it is a
    form that they have to fill in differently."""
    query: str = ""
    query_of: Callable[[World], str] = no_query
    case: str = ""
    needs: tuple[str, ...] = ()
    """Fields of `data` without which the POST must be refused with a message, and the rest given back."""
    method_first: bool = False
    """The view refuses the method before it looks for the thing: 405 to everybody who is signed in."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    signs_in: bool = True
    """Whether nobody signed in is sent to sign in; else the page is not there for them either."""

    @property
    def id(self) -> str:
        return f"{self.name}-{self.case}".replace(" ", "-").rstrip("-")

    @property
    def let_in(self) -> Roles:
        return (self.get or NOBODY) | (self.post or NOBODY)

    def serves(self, role: str) -> bool:
        return self.succeeds is None or role in self.succeeds

    def url(self, world: World) -> str:
        return reverse(self.name, args=self.args(world)) + self.query + self.query_of(world)

    def expected(self, role: str, method: str) -> str:
        """`in`, `sign_in`, `403`, `404` or `405`."""
        allowed = self.get if method == "GET" else self.post
        if allowed is not None and role in allowed:
            return "in"
        if role == "anonymous" and role not in self.let_in and self.signs_in:
            return "sign_in"
        if allowed is None and self.method_first:
            return "405"
        if role in self.forbidden:
            return "403"
        return "405" if allowed is None and role in self.let_in else "404"


class Visitors:
    """The cast at their browsers: one session each, the same at every visit."""

    def __init__(self, world: World):
        self.world = world
        self.sessions = {name: _session(user) for name, user in world.cast.everybody().items()}

    def client(self, role: str, *, calm: bool = False) -> Client:
        """A fresh browser with the role's session; errors of the program end the test, or are an answer of 500."""
        client = Client(raise_request_exception=not calm)
        if self.sessions[role]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def visit(
        self, row: Row, role: str, method: str, data: Mapping[str, Any] | None = None, *, calm: bool = False
    ) -> "Answer":
        """One request, of which nothing stays in the database."""
        with undone(), override_settings(**row.settings):
            url = row.url(self.world)
            client = self.client(role, calm=calm)
            if method == "POST" and data is None:
                data = row.data(self.world)
            if method == "POST" and issubclass(view_of(url), SeenView):
                data = seen_on(client, url) | dict(data or {})
            with written() as statements:
                response = getattr(client, method.lower())(url, data or {})
                text = _text_of(response)
            return Answer(row, role, method, url, response, text, statements)


@dataclass(frozen=True)
class Answer:
    row: Row
    role: str
    method: str
    url: str
    response: HttpResponseBase
    text: str
    written: list[str]
    """Its statements that change the database, marks left out."""

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def kind(self) -> str:
        """In the words of `Row.expected`."""
        if self.status in (403, 404, 405):
            return str(self.status)
        if self.status == 302 and self.response.headers["Location"].startswith(SIGN_IN):
            return "sign_in"
        return "in"

    def __str__(self) -> str:
        return f"{self.row.id}: {self.method} {self.url} by {self.role}: {self.status}"


def view_of(url: str) -> type:
    """The class that answers at this address; `object` for a function."""
    return getattr(resolve(urlsplit(url).path).func, "view_class", object)


@contextmanager
def undone():
    """What happens inside leaves no trace in the database, whatever state it leaves the transaction in."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def _session(user) -> str:
    if not user.is_authenticated:
        return ""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _text_of(response: HttpResponseBase) -> str:
    """Body, headers and cookies: whatever reaches the browser. Files are told by their bytes."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore
    heads = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{heads}\n{response.cookies.output()}\n\n{body.decode(errors='replace')}"
