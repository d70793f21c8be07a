"""Mails that bring a link: what for, for which seat, how to stop them; the questions themselves stand on the page."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from programmes.common import clock
from programmes.conversations.groups import services
from programmes.conversations.models import GroupAnswer
from programmes.links.models import PersonalLink
from programmes.links.services import renew, revoke, stop_mails
from programmes.links.tokens import path_of
from programmes.notices.models import Mail
from programmes.overview import notices
from tests.cast import SITE, World

from .scene import Holder, asked, holder_of, invited, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_to_send(world: World) -> None:
    Mail.objects.all().delete()


def sent() -> list[EmailMultiAlternatives]:
    mail.outbox.clear()
    notices.send()
    return mail.outbox


def html(message: EmailMultiAlternatives) -> str:
    return str(message.alternatives[0][0])


def test_a_seat_is_offered(world: World):
    holder = invited(world)
    (message,) = sent()
    assert message.subject == "Riverton offers you a seat in its local support group"
    assert message.to == ["anna@example.org"]
    url = SITE.rstrip("/") + path_of(holder.link)
    for text in (message.body, html(message)):
        assert url in text
        assert "Newcomers’ council" in text
        assert "Anna" not in text
        assert "entered your address" in text
    assert message.extra_headers["List-Unsubscribe"] == f"<{url}stop/>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Mail.objects.get().text == ""


def test_questions_are_not_quoted_and_each_language_is_the_persons(world: World):
    person = member(world).link.person
    Mail.objects.all().delete()
    PersonalLink.objects.filter(person=person).update(language="es")
    asked(world, "Is Snowdrop enough?", introduction="Marigold")
    message = next(row for row in sent() if row.to == ["anna@example.org"])
    assert message.subject == "Riverton pregunta a su grupo de apoyo local"
    for text in (message.body, html(message)):
        assert "Snowdrop" not in text
        assert "Marigold" not in text
        assert "Responder" in text


def test_what_became_of_it_says_until_when_it_is_read(world: World):
    anna = member(world).link.person
    asking = asked(world)
    holder: Holder = holder_of(asking, anna)
    holder.open()
    holder.send(**{f"answer-{asking.questions.get().pk}": "Courses"})
    Mail.objects.all().delete()
    services.take_up(answer=GroupAnswer.objects.get(), where="Plan", by=world.cast.mentee, site=SITE)
    message = next(row for row in sent() if row.to == ["anna@example.org"])
    assert message.subject == "What became of what the group said"
    assert path_of(holder.link) in message.body
    assert "Courses" not in message.body
    holder.link.refresh_from_db()
    assert holder.link.expires_at > clock.now() + timedelta(days=29)


def test_a_link_that_died_meanwhile_is_not_sent(world: World):
    withdrawn, older, stopped = (
        invited(world),
        invited(world, "b@example.org", "B"),
        invited(world, "c@example.org", "C"),
    )
    revoke(links=PersonalLink.objects.filter(pk=withdrawn.link.pk), by=world.cast.mentee)
    renew(link=older.link, by=world.cast.mentee, expires_at=older.link.expires_at)
    stop_mails(person=stopped.link.person)
    assert sent() == []
