"""Where it is required, whoever steers or administers sets up a second factor before anything else."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import translation

from programmes.accounts.models import KeptPost

from .conftest import PASSWORD, Browser, make_user
from .test_sign_in import code_for

SETUP = "/sign/2fa/totp/activate/"
NEED = ("coordinator", "administrator")


@pytest.fixture(autouse=True)
def _required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("role", NEED)
@pytest.mark.parametrize("page", ["/", "/account/", "/admin/", "/programmes/", "/account/outbox/", "/sign/email/"])
def test_without_it_nothing_opens(world, role: str, page: str):
    answer = signed_in(getattr(world.cast, role)).get(page)
    assert (answer.status_code, answer.url) == (302, SETUP)


@pytest.mark.parametrize("role", NEED)
def test_what_opens_without_it(world, role: str):
    client = signed_in(getattr(world.cast, role))
    assert client.get("/sign/2fa/").status_code == 200
    assert client.get(SETUP).url.startswith("/sign/reauthenticate/")
    assert client.get("/sign/reauthenticate/").status_code == 200
    assert client.post("/account/language/", {"language": "es", "next": "/sign/2fa/"}).url == "/sign/2fa/"
    assert client.post("/sign/logout/").url == "/sign/login/"


@pytest.mark.parametrize("role", ["mentee", "facilitator", "mentee_association", "group_member"])
def test_others_are_not_asked(world, role: str):
    assert signed_in(getattr(world.cast, role)).get("/account/").status_code == 200


@pytest.mark.parametrize("role", NEED)
def test_with_it_everything_opens(world, role: str):
    user = getattr(world.cast, role)
    TOTP.activate(user, generate_totp_secret())
    assert signed_in(user).get("/account/").status_code == 200


def test_where_it_is_not_required_nobody_is_asked(world, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert signed_in(world.cast.coordinator).get("/account/").status_code == 200


def test_the_way_from_the_sign_in_to_the_first_page(browser: Browser, db):
    """As it is lived: password, led to the page, a code from the telephone, and in."""
    chief = make_user("chief@site.example", is_staff=True, is_superuser=True)
    assert browser.sign_in(chief).url == "/account/"
    page = browser.open("/account/")
    assert [step[0].partition("?")[0] for step in page.redirect_chain] == [SETUP, "/sign/reauthenticate/"]
    assert "Your task here needs two-step sign-in" in page.content.decode()
    browser.send("/sign/reauthenticate/", {"password": PASSWORD, "next": SETUP})
    browser.open(SETUP)
    secret = browser.session["mfa.totp.secret"]
    assert browser.send(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    assert Authenticator.objects.filter(user=chief, type="totp").exists()
    assert browser.open("/account/").status_code == 200
    assert browser.open("/account/").redirect_chain == []


def test_a_new_address_that_waits_keeps_nobody_from_it(browser: Browser, db, settings):
    chief = make_user("chief@site.example", is_staff=True, is_superuser=True)
    chief.emailaddress_set.create(email="next@site.example", verified=False)
    browser.sign_in(chief)
    browser.open("/account/")
    browser.send("/sign/reauthenticate/", {"password": PASSWORD, "next": SETUP})
    assert browser.open(SETUP).redirect_chain == []


def test_a_form_that_was_being_filled_in_is_kept(browser: Browser, anna, settings):
    """Anna became administrator while she was typing."""
    browser.sign_in(anna)
    browser.open("/account/")
    type(anna).objects.filter(pk=anna.pk).update(is_superuser=True)
    answer = browser.send("/account/", {"name": "Anna Ozola", "language": "en", "time_zone": "UTC"})
    assert answer.url == SETUP
    assert ["name", ["Anna Ozola"]] in json.loads(KeptPost.objects.get(owner=anna).body)


def test_scripts_are_told_in_their_own_way(world):
    client = signed_in(world.cast.coordinator)
    reply = client.get("/", HTTP_ACCEPT="application/json")
    assert (reply.status_code, list(reply.json())) == (403, ["errors"])
    assert client.get("/", HTTP_HX_REQUEST="true").headers["HX-Redirect"] == SETUP


@pytest.mark.parametrize(("language", "words"), [("en", "Two-step sign-in"), ("es", "Inicio de sesión en dos pasos")])
def test_its_pages_are_called_as_everywhere(language: str, words: str):
    """They are allauth's, which speaks of two factors: `locale/` says it otherwise, in English too."""
    with translation.override(language):
        assert translation.gettext("Two-Factor Authentication") == words
