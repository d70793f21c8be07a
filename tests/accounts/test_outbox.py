"""The outbox: mails wait on a page, for administrators, where no mail server is set up."""

import datetime

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.test import Client
from django.utils import timezone

from programmes.accounts import services
from programmes.accounts.demo import DEMO_ACCOUNTS
from programmes.accounts.models import OutboxMessage, User
from programmes.accounts.rules import OUTBOX_BACKEND

BODY = "Follow https://site.example/invitation/abc/ please.\n<script>alert(1)</script>"


@pytest.fixture
def outbox(settings) -> None:
    settings.EMAIL_BACKEND = OUTBOX_BACKEND


@pytest.fixture
def administrator(db) -> Client:
    client = Client()
    client.force_login(services.make_administrator(email="chief@site.example", name="Chief"))
    return client


def test_a_mail_waits_with_its_text_and_links(outbox, administrator: Client):
    send_mail("You are\tinvited", BODY, None, ["anna@jelgava.example"])
    mail = OutboxMessage.objects.get()
    assert mail.recipients == ["anna@jelgava.example"]
    assert "anna@jelgava.example" in administrator.get("/account/outbox/").content.decode()
    page = administrator.get(f"/account/outbox/{mail.pk}/").content.decode()
    assert '<a href="https://site.example/invitation/abc/"' in page
    assert "<script>alert" not in page


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
