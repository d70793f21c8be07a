"""Accounts are made by others, once per address; what happens is noted without contents."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from programmes.accounts import services
from programmes.accounts.models import AuditEvent, User

from .conftest import PASSWORD, Browser


def test_an_account_starts_with_a_proved_address_and_no_password(anna: User):
    made = services.create_account(email=" New@City.Example ", name="New", language="es", by=anna)
    assert made.email == "new@city.example"
    assert not made.has_usable_password()
    address = EmailAddress.objects.get(user=made)
    assert (address.email, address.verified, address.primary) == (made.email, True, True)
    event = AuditEvent.objects.first()
    assert (event.by, event.verb, event.target_kind, event.target_id) == (anna, "created", "accounts.user", made.pk)


def test_one_account_per_address_whatever_its_capitals(anna: User):
    with pytest.raises(services.AddressTaken):
        services.create_account(email="ANNA@JELGAVA.example", name="Twin", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="Anna@Jelgava.example", name="Twin")])


def test_an_address_that_was_only_claimed_keeps_nobody_out(anna: User):
    """Anna typed it as her next one and never confirmed it; its owner may still take up an invitation."""
    EmailAddress.objects.create(user=anna, email="owner@city.example", verified=False)
    assert services.create_account(email="owner@city.example", name="Owner", by=None)


def test_of_two_at_once_one_is_told_that_the_address_is_taken(anna: User, monkeypatch):
    """The look does not find what the database then refuses, as when the other request commits in between."""
    EmailAddress.objects.filter(user=anna).delete()
    monkeypatch.setattr(services, "normalise_email", lambda email: "anna@Jelgava.example")
    with pytest.raises(services.AddressTaken):
        services.create_account(email="anna@Jelgava.example", name="Twin", by=None)


def test_a_first_password_is_set_once_and_must_be_strong(db):
    user = services.create_account(email="new@city.example", name="New", by=None)
    with pytest.raises(ValidationError):
        services.set_first_password(user=user, password="12345")
    assert services.set_first_password(user=user, password=PASSWORD).check_password(PASSWORD)
    with pytest.raises(services.PasswordAlreadySet):
        services.set_first_password(user=user, password="another-odd-password")


def test_the_first_administrator_chooses_a_password_under_a_link(db, capsys, browser: Browser):
    call_command("create_administrator", "Chief@Site.example", "--link", "--site", "https://site.example/")
    chief = User.objects.get(email="chief@site.example")
    assert chief.is_superuser
    link = capsys.readouterr().out.split()[-1]
    assert link.startswith("https://site.example/sign/password/reset/key/")
    page = browser.open(link.removeprefix("https://site.example"))
    assert "Choose a new password" in page.content.decode()
    path = page.redirect_chain[-1][0]
    reply = browser.send(path, {"password1": PASSWORD, "password2": PASSWORD})
    assert "The new password is saved" in browser.open(reply.url).content.decode()
    chief.refresh_from_db()
    assert chief.check_password(PASSWORD)
    assert "This link no longer works" in browser.open(link.removeprefix("https://site.example")).content.decode()


def test_another_link_for_whoever_lost_the_first(anna: User, capsys):
    new = services.create_account(email="new@city.example", name="New", by=anna)
    call_command("password_link", "New@City.example", "--site", "https://site.example/")
    assert "https://site.example/sign/password/reset/key/" in capsys.readouterr().out
    new.set_password(PASSWORD)
    new.save()
    for address in (new.email, anna.email, "nobody@city.example"):
        call_command("password_link", address)
    assert capsys.readouterr().out == ""


def test_an_existing_account_becomes_administrator(anna: User):
    call_command("create_administrator", anna.email, "--link")
    anna.refresh_from_db()
    assert anna.is_staff
    assert anna.check_password(PASSWORD)


def test_a_wrong_address_is_refused_with_a_sentence(db):
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("create_administrator", "chief")


@pytest.fixture
def administration(db) -> Client:
    client = Client()
    client.force_login(services.make_administrator(email="chief@site.example", name="Chief"))
    return client


@pytest.mark.parametrize("page", ["accounts/user", "accounts/auditevent", "account/emailaddress", "mfa/authenticator"])
def test_administration_lists(administration: Client, anna: User, page: str):
    assert administration.get(f"/admin/{page}/").status_code == 200


def test_administration_makes_accounts_but_no_passwords(administration: Client, anna: User):
    data = {"email": "New@City.example", "name": "New", "language": "es", "time_zone": "UTC"}
    assert administration.post("/admin/accounts/user/add/", data).status_code == 302
    made = User.objects.get(email="new@city.example")
    assert EmailAddress.objects.filter(user=made, verified=True).exists()
    page = administration.get(f"/admin/accounts/user/{anna.pk}/change/")
    assert b'name="password' not in page.content
    assert b'name="email"' not in page.content
    assert (
        administration.post("/admin/accounts/user/add/", {**data, "email": "ANNA@jelgava.example"}).status_code == 200
    )


def test_administration_switches_off_and_never_deletes(administration: Client, anna: User):
    data = {"name": "Anna", "language": "en", "time_zone": "UTC"}
    administration.post(f"/admin/accounts/user/{anna.pk}/change/", data)
    anna.refresh_from_db()
    assert not anna.is_active
    assert AuditEvent.objects.filter(verb="changed", target_id=anna.pk).exists()
    assert administration.post(f"/admin/accounts/user/{anna.pk}/delete/", {"post": "yes"}).status_code == 403


def test_administration_sends_a_link_for_a_password(administration: Client, anna: User, mailoutbox):
    data = {"action": "send_password_link", "_selected_action": [anna.pk]}
    administration.post("/admin/accounts/user/", data)
    assert [mail.to for mail in mailoutbox] == [[anna.email]]
