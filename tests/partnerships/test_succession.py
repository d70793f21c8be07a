"""Only a team lets people into its team (P7): first seats, copied links, the last one who leaves, the ways back."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.overview.waiting import waiting_for_one
from programmes.partnerships import rules as _rules  # noqa: F401 (registers them)
from programmes.partnerships.boundary import places_of
from programmes.partnerships.models import Invitation, Participation, SupportGroup, Team, TeamOffice, TeamReopening
from programmes.partnerships.selectors import arrivals_seen_by
from programmes.partnerships.selectors.succession import confirmers_of, objection_path
from programmes.partnerships.services import invitations, succession, teams
from programmes.partnerships.services.backings import back
from programmes.partnerships.services.partnerships import end_participation
from tests.factories import PersonFactory

from .conftest import member_of, page_of

pytestmark = pytest.mark.django_db
SITE = "https://example.org/"
NEXT = {"name": "Anna Next", "email": "anna@example.org", "language": "en"}
NEW = {"name": "New Colleague", "language": "en", "new_password1": "ocean-tram-42", "new_password2": "ocean-tram-42"}


def kinds_for(user) -> set[str]:
    return {item.key for item in waiting_for_one(Access(user))}


def in_team(user, team) -> bool:
    return team.pk in places_of(Access(user)).teams


@pytest.fixture
def emptied(world) -> Team:
    """The mentee's team, whose only member left yesterday; the mentor's city was its partner."""
    succession.leave(member=world.mentee.members.get(), by=world.mentee_user, site=SITE)
    world.mentee.refresh_from_db()
    return world.mentee


@pytest.fixture
def reopening(world, emptied) -> TeamReopening:
    return succession.ask_to_reopen(team=emptied, by=world.coordinator, **NEXT)


def invite(team, by, email="new@example.org", **more) -> Invitation:
    return invitations.invite(team=team, email=email, name="New", by=by, site=SITE, **more)


def test_the_coordinator_ends_no_place_and_fills_no_team_that_had_people(world, emptied):
    desk = page_of(world.coordinator)
    for team in (world.mentor, world.association):
        member = team.members.get()
        assert desk.post(reverse("partnerships:member_end", args=[member.pk]), {}).status_code == 403
    assert desk.post(reverse("partnerships:team_invite", args=[emptied.pk]), NEXT).status_code == 403
    last = world.facilitators.members.get()
    assert desk.post(reverse("partnerships:member_end", args=[last.pk]), {}).status_code == 403
    member_of(world.facilitators, world.facilitator)
    assert desk.post(reverse("partnerships:member_end", args=[last.pk]), {}).status_code == 302


def test_an_administrator_founds_the_coordination_and_joins_none_that_has_people(world):
    team = world.coordinator.person.team_places.get().team
    office = page_of(world.admin)
    assert office.post(reverse("partnerships:team_invite", args=[team.pk]), NEXT).status_code == 403


def test_the_coordinator_lets_in_one_first_person_and_no_second(world):
    """Two invitations into a new team: the first person's coming ends the other, however it was kept aside."""
    city = world.enrol("mentee", "New town")
    first, kept = invite(city, world.coordinator), invite(city, world.coordinator, "kept@example.org")
    Client().post(invitations.path_of(first), NEW)
    answer = Client().post(invitations.path_of(kept), NEW)
    assert "people of its own" in answer.content.decode()
    assert not User.objects.filter(email="kept@example.org").exists()
    assert city.members.count() == 1


def test_the_association_behind_a_city_invites_its_first_person_before_it_is_accepted(world):
    city = world.enrol("mentee", "New town")
    path = reverse("partnerships:team_invite", args=[city.pk])
    assert page_of(world.association_user).get(path).status_code == 403
    back(enrolment=city.enrolment, association=world.association.enrolment.organisation, by=world.coordinator)
    assert page_of(world.association_user).post(path, NEXT).status_code == 302


def test_a_deactivated_member_still_counts(world):
    User.objects.filter(pk=world.mentee_user.pk).update(is_active=False)
    world.mentee.refresh_from_db()
    assert world.mentee.emptied_at is None
    for name in ("team_reopen", "team_invite"):
        path = reverse(f"partnerships:{name}", args=[world.mentee.pk])
        assert page_of(world.coordinator).get(path).status_code == 403


