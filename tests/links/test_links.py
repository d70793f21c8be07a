"""What holds for every link: derived, single, revocable, expiring; forwarded, guessed, opened twice at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from programmes.accounts.models import Person
from programmes.common import clock
from programmes.links import services, session
from programmes.links.enums import LinkState
from programmes.links.models import ErasureRequest, OwnLinkRequest, PersonalLink, WithoutMail
from programmes.links.tokens import SIGNER, path_of, token_of
from programmes.notices.enums import MailState
from programmes.notices.models import Mail
from programmes.overview.privacy import expire
from tests.cast import World

from .scene import asked, holder_of, invited, member
from .test_seats import page_of, seat_of

pytestmark = pytest.mark.django_db


def later(link: PersonalLink) -> None:
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=clock.now() - timedelta(minutes=1))


def test_a_new_link_kills_the_older_one(world: World):
    holder = invited(world)
    old = path_of(holder.link)
    url = reverse("links:again", args=[holder.link.pk])
    page_of(world.cast.mentee).post(url)
    answer = Client().post(old)
    assert answer.status_code == 410
    assert "newer link" in answer.content.decode()
    holder.link.refresh_from_db()
    assert Client().post(path_of(holder.link)).status_code == 302


def test_renewed_it_throws_out_whoever_had_opened_the_older_one(world: World):
    holder = invited(world)
    holder.open()
    services.renew(link=holder.link, by=world.cast.mentee, expires_at=services.in_time())
    assert holder.client.get(holder.work).status_code == 404
    holder.client.post(holder.work, {})
    assert seat_of(holder).person is None


@pytest.mark.parametrize("token", ["nonsense", "a.b", "WzEsIngiXQ.x", SIGNER.sign_object([1]), SIGNER.sign("x")])
def test_guessed(world: World, token: str, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = Client().get(f"/l/{token}/")
    assert answer.status_code == 404
    assert "not complete" in answer.content.decode()


def test_expired_and_withdrawn_say_so(world: World):
    gone, old = invited(world), invited(world, "b@example.org", "B")
    page_of(world.cast.mentee).post(reverse("links:withdraw", args=[gone.link.pk]))
    later(old.link)
    for holder, words in ((gone, "withdrawn"), (old, "was open until")):
        for answer in (holder.client.get(path_of(holder.link)), holder.client.post(path_of(holder.link))):
            assert answer.status_code == 410
            assert words in answer.content.decode()


def test_what_was_typed_into_a_closed_link_is_given_back(world: World):
    person = member(world).link.person
    holder = holder_of(asked(world), person)
    holder.open()
    later(holder.link)
    question = holder.link.subject_id
    answer = holder.client.post(holder.work, {f"answer-{question}": "Evening courses near the tram"})
    assert answer.status_code == 410
    assert "Evening courses near the tram" in answer.content.decode()


def test_without_the_session_the_page_asks_for_the_link_and_gives_back_what_was_typed(world: World):
    person = member(world).link.person
    holder = holder_of(asked(world), person)
    answer = Client().post(holder.work, {"answer-1": "Evening courses"})
    assert answer.status_code == 404
    assert "open it again from your message" in answer.content.decode()
    assert "Evening courses" in answer.content.decode()


def test_two_links_in_one_browser_do_not_meet(world: World):
    one, two = invited(world), invited(world, "b@example.org", "B")
    two.client = one.client
    one.open()
    two.open()
    one.send()
    assert seat_of(one).person == one.link.person
    assert seat_of(two).person is None


def test_a_browser_keeps_few_links(world: World, rf):
    holder = invited(world)
    client = holder.client
    holder.open()
    kept = client.session
    kept[session.KEY] = {str(number): "x" for number in range(1000, 1000 + session.MOST)}
    kept.save()
    holder.open()
    assert len(client.session[session.KEY]) == session.MOST
    assert client.get(holder.work).status_code == 200


def test_an_account_that_is_signed_in_takes_no_part(world: World):
    holder = invited(world)
    holder.client.force_login(world.cast.mentor)
    page = holder.open().content.decode()
    assert world.cast.mentor.name not in page
    holder.send()
    assert seat_of(holder).person == holder.link.person
    assert holder.client.get("/").status_code in (200, 302)
    assert holder.client.get(reverse("overview:my_work")).status_code == 200


def test_whoever_it_is_meant_for_comes_by_the_account_too(world: World):
    holder = invited(world, email=world.cast.other_city.email)
    client = page_of(world.cast.other_city)
    assert client.get(holder.work).status_code == 200
    assert page_of(world.cast.mentor).get(holder.work).status_code == 404


def test_the_session_gets_a_new_number(world: World):
    holder = invited(world)
    holder.client.force_login(world.cast.mentor)
    before = holder.client.session.session_key
    holder.client.post(path_of(holder.link))
    assert holder.client.session.session_key != before


def test_headers(world: World):
    holder = invited(world)
    for answer in (holder.client.get(path_of(holder.link)), holder.open(), holder.client.get("/l/nonsense/")):
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in answer.headers["Cache-Control"]
        assert b"noindex" in answer.content


def test_the_address_after_the_door_holds_no_secret(world: World):
    holder = invited(world)
    answer = holder.client.post(path_of(holder.link))
    assert answer.headers["Location"] == holder.work
    assert token_of(holder.link) not in holder.client.get(holder.work).content.decode()


def test_nothing_stored_opens_it(world: World):
    holder = invited(world)
    mail = holder.link.mail
    stored = f"{vars(holder.link)} {vars(mail)}"
    assert token_of(holder.link) not in stored
    assert SIGNER.signature(SIGNER.sign_object([holder.link.pk, holder.link.nonce])) not in stored


def test_handed_back(world: World):
    holder = member(world)
    answer = holder.client.post(f"{holder.work}hand-back/")
    assert "handed this link back" in answer.content.decode()
    assert holder.client.get(holder.work).status_code in (404, 410)
    assert holder.client.get(path_of(holder.link)).status_code == 410
    assert seat_of(holder).person == holder.link.person


def test_no_more_mails_by_button_and_by_the_mail_programme(world: World):
    one, two = member(world), member(world, "b@example.org", "B")
    one.client.post(f"{one.work}mails/", {"mails": "no"})
    answer = Client(enforce_csrf_checks=True).post(
        reverse("links:stop", args=[token_of(two.link)]), {"List-Unsubscribe": "One-Click"}
    )
    assert answer.status_code == 200
    assert WithoutMail.objects.count() == 2
    asking = asked(world)
    assert not PersonalLink.objects.filter(subject_id=asking.pk, mail__isnull=False, person__user=None).exists()
    one.client.post(f"{one.work}mails/", {"mails": "yes"})
    assert WithoutMail.objects.count() == 1


def test_looking_at_the_page_that_stops_mails_stops_none(world: World):
    holder = member(world)
    assert Client().get(reverse("links:stop", args=[token_of(holder.link)])).status_code == 200
    assert not WithoutMail.objects.exists()


def test_erased_after_a_week_and_taken_back_before(world: World):
    one, two = member(world), member(world, "b@example.org", "B")
    for holder in (one, two):
        holder.client.post(f"{holder.work}erase/", {"erase": "yes"})
    two.client.post(f"{two.work}erase/", {"erase": "no"})
    told = Mail.objects.create(
        kind="digest", address="c@example.org", identity="test", text=f"{one.link.person} answered."
    )
    expire(clock.now() + timedelta(days=6))
    assert Person.objects.get(pk=one.link.person_id).email == "anna@example.org"
    expire(clock.now() + timedelta(days=8))
    gone, kept = (Person.objects.get(pk=holder.link.person_id) for holder in (one, two))
    assert (gone.name, gone.email, kept.email) == ("", "", "b@example.org")
    assert seat_of(one).name == ""
    told.refresh_from_db()
    assert told.text == ""
    assert one.client.get(one.work).status_code == 410
    assert not ErasureRequest.objects.exists()


def test_whoever_has_an_account_asks_there(world: World):
    holder = invited(world, email=world.cast.other_city.email)
    client = page_of(world.cast.other_city)
    assert "Profile and language" in client.get(holder.work).content.decode()
    client.post(f"{holder.work}erase/", {"erase": "yes"})
    assert not ErasureRequest.objects.exists()


def test_a_second_person_asks_for_a_link_of_their_own(world: World):
    holder = invited(world)
    url = reverse("links:own", args=[token_of(holder.link)])
    assert url in Client().get(path_of(holder.link)).content.decode()
    typed = {"name": "Second chair", "email": "second@example.org", "words": "Tenants’ union"}
    for _time in range(2):
        assert Client().post(url, typed).status_code == 200
    assert OwnLinkRequest.objects.count() == 1
    page = page_of(world.cast.mentee).get(world.group.get_absolute_url()).content.decode()
    assert "second@example.org" in page
    for number in range(services.MOST_REQUESTS):
        answer = Client().post(url, typed | {"email": f"{number}@example.org"})
    assert "more have no place here" in answer.content.decode()
    assert OwnLinkRequest.objects.count() == services.MOST_REQUESTS


def test_the_sender_sees_what_became_of_it_and_not_that_it_was_opened(world: World):
    holder = invited(world)
    assert holder.link.state == LinkState.OPEN
    holder.open()
    holder.link.refresh_from_db()
    assert holder.link.state == LinkState.OPEN
    mail = holder.link.mail
    mail.state = MailState.REFUSED
    mail.save()
    assert holder.link.state == LinkState.UNDELIVERABLE


def test_made_too_often(world: World, monkeypatch):
    monkeypatch.setattr(services, "MOST_MADE_AN_HOUR", 1)
    invited(world)
    with pytest.raises(services.TooManyLinks):
        invited(world, "b@example.org", "B")


def test_sent_too_often(world: World, monkeypatch):
    monkeypatch.setattr("programmes.links.views.MOST_SENT_AN_HOUR", 2)
    holder = invited(world)
    holder.open()
    answers = [holder.send() for _time in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 410]
    assert "very often" in answers[-1].content.decode()


def test_in_the_persons_language_or_the_one_they_ask_for(world: World):
    holder = invited(world)
    PersonalLink.objects.update(language="es")
    assert 'lang="es"' in holder.client.get(path_of(holder.link)).content.decode()
    page = holder.client.get(f"{path_of(holder.link)}?language=en").content.decode()
    assert '<html lang="en"' in page
    answer = holder.client.post(f"{path_of(holder.link)}?language=en")
    assert answer.headers["Location"] == f"{holder.work}?language=en"


def test_a_purpose_may_call_for_the_account(world: World, monkeypatch):
    from programmes.partnerships.links import TakeSeat

    monkeypatch.setattr(TakeSeat, "needs_account", True)
    known, unknown = invited(world, email=world.cast.other_city.email), invited(world)
    answer = known.client.post(path_of(known.link), follow=False)
    answer = known.client.get(answer.headers["Location"])
    assert answer.headers["Location"].startswith("/sign/login/")
    assert unknown.open().status_code == 200
    known.client.force_login(world.cast.other_city)
    assert known.client.get(known.work).status_code == 200
