"""Invitations: from the mail to the place, and every way in which that does not work."""

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.models import Person, User
from programmes.common.access import Access
from programmes.partnerships.boundary import places_of, support_groups_of
from programmes.partnerships.models import Invitation
from programmes.partnerships.services import invitations as services
from programmes.partnerships.services.teams import TwoHats
from tests.factories import PersonFactory, SeatFactory, SupportGroupFactory, UserFactory

from .conftest import page_of

pytestmark = pytest.mark.django_db
NEW = {"name": "New Colleague", "language": "en", "new_password1": "ocean-tram-42", "new_password2": "ocean-tram-42"}
SITE = "https://example.org/"


@pytest.fixture
def invite(world, django_capture_on_commit_callbacks):
    def make(email="new@example.org", team=None, by=None, **kwargs) -> Invitation:
        with django_capture_on_commit_callbacks(execute=True):
            return services.invite(
                team=team or world.mentee,
                email=email,
                name="New",
                by=by or world.mentee_user,
                site=SITE,
                **{"function": "Officer"} | kwargs,
            )

    return make


def follow(client: Client, invitation: Invitation, data=None):
    path = services.path_of(invitation)
    return client.post(path, data) if data is not None else client.get(path)


def test_the_mail_speaks_the_chosen_language_and_holds_the_link(invite):
    invitation = invite(language="es")
    invitation.refresh_from_db()
    assert invitation.sent_at
    (message,) = mail.outbox
    assert message.to == ["new@example.org"]
    link = re.search(r"https://example.org(/invitations/\S+)", message.body)
    assert link
    assert link[1] == services.path_of(invitation)
    assert "Riverton" in message.subject


def test_a_newcomer_sets_a_password_and_lands_on_the_partnership(invite, world):
    invitation, client = invite(), Client()
    page = follow(client, invitation)
    assert page.status_code == 200
    assert "new@example.org" in page.content.decode()
    answer = follow(client, invitation, NEW)
    assert answer.url == reverse("overview:partnership", args=[world.partnership.pk])
    user = User.objects.get(email="new@example.org")
    assert user.person.name == "New Colleague"
    assert world.mentee.pk in places_of(Access(user)).teams
    assert world.mentee.members.get(person__user=user).function == "Officer"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert user.emailaddress_set.get().verified


def test_a_weak_password_is_refused_at_the_field(invite):
    invitation = invite()
    page = follow(Client(), invitation, NEW | {"new_password1": "12345", "new_password2": "12345"})
    assert page.status_code == 200
    assert page.context["form"].errors["new_password2"]
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_link_works_once(invite):
    invitation = invite()
    follow(Client(), invitation, NEW)
    for answer in (follow(Client(), invitation), follow(Client(), invitation, NEW)):
        assert answer.status_code == 410
        assert "used already" in answer.content.decode()


def test_expired_revoked_renewed_and_damaged_links_say_so(invite, world):
    invitation, client = invite(), Client()
    path = services.path_of(invitation)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(path).status_code == 410
    assert client.post(path, NEW).status_code == 410
    renewed = services.send_again(invitation=invitation, by=world.mentee_user, site=SITE)
    assert "newer link" in client.get(path).content.decode()
    assert client.get(services.path_of(renewed)).status_code == 200
    services.revoke(invitation=renewed, by=world.mentee_user)
    assert "withdrawn" in follow(client, renewed).content.decode()
    for damaged in (services.path_of(renewed)[:-3] + "/", "/invitations/nonsense/", "/invitations/a.b.c/"):
        assert client.get(damaged).status_code == 404
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_known_address_signs_in_and_joins(invite, world):
    known = UserFactory(email="known@example.org")
    invitation = invite("Known@Example.org")
    assert "Sign in" in follow(Client(), invitation).content.decode()
    assert follow(Client(), invitation, NEW).status_code == 200
    assert not world.mentee.members.filter(person__user=known).exists()
    answer = follow(page_of(known), invitation, {})
    assert answer.status_code == 302
    assert world.mentee.members.filter(person__user=known).exists()
    assert User.objects.filter(email="known@example.org").count() == 1


def test_another_account_is_told_so(invite, world):
    client = page_of(world.mentor_user)
    invitation = invite()
    page = follow(client, invitation)
    assert world.mentor_user.email in page.content.decode()
    follow(client, invitation, NEW)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_person_known_by_address_keeps_their_row(invite):
    person = PersonFactory(user=None, name="Known by name", email="new@example.org")
    follow(Client(), invite(), NEW)
    person.refresh_from_db()
    assert person.user.email == "new@example.org"
    assert Person.objects.filter(email="new@example.org").count() == 1


def test_an_address_is_invited_once_at_a_time(invite, world):
    invite()
    with pytest.raises(services.InvitedAlready):
        invite()
    with pytest.raises(services.InTeamAlready):
        invite(world.mentee_user.email)
    with pytest.raises(TwoHats):
        invite(world.coordinator.email)


def test_who_moved_above_meanwhile_cannot_join(invite, world):
    invitation = invite("later@example.org")
    person = PersonFactory(user__email="later@example.org")
    world.facilitators.members.create(person=person, started_on=timezone.localdate())
    answer = follow(page_of(person.user), invitation, {})
    assert answer.status_code == 409
    assert not world.mentee.members.filter(person=person).exists()


def test_a_seat_of_the_support_group(world, django_capture_on_commit_callbacks):
    seat = SeatFactory(group=SupportGroupFactory(team=world.mentee, city=world.mentee.enrolment.organisation))
    path = reverse("partnerships:invite_seat", args=[seat.pk])
    details = {"name": "Seat", "email": "seat@example.org", "language": "en"}
    assert page_of(world.mentor_user).get(path).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert page_of(world.mentee_user).post(path, details).status_code == 302
    invitation = Invitation.objects.get(seat=seat)
    answer = follow(Client(), invitation, NEW)
    assert answer.url == reverse("overview:my_work")
    user = User.objects.get(email="seat@example.org")
    assert support_groups_of(Access(user)) == {seat.group_id}
    assert not places_of(Access(user)).teams


def test_a_refused_address_is_shown_to_whoever_invited_with_the_link(invite, world, monkeypatch):
    def refuse(self, messages):
        raise SMTPRecipientsRefused({"new@example.org": (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    invitation = invite()
    invitation.refresh_from_db()
    assert invitation.sent_at is None
    team_page = reverse("partnerships:team", args=[world.mentee.pk])
    page = page_of(world.mentee_user).get(team_page).content.decode()
    assert "not delivered" in page
    assert "550 no such user" in page
    assert services.path_of(invitation, copied=True) in page
    assert follow(Client(), invitation).status_code == 200


def test_only_those_who_may_invite_there_see_and_use_the_link(invite, world):
    invitation = invite()
    path = services.path_of(invitation, copied=True)
    team_page = reverse("partnerships:team", args=[world.mentee.pk])
    assert path in page_of(world.mentee_user).get(team_page).content.decode()
    for stranger in (world.coordinator, world.mentor_user, world.facilitator, world.admin):
        text = page_of(stranger).get(team_page).content.decode()
        assert path not in text
        assert "new@example.org" not in text
    again = reverse("partnerships:invitation_again", args=[invitation.pk])
    assert page_of(world.mentor_user).post(again).status_code == 404
    assert page_of(world.coordinator).post(again).status_code == 403
    revoke = reverse("partnerships:invitation_revoke", args=[invitation.pk])
    assert page_of(world.mentee_user).post(revoke).status_code == 302
    invitation.refresh_from_db()
    assert invitation.revoked_at
