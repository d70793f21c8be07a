"""People at their browsers: they open pages by URL name, fill in the forms they find there and follow the links they
are shown. A page that refuses, or that no longer exists, is an answer; an error of the program ends the test."""

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve, reverse
from lxml import html

from programmes.accounts.models import User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD = "a rather long password 7"
PATHS = re.compile(r"(?:https?://[\w.:-]+)?(/[^\s\"'<>&]*)")
LINKS = re.compile(r'href="(/[^"#]*)')
NOT_FOLLOWED = {"account_logout", "accounts:language"}
NOT_PRESSED = NOT_FOLLOWED | {"accounts:profile"}


@dataclass(frozen=True)
class Answer:
    """What came back. `status` 404 also stands for a page whose name the site does not know."""

    status: int
    text: str = ""
    url: str = ""

    @property
    def carried_out(self) -> bool:
        """A POST was not refused: the site sends the browser on."""
        return self.status == 302

    @property
    def landed(self) -> ResolverMatch | None:
        return place_of(self.url)


def browser(user: User | None = None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend=MODEL_BACKEND)
    return client


def address(url_name: str, args: Iterable[Any] = ()) -> str:
    """Empty where the site has no such page."""
    try:
        return reverse(url_name, args=list(args))
    except NoReverseMatch:
        return ""


def act(client: Client, url_name: str, args: Iterable[Any] = (), data: Mapping[str, Any] | None = None) -> Answer:
    """Open a page, or with `data` send a form to it as it is."""
    url = address(url_name, args)
    if not url:
        return Answer(404)
    return send(client, url, data) if data is not None else look(client, url)


def look(client: Client, url: str) -> Answer:
    response = client.get(url, follow=True)
    return _answer(response, response.request["PATH_INFO"])


def send(client: Client, url: str, data: Mapping[str, Any]) -> Answer:
    response = client.post(url, data)
    return _answer(response, response.headers.get("Location", url))


def fill_in(client: Client, url_name: str, args: Iterable[Any] = (), **wanted: Any) -> Answer:
    """Send `wanted` to the form of this address. A form that comes back, because it asks for more or another page was
    seen, is filled with what stands in it and made-up words, and sent once more."""
    url = address(url_name, args)
    if not url:
        return Answer(404)
    answer = send(client, url, wanted)
    form = next((form for form in forms_on(answer) if form.url == url), None)
    return send(client, form.url, form.filled(wanted)) if form else answer


def _answer(response: HttpResponseBase, url: str) -> Answer:
    assert response.status_code < 500, f"{response.status_code} at {url}"
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, body.decode(errors="replace"), url)


def place_of(url: str) -> ResolverMatch | None:
    try:
        return resolve(urlsplit(url).path)
    except Resolver404:
        return None


class Form:
    """A form that a page offers."""

    def __init__(self, page: Answer, element: Any) -> None:
        self.element = element
        self.url = urlsplit(element.get("action") or page.url).path
        match = place_of(self.url)
        self.name = match.view_name if match else ""

    def filled(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Its values, with `wanted` on top; boxes that must not stay empty are filled with what fits their type."""
        data: dict[str, Any] = {}
        for name, value in self.element.form_values():
            data.setdefault(name, []).append(value.removeprefix("\n"))  # as browsers do in a large box
        for name, box in self._boxes():
            if not any(data.get(name, ())):
                data[name] = _made_up(name, box, wanted)
        return {name: value for name, value in data.items() if value} | dict(wanted)

    def choices(self, name: str) -> list[str]:
        """Values of the boxes to tick, or of the list to choose from."""
        boxes = self.element.xpath(".//*[@name=$name]", name=name)
        values = [
            value for box in boxes for value in (box.value_options if box.tag == "select" else [box.get("value")])
        ]
        return [value for value in values if value]

    def _boxes(self) -> Iterator[tuple[str, Any]]:
        for box in self.element.xpath(".//input[@required] | .//textarea[@required] | .//select[@required]"):
            yield box.name, box


def _made_up(name: str, box: Any, wanted: Mapping[str, Any]) -> Any:
    kind = box.get("type", box.tag)
    if kind == "select":
        return next((value for value in box.value_options if value), "")
    if kind in ("radio", "checkbox"):
        return box.get("value")
    return {"password": PASSWORD, "email": wanted.get("email", "")}.get(kind, "Somebody new")


def forms_on(page: Answer) -> list[Form]:
    """Forms that change something, the site's own header aside."""
    if "<form" not in page.text:
        return []
    found = [Form(page, form) for form in html.fromstring(page.text).forms if form.method == "POST"]
    return [form for form in found if form.name and form.name not in NOT_PRESSED]


def links_that_let_in(text: str) -> list[str]:
    """Paths in a page or mail that carry a token or key: whoever opens one gets further than by signing in."""
    paths = {path.rstrip(".,") for path in PATHS.findall(text)}
    matches = {path: place_of(path) for path in paths}
    return sorted(path for path, match in matches.items() if match and {"token", "key"} & match.kwargs.keys())


def follow(client: Client, link: str, **wanted: Any) -> Answer:
    """Open such a link and press what its page offers: choose a password, join, confirm."""
    page = look(client, link)
    form = next((form for form in forms_on(page) if form.url == urlsplit(page.url).path), None)
    return send(client, form.url, form.filled(wanted)) if form else page


def take_seat(client: Client, link: str) -> Answer:
    """Follow a link; where it leads to a page of its own purpose, press what that offers first."""
    page = follow(client, link)
    match = place_of(page.url)
    if match is None or match.view_name != "links:work":
        return page
    page = look(client, page.url)
    form = next((form for form in forms_on(page) if form.name == "links:work"), None)
    return send(client, form.url, form.filled({})) if form else page


def mails_shown_to(client: Client) -> str:
    """What the page of the outbox, and each mail that it leads to, shows to this person; empty where it refuses."""
    shown = act(client, "accounts:outbox").text
    mails = [look(client, url).text for url in sorted(set(LINKS.findall(shown))) if _is(url, "accounts:outbox_message")]
    return "\n".join([shown, *mails])


def _is(url: str, url_name: str) -> bool:
    match = place_of(url)
    return match is not None and match.view_name == url_name


def reading(client: Client, starts: Iterable[str], limit: int, of_a_kind: int = 4) -> Iterator[Answer]:
    """At most `limit` pages, these first and then those that their links lead to, a few of each kind."""
    waiting, seen, kinds = deque(url for url in starts if url), set[str](), Counter[str]()
    while waiting and len(seen) < limit:
        url = waiting.popleft()
        match = place_of(url)
        name = match.view_name if match else ""
        if url in seen or not name or name in NOT_FOLLOWED or kinds[name] >= of_a_kind:
            continue
        seen.add(url)
        kinds[name] += 1
        page = look(client, url)
        yield page
        waiting.extend(LINKS.findall(page.text))
