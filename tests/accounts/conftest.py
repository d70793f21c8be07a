"""People and browsers for the tests about accounts."""

import re

import pytest
from django.test import Client

from programmes.accounts import services
from programmes.accounts.models import User
from tests.pages import seen_in

PASSWORD = "a-long-and-odd-password"


def make_user(email: str, *, language: str = "en", **flags) -> User:
    user = services.create_account(
        email=email, name=email.partition("@")[0].title(), language=language, by=None, **flags
    )
    return services.set_first_password(user=user, password=PASSWORD)


@pytest.fixture(autouse=True)
def _first_page(settings) -> None:
    """Whatever the first page of the site asks of the database is not this folder's business."""
    settings.LOGIN_REDIRECT_URL = "/account/"


@pytest.fixture
def anna(db) -> User:
    return make_user("anna@jelgava.example")


@pytest.fixture
def bert(db) -> User:
    return make_user("bert@schaerbeek.example", language="es")


class Browser(Client):
    """A browser that obeys CSRF: it sends the token of the page it last opened."""

    def __init__(self, **options):
        super().__init__(enforce_csrf_checks=True, **options)
        self.token = ""
        self.seen: dict[str, str] = {}

    def open(self, path: str):
        response = self.get(path, follow=True)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())
        self.token = found[1] if found else self.token
        self.seen = seen_in(response)
        return response

    def send(self, path: str, data: dict | None = None, **extra):
        return self.post(path, {"csrfmiddlewaretoken": self.token, **self.seen, **(data or {})}, **extra)

    def sign_in(self, user: User, next_url: str = "/account/"):
        self.open("/sign/login/")
        return self.send("/sign/login/", {"login": user.email, "password": PASSWORD, "next": next_url})

    def ask_for_address(self, address: str):
        """With the password once more, as the page asks before it changes an address."""
        self.open("/sign/email/")
        self.send("/sign/reauthenticate/", {"password": PASSWORD, "next": "/sign/email/"})
        self.open("/sign/email/")
        return self.send("/sign/email/", {"email": address, "action_add": ""})

    def lose_session(self) -> None:
        """What time does to a sign-in: the cookie is gone, and the row too."""
        self.session.flush()
        self.cookies.pop("sessionid", None)


@pytest.fixture
def browser(db) -> Browser:
    return Browser()