def test_who_joins_by_a_copied_link_has_an_address_to_confirm(world):
    invitation = invite(world.mentee, world.mentee_user)
    page = page_of(world.mentee_user).get(reverse("partnerships:team", args=[world.mentee.pk])).content.decode()
    copied = invitations.path_of(invitation, copied=True)
    assert copied in page
    assert invitations.path_of(invitation) not in page
    client = Client()
    assert client.post(copied, NEW).status_code == 302
    user = User.objects.get(email="new@example.org")
    address = user.emailaddress_set.get()
    assert not address.verified
    assert any("new@example.org" in message.to for message in mail.outbox)
    assert Client().login(email=user.email, password=NEW["new_password1"])
    path = reverse("partnerships:team", args=[world.mentee.pk])
    words = "address not confirmed"
    assert words in page_of(world.mentee_user).get(path).content.decode()
    assert words in page_of(world.mentor_user).get(reverse("overview:my_work")).content.decode()
    address.verified = True
    address.save()
    assert words not in page_of(world.mentee_user).get(path).content.decode()


def test_limits_are_said_in_words(world, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_AN_HOUR", 2)
    one = invite(world.mentee, world.mentee_user)
    invite(world.mentee, world.mentee_user, "second@example.org")
    with pytest.raises(invitations.TooManyInvitations, match="within an hour"):
        invite(world.mentee, world.mentee_user, "third@example.org")
    group = SupportGroup.objects.create(team=world.mentee, city=world.mentee.enrolment.organisation)
    seat = group.members.create(name="Parents")
    with pytest.raises(invitations.TooManyInvitations):
        invitations.invite_to_seat(member=seat, email="seat@example.org", name="Seat", by=world.mentee_user, site=SITE)
    for _again in range(3):
        one = invitations.send_again(invitation=one, by=world.mentee_user, site=SITE)
    with pytest.raises(invitations.SentOftenEnough, match="tomorrow"):
        invitations.send_again(invitation=one, by=world.mentee_user, site=SITE)
    Invitation.objects.filter(pk=one.pk).update(resent_on=timezone.now().date() - timedelta(days=1))
    assert invitations.send_again(invitation=one, by=world.mentee_user, site=SITE).resent_times == 1


def test_the_last_one_is_asked_for_a_successor(world, django_capture_on_commit_callbacks):
    path = reverse("partnerships:member_end", args=[world.mentee.members.get().pk])
    page = page_of(world.mentee_user).post(path, {})
    assert page.context["form"].errors["without"]
    page = page_of(world.mentee_user).post(path, {"name": "Anna"})
    assert page.context["form"].errors["email"]
    with django_capture_on_commit_callbacks(execute=True):
        assert page_of(world.mentee_user).post(path, NEXT).status_code == 302
    invitation = Invitation.objects.get(email="anna@example.org")
    assert [message.to for message in mail.outbox].count(["anna@example.org"]) == 1
    team_page = page_of(world.coordinator).get(reverse("partnerships:team", args=[world.mentee.pk])).content.decode()
    assert "anna@example.org" not in team_page
    assert Client().get(invitations.path_of(invitation, copied=True)).status_code == 404
    Client().post(invitations.path_of(invitation), NEW)
    assert in_team(User.objects.get(email="anna@example.org"), world.mentee)


def test_the_office_opens_an_empty_team_by_its_link_once(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        succession.name_office(
            team=world.mentee,
            post="Clerk",
            email="clerk@jelgava.example",
            language="en",
            by=world.mentee_user,
            site=SITE,
        )
    confirm = re.search(r"https://example.org(/\S+)", mail.outbox[0].body)[1]
    assert Client().get(confirm).status_code == 200
    world.mentee.office.refresh_from_db()
    assert world.mentee.office.confirmed_at is None
    Client().post(confirm)
    with django_capture_on_commit_callbacks(execute=True):
        succession.leave(member=world.mentee.members.get(), by=world.mentee_user, site=SITE)
    message = [message for message in mail.outbox if message.to == ["clerk@jelgava.example"]][-1]
    opening = re.search(r"https://example.org(/\S+)", message.body)[1]
    assert Client().post(opening, {"name": "Anna"}).context["form"].errors["email"]
    assert "on its way" in Client().post(opening, NEXT).content.decode()
    assert Client().post(opening, NEXT).status_code == 404
    invitation = Invitation.objects.get(email="anna@example.org")
    assert invitation.host == "Clerk"
    Client().post(invitations.path_of(invitation), NEW)
    assert in_team(User.objects.get(email="anna@example.org"), world.mentee)


def test_the_team_page_shows_the_address_of_today(world):
    User.objects.filter(pk=world.mentee_user.pk).update(email="moved@example.org")
    page = page_of(world.mentee_user).get(reverse("partnerships:team", args=[world.mentee.pk])).content.decode()
    assert "moved@example.org" in page
    assert world.mentee_user.person.email not in page


def test_the_office_comes_before_a_team_is_begun_anew(world, emptied, reopening):
    """However the coordinator's way ended: it has a month, counted from the first mail to it."""
    succession.stop_reopening(reopening=reopening, person=world.mentee_user.person)
    office = TeamOffice.objects.create(
        team=emptied, post="Clerk", email="clerk@example.org", named_by=world.mentee_user, confirmed_at=timezone.now()
    )
    path = reverse("partnerships:team_reopen", args=[emptied.pk])

    def shown() -> str:
        return page_of(world.coordinator).get(path).content.decode()

    def refused() -> None:
        with pytest.raises(succession.OfficeFirst):
            succession.begin_anew(team=emptied, by=world.coordinator)
        assert reverse("partnerships:team_anew", args=[emptied.pk]) not in shown()

    refused()
    assert "It was not written to yet" in shown()
    succession.ask_office(team=emptied, site=SITE)
    refused()
    assert "Nobody begins the team anew before" in shown()
    month = timedelta(days=30, minutes=1)
    Team.objects.filter(pk=emptied.pk).update(emptied_at=timezone.now() - 2 * month)
    TeamOffice.objects.filter(pk=office.pk).update(asked_at=timezone.now() - month)
    succession.ask_office(team=emptied, site=SITE)
    assert "it still can" in shown()
    assert succession.begin_anew(team=emptied, by=world.coordinator)


def test_the_office_is_written_to_three_times_a_day(world, emptied):
    """The last one who leaves is never held up by it."""
    details = {"post": "Clerk", "email": "clerk@example.org", "language": "en", "by": world.mentee_user, "site": SITE}
    for _change in range(3):
        succession.name_office(team=world.mentor, **details)
    with pytest.raises(succession.WrittenOftenEnough, match="tomorrow"):
        succession.name_office(team=world.mentor, **details)
    with pytest.raises(succession.WrittenOftenEnough):
        succession.ask_office_again(team=world.mentor, site=SITE)
    succession.confirm_office(office=world.mentor.office)
    succession.leave(member=world.mentor.members.get(), by=world.mentor_user, site=SITE)
    assert TeamOffice.objects.get(team=world.mentor).asked_at


def test_a_partner_confirms_and_the_week_passes(world, emptied, reopening, django_capture_on_commit_callbacks):
    User.objects.filter(pk=world.mentee_user.pk).update(email="moved@example.org")
    assert set(confirmers_of(emptied)) == {world.mentor, world.association}
    assert "team.reopening" in kinds_for(world.mentor_user)
    path = reverse("partnerships:reopening", args=[reopening.pk])
    assert page_of(world.coordinator).post(path).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert page_of(world.mentor_user).post(path).status_code == 302
    assert [message.to for message in mail.outbox] == [["moved@example.org"]]
    assert "team.objection" in kinds_for(world.mentee_user)
    assert succession.open_due() == 0
    week = timezone.now() + timedelta(days=7, minutes=1)
    assert succession.open_due(week) == 1
    assert succession.open_due(week) == 0
    invitation = Invitation.objects.get(email="anna@example.org")
    page = page_of(world.coordinator).get(reverse("partnerships:team", args=[emptied.pk])).content.decode()
    assert invitations.path_of(invitation, copied=True) not in page
    Client().post(invitations.path_of(invitation), NEW)
    assert in_team(User.objects.get(email="anna@example.org"), emptied)


def test_a_former_member_stops_it(world, emptied, reopening):
    succession.confirm_reopening(reopening=reopening, team=world.mentor, by=world.mentor_user, site=SITE)
    path = objection_path(reopening.pk, world.mentee_user.person.pk)
    assert "If you object" in Client().get(path).content.decode()
    reopening.refresh_from_db()
    assert reopening.stopped_at is None
    Client().post(path)
    assert succession.open_due(timezone.now() + timedelta(days=8)) == 0
    assert not Invitation.objects.exists()
    other = objection_path(reopening.pk, world.mentor_user.person.pk)
    assert Client().get(other).status_code == 404


def test_nobody_of_the_coordinators_and_nobody_who_came_later_confirms(world, emptied):
    """A city that the coordinator brings in afterwards, and one in which they sat, have no say."""
    late = world.enrol("mentor", "Late town")
    member_of(late, world.coordinator)
    Participation.objects.create(
        partnership=world.partnership,
        team=late,
        organisation=late.enrolment.organisation,
        role="mentor",
        started_on=timezone.localdate() - timedelta(days=9),
    )
    assert late not in confirmers_of(emptied)
    world.mentor.members.create(
        person=world.coordinator.person,
        started_on=timezone.localdate(),
        ended_on=timezone.localdate(),
        ended_by=world.admin,
    )
    assert set(confirmers_of(emptied)) == {world.association}
    with pytest.raises(succession.CoordinatorsOwn):
        succession.ask_to_reopen(
            team=emptied, name="Me", email=world.coordinator.email, language="en", by=world.coordinator
        )


def test_without_such_a_party_the_team_is_begun_anew(world):
    city = world.enrol("mentee", "Lonely town")
    somebody = member_of(city, world.coordinator)
    succession.leave(member=city.members.get(), by=somebody, site=SITE)
    path = reverse("partnerships:team_anew", args=[city.pk])
    assert page_of(world.coordinator).post(path).status_code == 302
    new = city.enrolment.teams.get(closed_at=None)
    assert new != city
    assert not new.members.exists()
    assert not in_team(somebody, city)
    assert page_of(world.coordinator).get(reverse("partnerships:team_invite", args=[city.pk])).status_code == 403
    assert page_of(world.coordinator).post(reverse("partnerships:team_invite", args=[new.pk]), NEXT).status_code == 302


def test_a_team_begun_anew_takes_the_parts_over(world, emptied, reopening):
    with pytest.raises(succession.OthersCanConfirm):
        succession.begin_anew(team=emptied, by=world.coordinator)
    succession.stop_reopening(reopening=reopening, person=world.mentee_user.person)
    group = SupportGroup.objects.create(team=emptied, city=emptied.enrolment.organisation)
    page = page_of(world.coordinator).get(reverse("partnerships:team_reopen", args=[emptied.pk])).content.decode()
    assert "The new team begins a group of its own" in page
    new = succession.begin_anew(team=emptied, by=world.coordinator)
    officer = page_of(member_of(new, world.coordinator))
    assert officer.get(group.get_absolute_url()).status_code == 404
    assert officer.get(reverse("partnerships:support_group_add", args=[new.pk])).status_code == 200
    (part,) = world.partnership.participations.filter(role="mentee", ended_on=None)
    assert part.team == new
    assert world.partnership.participations.filter(role="mentee_association", ended_on=None).exists()


def test_a_part_that_ends_ends_no_place(world):
    part = world.partnership.participations.get(role="mentee")
    end_participation(participation=part, reason="Elections", by=world.coordinator, end_enrolment=True)
    places = places_of(Access(world.mentee_user))
    assert (places.teams, places.resting) == (frozenset(), {world.mentee.pk})
    page = page_of(world.mentee_user).get(reverse("partnerships:team_history", args=[world.mentee.pk]))
    assert page.status_code == 200


def test_the_team_and_its_partner_see_who_joined_and_by_whom(world):
    person = PersonFactory()
    teams.add_member(team=world.mentee, person=person, by=world.mentee_user, invited_by=world.mentee_user)
    for reader in (world.mentee_user, world.mentor_user):
        assert person in {arrival.member.person for arrival in arrivals_seen_by(Access(reader))}
        page = page_of(reader).get(reverse("partnerships:team_history", args=[world.mentee.pk])).content.decode()
        assert person.name in page
    assert arrivals_seen_by(Access(world.facilitator)) == []
    history = reverse("partnerships:team_history", args=[world.mentee.pk])
    assert page_of(world.facilitator).get(history).status_code == 403


def test_a_proposed_association_waits_for_the_city_and_has_nothing_until_then(world):
    other = world.enrol("association", "Second union")
    officer = member_of(other, world.coordinator)
    backing = back(enrolment=world.mentee.enrolment, association=other.enrolment.organisation, by=world.coordinator)
    assert "backing.proposed" in kinds_for(world.mentee_user)
    assert not world.partnership.participations.filter(team=other).exists()
    path = reverse("partnerships:backing_accept", args=[backing.pk])
    for stranger in (world.coordinator, world.mentor_user, officer):
        assert page_of(stranger).post(path).status_code == 403
    assert page_of(world.mentee_user).post(path, {"reads_earlier": "on"}).status_code == 302
    backing.refresh_from_db()
    assert backing.reads_earlier
    assert world.partnership.participations.filter(team=other, role="mentee_association").exists()
    assert "backing.proposed" not in kinds_for(world.mentee_user)
