"""The outbox: mails wait on a page, for administrators, where no mail server is set up."""

import datetime

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.test import Client
from django.utils import timezone

from programmes.accounts import services
from programmes.accounts.demo import DEMO_ACCOUNTS
from programmes.accounts.models import AuditEvent, OutboxMessage, User
from programmes.accounts.outbox import without_ways_in
from programmes.accounts.rules import OUTBOX_BACKEND
from programmes.overview import notices
from programmes.partnerships.services.invitations import deliver

from .conftest import Browser, make_user

BODY = "Follow https://site.example/invitation/abc/ please.\n<script>alert(1)</script>"


@pytest.fixture
def outbox(settings) -> None:
    settings.EMAIL_BACKEND = OUTBOX_BACKEND


@pytest.fixture
def administrator(db) -> Client:
    client = Client()
    client.force_login(services.make_administrator(email="chief@site.example", name="Chief"))
    return client


def test_a_mail_waits_with_its_text_and_without_its_way_in(outbox, administrator: Client):
    send_mail("You are\tinvited", BODY, None, ["anna@jelgava.example"], html_message=BODY)
    mail = OutboxMessage.objects.get()
    assert mail.recipients == ["anna@jelgava.example"]
    assert "anna@jelgava.example" in administrator.get("/account/outbox/").content.decode()
    page = administrator.get(f"/account/outbox/{mail.pk}/").content.decode()
    assert "The link that stood here was withheld" in page
    assert "abc" not in mail.body
    assert mail.html == ""
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://site.example/account/kept/3/", True),
        ("https://site.example/", True),
        ("https://site.example/account/outbox/3/?key=abc", False),
        ("https://site.example/sign/confirm-email/MQ:abc:def/", False),
        ("https://site.example/sign/password/reset/key/1-abc/", False),
        ("https://site.example/invitations/abc.def/", False),
        ("https://elsewhere.example/abc", False),
        ("HTTPS://SITE.example/invitations/abc/.", False),
    ],
)
def test_only_addresses_that_open_nothing_stay(address: str, kept: bool):
    assert (address in without_ways_in(f"See\n{address}\nplease.")) is kept


@pytest.mark.parametrize("ask", ["password", "address", "invitation"])
def test_no_real_mail_brings_its_link_into_the_outbox(outbox, world, browser: Browser, anna: User, ask: str):
    """Each mail with a way in, as the pages send it; whatever the administrator opens, the way is not there."""
    if ask == "password":
        browser.open("/sign/password/reset/")
        browser.send("/sign/password/reset/", {"email": anna.email})
    elif ask == "address":
        browser.sign_in(anna)
        browser.ask_for_address("anna@newtown.example")
    else:
        deliver(invitation=world.invitation, site="https://site.example")
        assert notices.send()
    assert OutboxMessage.objects.exists()
    for mail in OutboxMessage.objects.all():
        assert "/sign/" not in mail.body
        assert "/invitations/" not in mail.body


@pytest.mark.parametrize(
    ("flags", "whole"), [({"is_demo": True}, True), ({}, False), ({"is_demo": True, "is_staff": True}, False)]
)
def test_in_the_demo_mails_to_its_own_accounts_are_whole_but_an_administrators(outbox, settings, db, flags, whole):
    settings.DEMO = True
    make_user("mentee@demo.example", **flags)
    send_mail("New password", BODY, None, ["mentee@demo.example"])
    assert ("/invitation/abc/" in OutboxMessage.objects.get().body) is whole


def test_in_the_demo_a_copy_to_somebody_else_withholds_the_link(outbox, settings, db):
    settings.DEMO = True
    make_user("mentee@demo.example", is_demo=True)
    send_mail("New password", BODY, None, ["mentee@demo.example", "stranger@x.example"])
    assert "/invitation/abc/" not in OutboxMessage.objects.get().body


def test_reading_it_is_noted(outbox, administrator: Client):
    mail = OutboxMessage.objects.create(subject="Hello", recipients=["a@x.example"])
    administrator.get("/account/outbox/")
    administrator.get(f"/account/outbox/{mail.pk}/")
    noted = AuditEvent.objects.filter(verb__startswith="read").order_by("pk")
    assert [(event.verb, event.by.email) for event in noted] == [
        ("read outbox", "chief@site.example"),
        ("read mail", "chief@site.example"),
    ]


def test_copies_and_odd_characters_and_empty_lists(outbox, db):
    odd = EmailMultiAlternatives("x\x00" * 600, "\x00text\ud800", to=["a@x.example"], bcc=["b@x.example"])
    odd.attach_alternative("<p>text</p>", "text/html")
    assert get_connection().send_messages([odd, EmailMultiAlternatives("nobody", "", to=[])]) == 1
    kept = OutboxMessage.objects.get()
    assert kept.recipients == ["a@x.example", "b@x.example"]
    assert kept.body == "text"


def test_old_mails_go(outbox, administrator: Client):
    OutboxMessage.objects.create(subject="old", created_at=timezone.now() - datetime.timedelta(days=31))
    assert "old" not in administrator.get("/account/outbox/").content.decode().partition("<main")[2]
    send_mail("new", "", None, ["anna@jelgava.example"])
    assert [mail.subject for mail in OutboxMessage.objects.all()] == ["new"]


def test_other_people_and_strangers_do_not_read_it(outbox, client: Client, anna: User):
    mail = OutboxMessage.objects.create(subject="secret", recipients=["x@y.example"])
    paths = ["/account/outbox/", f"/account/outbox/{mail.pk}/"]
    assert [client.get(path).status_code for path in paths] == [302, 302]
    client.force_login(anna)
    assert [client.get(path).status_code for path in paths] == [403, 403]


def test_with_a_mail_server_there_is_no_outbox(administrator: Client):
    assert administrator.get("/account/outbox/").status_code == 403


@pytest.mark.django_db
def test_the_demo_lists_its_accounts_and_nothing_else_does(settings, client: Client):
    assert "demo.example" not in client.get("/sign/login/").content.decode()
    settings.DEMO = True
    page = client.get("/sign/login/?next=/account/").content.decode()
    for account in DEMO_ACCOUNTS:
        assert account.email in page
    assert len({account.email for account in DEMO_ACCOUNTS}) == 8
