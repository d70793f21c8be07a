"""Signing in: the address is the name, nobody is told who has an account, attempts are limited."""

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language

from programmes.accounts.models import User

from .conftest import PASSWORD, Browser

LOGIN = "/sign/login/"


def code_for(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def test_capitals_of_the_address_do_not_matter(browser: Browser, anna: User):
    browser.open(LOGIN)
    response = browser.send(LOGIN, {"login": "ANNA@Jelgava.Example", "password": PASSWORD})
    assert response.status_code == 302
    assert browser.session["_auth_user_id"] == str(anna.pk)


def test_sign_in_lands_on_the_page_asked_for(browser: Browser, anna: User):
    response = browser.open("/account/")
    assert response.redirect_chain == [("/sign/login/?next=%2Faccount%2F", 302)]
    assert browser.sign_in(anna, "/account/").url == "/account/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_elsewhere(browser: Browser, anna: User, elsewhere: str):
    response = browser.sign_in(anna, elsewhere)
    assert "evil" not in response.headers.get("Location", "")
    assert "javascript" not in response.headers.get("Location", "")


def test_wrong_password_and_unknown_address_look_the_same(browser: Browser, anna: User):
    browser.open(LOGIN)
    pages = [
        browser.send(LOGIN, {"login": address, "password": "wrong"})
        for address in (anna.email, "nobody@nowhere.example")
    ]
    assert [page.status_code for page in pages] == [200, 200]
    said = [list(page.context["form"].non_field_errors()) for page in pages]
    assert said[0] == said[1] != []


def test_reset_answers_the_same_for_known_and_unknown_addresses(browser: Browser, anna: User):
    page = "/sign/password/reset/"
    browser.open(page)
    answers = [browser.send(page, {"email": address}) for address in (anna.email, "nobody@nowhere.example")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/sign/password/reset/done/")}


def test_mails_speak_the_language_of_the_account(monkeypatch, browser: Browser, anna: User, bert: User):
    spoken: list[tuple[str, str]] = []
    monkeypatch.setattr(
        DefaultAccountAdapter, "send_mail", lambda self, prefix, to, context: spoken.append((to, get_language()))
    )
    browser.open("/sign/password/reset/")
    for address in (bert.email, anna.email, "nobody@nowhere.example"):
        browser.send("/sign/password/reset/", {"email": address}, HTTP_ACCEPT_LANGUAGE="es")
    assert spoken == [(bert.email, "es"), (anna.email, "en"), ("nobody@nowhere.example", "es")]


def test_nobody_opens_an_account_by_themselves(browser: Browser, db):
    assert b"password1" not in browser.open("/sign/signup/").content
    data = {"email": "new@city.example", "password1": PASSWORD, "password2": PASSWORD}
    browser.open(LOGIN)
    browser.send("/sign/signup/", data)
    assert not User.objects.exists()


def test_attempts_are_limited(settings, browser: Browser, anna: User):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    browser.open(LOGIN)
    for _ in range(3):
        browser.send(LOGIN, {"login": anna.email, "password": "wrong"})
    refused = browser.send(LOGIN, {"login": anna.email, "password": PASSWORD})
    assert refused.status_code == 200
    assert "_auth_user_id" not in browser.session
    assert "Too many" in str(refused.context["form"].errors)


def test_too_many_requests_are_answered_with_a_page(settings, browser: Browser, anna: User):
    settings.ACCOUNT_RATE_LIMITS = {"reset_password": "1/m/ip"}
    browser.open("/sign/password/reset/")
    answers = [browser.send("/sign/password/reset/", {"email": anna.email}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 429]
    assert "Please wait a little" in answers[1].content.decode()


def test_an_account_that_is_switched_off_cannot_sign_in(browser: Browser, anna: User):
    User.objects.update(is_active=False)
    browser.sign_in(anna)
    assert "_auth_user_id" not in browser.session


def test_switching_an_account_off_ends_its_session(client: Client, anna: User):
    client.force_login(anna)
    assert client.get("/account/").status_code == 200
    User.objects.update(is_active=False)
    assert client.get("/account/").status_code == 302


def test_second_factor_from_enrolment_to_sign_in(browser: Browser, anna: User):
    browser.sign_in(anna)
    browser.open(reverse("mfa_activate_totp"))
    browser.send("/sign/reauthenticate/", {"password": PASSWORD, "next": reverse("mfa_activate_totp")})
    browser.open(reverse("mfa_activate_totp"))
    secret = browser.session["mfa.totp.secret"]
    assert browser.send(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert secret not in str(Authenticator.objects.get(type="totp").data), "stored in the clear"

    another = Browser()
    assert another.sign_in(anna).url.startswith("/sign/2fa/authenticate/")
    assert "_auth_user_id" not in another.session
    another.open("/sign/2fa/authenticate/")
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert another.send("/sign/2fa/authenticate/", {"code": "000000"}).status_code == 200
    another.send("/sign/2fa/authenticate/", {"code": recovery})
    assert another.session["_auth_user_id"] == str(anna.pk)


def test_the_administration_uses_the_same_sign_in(browser: Browser, db):
    response = browser.get("/admin/login/?next=/admin/")
    assert response.url.startswith("/sign/login/")
