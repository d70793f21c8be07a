"""The door: whatever is sent, never a 5xx, and what gets through can be stored."""

import pytest
from django.test import Client, RequestFactory

from mentoring.wsgi import application

pytestmark = [pytest.mark.urls("tests.common.writing"), pytest.mark.django_db]


def test_forms_are_cleaned(client):
    reply = client.post("/echo/", {"a\x00": ["x\x00\r\ny", "\x07z"], "b": "é 👩‍👧"})
    assert reply.content.decode() == repr([("a", ["x\ny", "z"]), ("b", ["é 👩‍👧"])])


def test_addresses_and_cookies(client):
    assert client.get("/write/%00/").status_code == 404
    assert client.get("/sign/login/?next=%00%ED%A0%80&page=%0b").status_code == 200
    client.cookies["sessionid"] = "a\x00b"
    assert client.get("/sign/login/").status_code == 200


@pytest.mark.parametrize("charset", ["rot13", "utf-16", "unicode_escape", "idna", "no-such"])
def test_foreign_character_sets(client, charset):
    content_type = f"multipart/form-data; boundary=x; charset={charset}"
    body = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\\ud800\r\n--x--\r\n'
    assert client.generic("POST", "/echo/", body, content_type=content_type).status_code == 400


def test_a_foreign_character_set_in_a_mere_question():
    """Django itself decodes the address by it, before any middleware: asked through the real WSGI application."""
    environ = RequestFactory().get("/sign/login/?a=b").environ | {"CONTENT_TYPE": "text/plain; charset=rot13"}
    statuses = []
    list(application(environ, lambda status, headers: statuses.append(status)))
    assert statuses == ["400 Bad Request"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"a=b", "multipart/form-data"),
        (b"a=" + b"x" * 6_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=b" % number for number in range(2500)), "application/x-www-form-urlencoded"),
        (b"%ED%A0%80=%FF%FE", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
    ],
)
def test_bodies_that_cannot_be_read(body, content_type):
    assert Client(raise_request_exception=False).post("/echo/", body, content_type=content_type).status_code < 500
