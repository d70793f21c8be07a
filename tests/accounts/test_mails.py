"""What the mails say; an address of somebody else is not taken over."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from programmes.accounts.models import User

from .conftest import PASSWORD, Browser


def link_in(message: mail.EmailMessage) -> str:
    return re.search(r"http://testserver(\S+)", message.body)[1]


def test_a_new_password_by_mail(browser: Browser, anna: User):
    browser.open("/sign/password/reset/")
    browser.send("/sign/password/reset/", {"email": "ANNA@jelgava.example"})
    path = browser.open(link_in(mail.outbox[0])).redirect_chain[-1][0]
    browser.send(path, {"password1": PASSWORD + "2", "password2": PASSWORD + "2"})
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD + "2")
    assert len(mail.outbox) == 2, "its owner is told that it was changed"
    assert Browser().get(link_in(mail.outbox[0]), follow=True).context["token_fail"], "a link works once"


def test_the_owner_of_an_unknown_address_is_told(client: Client, db):
    client.post("/sign/password/reset/", {"email": "nobody@nowhere.example"})
    [message] = mail.outbox
    assert message.to == ["nobody@nowhere.example"]
    assert "no account" in message.body
    assert "signup" not in message.body


@pytest.mark.parametrize("address", ["bert@schaerbeek.example", "BERT@Schaerbeek.example", "no address"])
def test_an_address_of_somebody_else_is_not_taken_over(browser: Browser, anna: User, bert: User, address: str):
    browser.sign_in(anna)
    browser.ask_for_address(address)
    anna.refresh_from_db()
    assert anna.email == "anna@jelgava.example"
    assert not EmailAddress.objects.filter(user=anna, verified=True, email__iexact=address).exists()


@pytest.mark.parametrize("page", ["/sign/email/", "/sign/password/change/", "/sign/2fa/", "/sign/logout/", "/account/"])
def test_pages_about_signing_in(browser: Browser, anna: User, page: str):
    browser.sign_in(anna)
    assert browser.open(page).status_code == 200
