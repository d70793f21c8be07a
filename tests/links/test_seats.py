"""A seat in the support group is taken by a link alone (P5)."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from programmes.common.access import Access
from programmes.links.enums import LinkState
from programmes.links.models import PersonalLink
from programmes.links.tokens import path_of
from programmes.partnerships.boundary import seats_by_link
from programmes.partnerships.models import SupportGroup, SupportGroupMember
from programmes.partnerships.services.seat_links import invite_by_link
from programmes.partnerships.services.support_groups import hand_on, rest_group, wake_group
from tests.cast import SITE, World, staging
from tests.pages import seen_on

from .scene import Holder, free_seat, invited, member

pytestmark = pytest.mark.django_db


def page_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seat_of(holder: Holder) -> SupportGroupMember:
    return SupportGroupMember.objects.get(pk=holder.link.subject_id)


def test_seats_are_invited_on_one_page(world: World):
    seats = [free_seat(world.group, name) for name in ("Anna Liepa", "Chair of the tenants’ union")]
    client, url = page_of(world.cast.mentee), reverse("partnerships:seat_links", args=[world.group.pk])
    data = {f"seat-{seat.pk}": "on" for seat in seats} | {"language": "es", "days": "14"}
    client.post(url, data | {f"email-{seats[0].pk}": "anna@example.org"})
    mailed, copied = PersonalLink.objects.filter(purpose="seat").order_by("subject_id")
    assert (mailed.person.email, mailed.language, mailed.mail.kind) == ("anna@example.org", "es", "links.link")
    assert copied.mail is None
    page = client.get(world.group.get_absolute_url()).content.decode()
    assert path_of(copied) in page
    assert path_of(mailed) in page


def test_without_a_tick_or_with_one_address_twice_it_says_so(world: World):
    seats = [free_seat(world.group, name) for name in ("A", "B")]
    client, url = page_of(world.cast.mentee), reverse("partnerships:seat_links", args=[world.group.pk])
    assert "Tick at least one seat" in client.post(url, {"language": "en", "days": "14"}).content.decode()
    data = {f"seat-{seat.pk}": "on" for seat in seats} | {f"email-{seat.pk}": "Same@example.org" for seat in seats}
    answer = client.post(url, data | {"language": "en", "days": "14"}).content.decode()
    assert "Two seats have the same address" in answer
    assert "Same@example.org" in answer
    assert not PersonalLink.objects.exists()


def test_the_door_says_for_which_seat_and_names_nobody(world: World):
    holder = invited(world)
    page = holder.client.get(path_of(holder.link)).content.decode()
    assert "Newcomers’ council" in page
    assert "Riverton" in page
    assert "Anna" not in page
    assert "anna@example.org" not in page


def test_taken_declined_and_taken_after_all(world: World):
    holder = invited(world)
    page = holder.open().content.decode()
    assert "Take the seat" in page
    holder.send(had_dialogue="on")
    assert (seat_of(holder).person, seat_of(holder).had_dialogue) == (holder.link.person, True)
    holder.client.post(f"{holder.work}decline/")
    assert seat_of(holder).person is None
    holder.link.refresh_from_db()
    assert holder.link.state == LinkState.DECLINED
    holder.send(had_dialogue="on")
    holder.link.refresh_from_db()
    assert (seat_of(holder).person, holder.link.state) == (holder.link.person, LinkState.ANSWERED)


def test_who_declined_is_asked_anew_by_a_new_link_and_somebody_else_by_another(world: World):
    mailed, by_hand = invited(world), invited(world, "", "Jānis")
    for holder in (mailed, by_hand):
        holder.open()
        holder.client.post(f"{holder.work}decline/")
    seats = {mailed.link.subject_id: "anna@example.org", by_hand.link.subject_id: ""}
    anew = invite_by_link(group=world.group, seats=seats, language="es", days=30, by=world.cast.mentee, site=SITE)
    first, second = sorted(anew, key=lambda link: link.person.email, reverse=True)
    assert (first.pk, first.person, first.language) == (mailed.link.pk, mailed.link.person, "es")
    assert first.nonce != mailed.link.nonce
    assert second.person != by_hand.link.person
    assert by_hand.client.get(by_hand.work).status_code == 410


def test_scanners_change_nothing(world: World):
    holder = invited(world)
    before = PersonalLink.objects.values().get(pk=holder.link.pk)
    for method in ("get", "head", "options"):
        getattr(Client(), method)(path_of(holder.link))
    assert PersonalLink.objects.values().get(pk=holder.link.pk) == before
    assert seat_of(holder).person is None


def test_whoever_takes_the_seat_by_link_needs_no_account_and_is_offered_one(world: World):
    holder = member(world)
    page = page_of(world.cast.mentee).get(world.group.get_absolute_url()).content.decode()
    assert "joined, by link" in page
    url = reverse("partnerships:invite_seat", args=[holder.link.subject_id])
    assert url in page
    mail.outbox.clear()
    page_of(world.cast.mentee).post(url, {"name": "Anna", "email": "anna@example.org", "language": "en"})
    assert seat_of(holder).invitations.count() == 1


def test_a_person_with_an_account_is_mailed_and_nobody_copies_their_link(world: World):
    holder = invited(world, email=world.cast.other_city.email)
    page = page_of(world.cast.mentee).get(world.group.get_absolute_url()).content.decode()
    assert path_of(holder.link) not in page
    assert holder.link.mail is not None


def test_resting_closes_links_and_waking_needs_new_ones(world: World):
    holder, seated = invited(world), member(world, "janis@example.org", "Jānis")
    rest_group(group=world.group, by=world.cast.mentee)
    assert holder.client.get(path_of(holder.link)).status_code == 410
    assert not seats_by_link(Access(person=seated.link.person)).exists()
    wake_group(group=world.group, by=world.cast.mentee)
    assert holder.client.get(path_of(holder.link)).status_code == 410
    assert seats_by_link(Access(person=seated.link.person)).exists()


def test_handed_on_the_old_links_are_dead(world: World):
    holder = invited(world)
    city = world.teams["mentee"].enrolment.organisation
    other = staging.enrolled(world.other_programme, city, "mentee", by=world.cast.administrator)
    hand_on(group=world.group, team=other, by=world.cast.mentee)
    assert holder.client.get(path_of(holder.link)).status_code == 410


def test_a_seat_taken_by_somebody_else_is_closed_to_the_link(world: World):
    holder = invited(world)
    SupportGroupMember.objects.filter(pk=holder.link.subject_id).update(person=world.cast.group_member.person)
    answer = holder.client.get(path_of(holder.link))
    assert answer.status_code == 410
    assert "no longer open" in answer.content.decode()


def test_a_mirror_group_is_named_once_its_city_lets_partners_know(world: World):
    team = world.teams["mentor"]
    mirror = SupportGroup.objects.create(team=team, city=team.enrolment.organisation, name="Voices of the harbour")
    client, url = page_of(world.cast.mentee), world.group.get_absolute_url()
    assert "Voices of the harbour" not in client.get(url).content.decode()
    about = reverse("partnerships:support_group_about", args=[mirror.pk])
    theirs = page_of(world.cast.mentor)
    theirs.post(about, seen_on(theirs, about) | {"known_to_partners": "on"})
    page = client.get(url).content.decode()
    assert "Voices of the harbour" in page
    assert mirror.get_absolute_url() not in page
    assert client.get(mirror.get_absolute_url()).status_code == 404


def test_half_a_page_and_costs_are_read_by_members(world: World):
    client, about = page_of(world.cast.mentee), reverse("partnerships:support_group_about", args=[world.group.pk])
    client.post(about, seen_on(client, about) | {"half_page_en": "Come and *tell* us.", "costs": "A room and soup."})
    page = invited(world).open().content.decode()
    assert "Come and <em>tell</em> us." in page
    assert "A room and soup." in page
