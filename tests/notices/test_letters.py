"""Writing once to many: each gets their own, nobody sees who else did."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from programmes.common.access import Access
from programmes.notices.models import Mail
from programmes.overview import notices
from programmes.partnerships.selectors.letters import letters_in
from programmes.partnerships.services import letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(world):
    Mail.objects.all().delete()
    words = {"to": "pair", "subject": "The seminar", "text": "It begins at nine.\n\nBring a coat."}
    access = Access(world.cast.facilitator)
    return letters.write(programme=world.programme, partnership=world.partnership, access=access, **words)


def test_each_gets_it_alone(world, written):
    notices.send()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        [world.cast.mentee.email, world.cast.mentor.email]
    )
    for message in mail.outbox:
        assert len(message.recipients()) == 1
        assert "Bring a coat." in message.body
        others = {world.cast.mentee.email, world.cast.mentor.email} - set(message.to)
        assert not any(other in str(message.message()) for other in others)


def test_it_is_kept_for_those_it_was_for_and_for_nobody_else(world, written):
    for name, reads in (("mentee", True), ("mentor", True), ("facilitator", True), ("coordinator", False)):
        user = getattr(world.cast, name)
        assert letters_in(Access(user), world.partnership).exists() is reads
        client = Client()
        client.force_login(user)
        page = client.get(reverse("partnerships:history", args=[world.partnership.pk])).content.decode()
        assert ("The seminar" in page) is reads


def test_a_facilitator_reaches_only_whom_they_facilitate(world):
    Mail.objects.all().delete()
    access = Access(world.cast.other_facilitator)
    letters.write(programme=world.programme, to="mentees", subject="S", text="T", access=access)
    assert world.cast.mentee.email not in Mail.objects.values_list("address", flat=True)
    assert Mail.objects.exists()


def test_there_are_so_many_an_hour_and_no_more(world):
    access = Access(world.cast.coordinator)
    for number in range(letters.MOST_AN_HOUR):
        letters.write(programme=world.programme, to="pairs", subject=f"S{number}", text="T", access=access)
    with pytest.raises(letters.EnoughLetters):
        letters.write(programme=world.programme, to="pairs", subject="one more", text="T", access=access)
