"""Choosing and ending mails; what was not delivered."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.notices.choosing import unsubscribe_path
from programmes.notices.enums import MailState, Rhythm
from programmes.notices.models import Mail, MailSettings
from tests.pages import seen_on

pytestmark = pytest.mark.django_db


def test_one_chooses_and_finds_it_again(world):
    client, page = Client(), reverse("overview:mails")
    client.force_login(world.cast.mentee)
    typed = {"rhythm": "daily", "weekday": "2", "hour": "7", "quiet": [str(world.partnership.pk)]}
    assert client.post(page, seen_on(client, page) | typed).status_code == 302
    row = MailSettings.objects.get(person=world.cast.mentee.person)
    assert (row.rhythm, row.weekday, row.hour, row.at_once) == (Rhythm.DAILY, 2, 7, False)
    assert row.next_at
    assert client.get(page).context["form"].initial["quiet"] == [world.partnership.pk]


def test_one_click_ends_them_without_signing_in_and_a_scanner_changes_nothing(world):
    path, client = unsubscribe_path(world.cast.mentee.person.pk), Client(enforce_csrf_checks=True)
    for _scan in range(2):
        assert client.get(path).status_code == 200
    assert not MailSettings.objects.exists()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row = MailSettings.objects.get()
    assert (row.rhythm, row.at_once, row.next_at) == (Rhythm.NEVER, False, None)


@pytest.mark.parametrize("token", ["x", "1.guessed", "MQ.abc"])
def test_a_guessed_link_ends_nothing(token: str):
    link, client = reverse("notices:unsubscribe", args=[token]), Client()
    assert client.post(link).status_code == 404
    assert "<h1>This link does not work</h1>" in client.get(link).content.decode()


def test_administrators_see_what_was_refused_and_nothing_else(world):
    for state, address in ((MailState.REFUSED, "bad@x.example"), (MailState.SENT, "good@x.example")):
        Mail.objects.create(kind="invitation", address=address, state=state, identity=address, text="CANARY")
    client = Client()
    client.force_login(world.cast.administrator)
    page = client.get(reverse("notices:not_delivered")).content.decode()
    assert "bad@x.example" in page
    assert "good@x.example" not in page
    assert "CANARY" not in page
