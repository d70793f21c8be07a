"""A new address counts once its owner, signed in, confirms it with the password; it never outlives a password."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from programmes.accounts import services
from programmes.accounts.models import User

from .conftest import PASSWORD, Browser

NEW = "anna@newtown.example"


@pytest.fixture
def asked(browser: Browser, anna: User) -> Browser:
    """Anna's browser, in which somebody asked for another address."""
    browser.sign_in(anna)
    browser.ask_for_address("Anna@NewTown.example")
    return browser


def link() -> str:
    """The one in the mail to the new address."""
    letter = next(message for message in mail.outbox if message.to == [NEW])
    return re.search(r"http://testserver(\S+)", letter.body)[1]


def address_of(user: User) -> str:
    return User.objects.get(pk=user.pk).email


def test_link_session_and_password_together_change_it(asked: Browser, anna: User):
    assert address_of(anna) == "anna@jelgava.example"
    asked.open(link())
    assert asked.send(link(), {"password": PASSWORD}).status_code == 302
    assert address_of(anna) == NEW
    assert EmailAddress.objects.get(user=anna).verified


def test_a_wrong_password_changes_nothing_and_says_so(asked: Browser, anna: User):
    asked.open(link())
    page = asked.send(link(), {"password": "wrong"})
    assert page.context["form"].errors == {"password": ["This is not your password."]}
    assert address_of(anna) == "anna@jelgava.example"


def test_without_a_session_the_link_leads_to_the_sign_in_page_and_back(asked: Browser, anna: User):
    stranger = Browser()
    page = stranger.open(link())
    assert page.redirect_chain[-1][0].startswith("/sign/login/?next=%2Fsign%2Fconfirm-email%2F")
    stranger.send(link(), {"password": PASSWORD})
    assert address_of(anna) == "anna@jelgava.example"


def test_somebody_else_who_is_signed_in_stays_signed_in_and_confirms_nothing(asked: Browser, anna: User, bert: User):
    other = Browser()
    other.sign_in(bert)
    page = other.open(link())
    assert page.status_code == 404
    assert page.context["form"] is None
    assert other.send(link(), {"password": PASSWORD}).status_code == 404
    assert other.session["_auth_user_id"] == str(bert.pk)
    assert address_of(anna) == "anna@jelgava.example"


@pytest.mark.parametrize("key", ["x", "MQ:abc:def", "0" * 500])
def test_a_link_that_is_not_ours_is_told_so(client: Client, anna: User, key: str):
    client.force_login(anna)
    assert client.get(f"/sign/confirm-email/{key}/").status_code == 404


def test_the_old_address_hears_of_it_when_it_is_asked_for(asked: Browser):
    letter = next(message for message in mail.outbox if message.to == ["anna@jelgava.example"])
    assert NEW in letter.body
    assert "change your password" in letter.body


def test_asking_needs_the_password_of_a_moment_ago(client: Client, anna: User):
    """A session alone, as somebody finds it at an open computer."""
    client.force_login(anna)
    answer = client.post("/sign/email/", {"email": NEW, "action_add": ""})
    assert answer.url.startswith("/sign/reauthenticate/")
    assert not EmailAddress.objects.filter(email=NEW).exists()


def by_reset(browser: Browser, anna: User) -> None:
    other = Browser()
    other.open("/sign/password/reset/")
    other.send("/sign/password/reset/", {"email": anna.email})
    letter = next(message for message in mail.outbox if "/password/reset/key/" in message.body)
    path = other.open(re.search(r"http://testserver(\S+)", letter.body)[1]).redirect_chain[-1][0]
    other.send(path, {"password1": PASSWORD + "2", "password2": PASSWORD + "2"})


def by_change(browser: Browser, anna: User) -> None:
    browser.open("/sign/password/change/")
    typed = {"oldpassword": PASSWORD, "password1": PASSWORD + "2", "password2": PASSWORD + "2"}
    browser.send("/sign/password/change/", typed)


@pytest.mark.parametrize("new_password", [by_reset, by_change])
def test_a_new_password_takes_the_request_with_it(asked: Browser, anna: User, new_password):
    new_password(asked, anna)
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD + "2")
    assert not EmailAddress.objects.filter(email=NEW).exists()
    owner = Browser()
    owner.open("/sign/login/")
    owner.send("/sign/login/", {"login": anna.email, "password": PASSWORD + "2"})
    assert owner.open(link()).status_code == 404


def test_no_link_for_a_password_goes_to_an_address_that_was_only_claimed(asked: Browser, anna: User):
    """Otherwise whoever takes a session over claims an address and resets the password through it."""
    mail.outbox.clear()
    stranger = Browser()
    stranger.open("/sign/password/reset/")
    stranger.send("/sign/password/reset/", {"email": NEW})
    assert not [message for message in mail.outbox if "/password/reset/key/" in message.body]


def test_a_first_password_takes_the_request_with_it_too(db):
    user = services.create_account(email="new@city.example", name="New", by=None)
    EmailAddress.objects.create(user=user, email=NEW, verified=False)
    services.set_first_password(user=user, password=PASSWORD)
    assert not EmailAddress.objects.filter(email=NEW).exists()
