"""Enrolments and teams: who may be where, and what ends with a place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programmes.common.access import Access
from programmes.participants.enums import OrganisationKind
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import InvitationState
from programmes.partnerships.models import Enrolment, Invitation, TeamMember
from programmes.partnerships.selectors import partnerships_visible_to, programmes_visible_to
from programmes.partnerships.services import enrolments, invitations, teams
from programmes.partnerships.services.saving import AlreadyEnded, ConstraintBroken, DayNotPossible
from tests.factories import NetworkFactory, OrganisationFactory, PersonFactory, SeatFactory

from .conftest import member_of

pytestmark = pytest.mark.django_db


def sees(user, partnership) -> bool:
    return partnerships_visible_to(Access(user)).filter(pk=partnership.pk).exists()


def test_nobody_is_in_a_citys_team_and_above_it(world):
    with pytest.raises(teams.TwoHats):
        teams.add_member(team=world.mentee, person=world.coordinator.person, by=world.mentee_user)
    with pytest.raises(teams.TwoHats):
        teams.add_member(team=world.facilitators, person=world.mentor_user.person, by=world.coordinator)
    assert teams.add_member(team=world.association, person=PersonFactory(), by=world.association_user)


def test_ending_a_place_ends_access_with_it(world):
    assert sees(world.mentee_user, world.partnership)
    member = world.mentee.members.get()
    teams.end_member(member=member, by=world.coordinator)
    assert not sees(world.mentee_user, world.partnership)
    with pytest.raises(AlreadyEnded):
        teams.end_member(member=member, by=world.coordinator)


def test_access_ends_at_once_for_people_further_east_and_west(world):
    world.programme.time_zone = "Pacific/Kiritimati"
    world.programme.save()
    member = world.mentee.members.get()
    teams.end_member(member=TeamMember.objects.get(pk=member.pk), by=world.coordinator)
    with timezone.override("Pacific/Pago_Pago"):
        assert not sees(world.mentee_user, world.partnership)


def test_the_last_coordinator_stays(world):
    member = TeamMember.objects.get(person__user=world.coordinator)
    with pytest.raises(teams.LastCoordinator):
        teams.end_member(member=member, by=world.coordinator)
    with pytest.raises(teams.LastCoordinator):
        enrolments.end_enrolment(enrolment=member.team.enrolment, by=world.coordinator)
    member_of(member.team, world.coordinator)
    teams.end_member(member=member, by=world.coordinator)


def test_days_of_a_place(world):
    tomorrow = timezone.localdate() + timedelta(days=2)
    with pytest.raises(DayNotPossible):
        teams.add_member(team=world.mentor, person=PersonFactory(), by=world.mentor_user, started_on=tomorrow)
    earlier = timezone.localdate() - timedelta(days=3)
    with pytest.raises(DayNotPossible):
        teams.end_member(member=world.mentor.members.get(), by=world.mentor_user, on=earlier)


def test_a_person_is_in_a_team_once(world):
    with pytest.raises(ConstraintBroken, match="already"):
        teams.add_member(team=world.mentee, person=world.mentee_user.person, by=world.mentee_user)


def test_a_leaver_takes_their_open_invitations_along(world):
    Invitation.objects.create(
        email="friend@example.org",
        name="Friend",
        team=world.mentee,
        invited_by=world.mentee_user,
        expires_at=timezone.now() + timedelta(days=3),
    )
    teams.end_member(member=world.mentee.members.get(), by=world.coordinator)
    assert Invitation.objects.get().revoked_at


def test_one_team_for_a_city_several_for_facilitators(world):
    with pytest.raises(teams.OneTeamOnly):
        teams.create_team(enrolment=world.mentee.enrolment, by=world.coordinator)
    second = teams.create_team(enrolment=world.facilitators.enrolment, name="South", by=world.coordinator)
    assert str(second).endswith("South")


def test_only_the_city_lends_its_pen(world):
    team = teams.allow_facilitator(team=world.mentee, allowed=True, by=world.mentee_user)
    assert team.facilitator_may_write_by == world.mentee_user
    assert not teams.allow_facilitator(team=world.mentee, allowed=False, by=world.mentee_user).facilitator_may_write_at
    with pytest.raises(teams.NoCityTeam):
        teams.allow_facilitator(team=world.association, allowed=True, by=world.association_user)


def test_only_fitting_organisations_are_enrolled(world):
    network, by = NetworkFactory(), world.coordinator
    with pytest.raises(enrolments.WrongKind):
        enrolments.enrol(programme=world.programme, organisation=network, role="mentee", by=by)


def test_an_organisation_is_in_a_programme_once(world):
    city = OrganisationFactory()
    enrolments.enrol(programme=world.programme, organisation=city, role="mentor", by=world.coordinator)
    with pytest.raises(enrolments.EnrolledAlready):
        enrolments.enrol(programme=world.programme, organisation=city, role="mentee", by=world.coordinator)


def test_an_association_is_enrolled_on_the_fly(world):
    rows = Enrolment.objects.filter(programme=world.programme, organisation__kind=OrganisationKind.ASSOCIATION)
    assert [row.organisation.name for row in rows] == ["Union of Cities"]
    assert world.partnership.participations.get(role="mentee_association").team == world.association


def test_ending_an_enrolment_ends_everything_that_hangs_on_it(world):
    enrolments.end_enrolment(enrolment=world.mentee.enrolment, by=world.coordinator, reason="Left")
    places = places_of(Access(world.mentee_user))
    assert (places.teams, places.resting) == (frozenset(), {world.mentee.pk})
    assert not programmes_visible_to(Access(world.mentee_user)).exists()
    assert not sees(world.association_user, world.partnership)
    assert not world.partnership.participations.filter(role__startswith="mentee", ended_on=None).exists()
    world.partnership.refresh_from_db()
    assert [row.country for row in world.partnership.countries.all()] == ["BE"]
    enrolments.enrol(
        programme=world.programme, organisation=world.mentee.enrolment.organisation, role="both", by=world.coordinator
    )
    assert places_of(Access(world.mentee_user)).teams == {world.mentee.pk}
    assert Enrolment.objects.get(teams=world.mentee).role == "both"


def test_an_association_that_leaves_no_longer_backs(world):
    enrolments.end_enrolment(enrolment=world.association.enrolment, by=world.coordinator)
    assert not world.mentee.enrolment.backings.filter(ended_on=None).exists()
    assert not sees(world.association_user, world.partnership)


def test_who_left_has_no_link_left_to_a_seat_of_the_support_group(world):
    """They could follow it themselves, or pass it on: it would open what the group reads."""
    seat, elsewhere = (
        SeatFactory(group__team=team, group__city=team.enrolment.organisation) for team in (world.mentee, world.mentor)
    )
    kwargs = {"email": "seat@example.org", "name": "Seat", "by": world.mentee_user, "site": "https://example.org/"}
    links = [invitations.invite_to_seat(member=row, **kwargs) for row in (seat, elsewhere)]
    teams.end_member(member=world.mentee.members.get(), by=world.coordinator)
    states = [Invitation.objects.get(pk=row.pk).state for row in links]
    assert states == [InvitationState.REVOKED, InvitationState.PENDING]
