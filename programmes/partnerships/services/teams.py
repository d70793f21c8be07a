"""Teams and the people in them: access begins and ends here."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.notices import services as notices

from ..boundary import current
from ..enums import TEAM_OF, WRITING_TEAMS, EnrolmentRole, TeamEventKind, TeamRole
from ..models import Enrolment, Invitation, Team, TeamMember
from .history import tell
from .saving import day_of_change, end, locked, save_checked

METHOD_TEAMS = (TeamRole.COORDINATOR, TeamRole.FACILITATOR)


class TwoHats(Refusal):
    """What the cities tell each other stays with them (P7): nobody is in a city's team and above it at once."""

    message = _(
        "Somebody who coordinates or facilitates in this programme cannot be in a city’s team of it, "
        "nor the other way round: what the cities tell each other stays between them."
    )


class TeamOver(Refusal):
    message = _("This team no longer takes part in the programme.")


class OneTeamOnly(Refusal):
    message = _("A city or an association works as one team: what it writes belongs to all of them.")


class NoCityTeam(Refusal):
    message = _("Only a city’s team can allow its facilitator to write for it.")


class LastCoordinator(Refusal):
    message = _("A programme keeps at least one coordinator. Add somebody else first.")


@transaction.atomic
def create_team(*, enrolment: Enrolment, by: User, name: str = "", form_key: UUID | None = None) -> Team:
    """Another team of an organisation that facilitates or coordinates. Raises OneTeamOnly, TeamOver."""
    if enrolment.ended_on is not None:
        raise TeamOver
    role = TEAM_OF[EnrolmentRole(enrolment.role)]
    if role in WRITING_TEAMS:
        raise OneTeamOnly

    def make(key: UUID | None) -> Team:
        team = Team.objects.create(enrolment=enrolment, role=role, name=name, form_key=key)
        record(by=by, verb="created", target=team)
        return team

    return made_once(enrolment.teams.all(), form_key, make)


@transaction.atomic
def add_member(
    *,
    team: Team,
    person: Person,
    by: User,
    function: str = "",
    started_on: date | None = None,
    invited_by: User | None = None,
    by_copied_link: bool = False,
) -> TeamMember:
    """Give a person a place in a team, with access from now on; who may let whom in is `rules`' word. Raises TwoHats,
    TeamOver, ConstraintBroken."""
    enrolment = Enrolment.objects.select_for_update().select_related("programme").get(pk=team.enrolment_id)
    refuse_over(team)
    refuse_two_hats(person, team)
    day = day_of_change(enrolment.programme, started_on)
    member = TeamMember(
        team=team,
        person=person,
        function=function,
        started_on=day,
        invited_by=invited_by,
        by_copied_link=by_copied_link,
    )
    save_checked(member)
    Team.objects.filter(pk=team.pk).update(emptied_at=None)
    kind = TeamEventKind.JOINED_BY_LINK if by_copied_link else TeamEventKind.JOINED
    tell(team, kind, by=invited_by, person=person)
    record(by=by, verb="added", target=member)
    notices.tell("member.joined", member.pk, by=by)
    return member


def refuse_over(team: Team) -> None:
    """Raises TeamOver for a team whose organisation left, and for one that was begun anew."""
    if team.closed_at is not None or team.enrolment.ended_on is not None:
        raise TeamOver


@transaction.atomic
def change_function(*, member: TeamMember, function: str, by: User) -> TeamMember:
    member.function = function
    member.save(update_fields=["function", "updated_at"])
    record(by=by, verb="changed", target=member)
    return member


@transaction.atomic
def end_member(*, member: TeamMember, by: User, on: date | None = None) -> TeamMember:
    """Take a person out of a team: access ends with this request. Invitations to the team, and to seats of the
    support groups it keeps, that they sent and nobody answered are withdrawn: they know those links.

    Raises LastCoordinator, AlreadyEnded, DayNotPossible."""
    team = locked(member.team)  # two people who leave at once: one of them is the last
    row, enrolment = locked(member), team.enrolment
    if team.role == TeamRole.COORDINATOR and _is_last_coordinator(row):
        raise LastCoordinator
    end_place(row, on=day_of_change(enrolment.programme, on, row.started_on), by=by)
    if row.person.user_id:
        there = Q(team=row.team) | Q(seat__group__team=row.team)
        revoke_pending(Invitation.objects.filter(there, invited_by=row.person.user_id))
    record(by=by, verb="ended place", target=row)
    notices.tell("place.ended", row.pk, by=by)
    return row


def end_place(member: TeamMember, *, on: date, by: User) -> None:
    """The row alone, whoever may: what the team's history and the ways back into an empty team hang on. The team is
    locked by the caller."""
    end(member, on=on, by=by)
    tell(member.team, TeamEventKind.LEFT, by=by, person=member.person)
    if not TeamMember.objects.filter(team=member.team_id, ended_on=None).exists():
        Team.objects.filter(pk=member.team_id).update(emptied_at=clock.now())


@transaction.atomic
def allow_facilitator(*, team: Team, allowed: bool, by: User) -> Team:
    """The city's own permission for its facilitator to write on its behalf, given or taken back. Raises NoCityTeam."""
    row = locked(team)
    if row.role != TeamRole.CITY:
        raise NoCityTeam
    if bool(row.facilitator_may_write_at) == allowed:
        return row
    row.facilitator_may_write_at = clock.now() if allowed else None
    row.facilitator_may_write_by = by if allowed else None
    row.save(update_fields=["facilitator_may_write_at", "facilitator_may_write_by", "updated_at"])
    tell(
        row,
        TeamEventKind.WRITING_ALLOWED if allowed else TeamEventKind.WRITING_ENDED,
        by=by,
        person=Person.objects.filter(user=by).first(),
    )
    record(by=by, verb="allowed writing" if allowed else "withdrew writing", target=row)
    notices.tell("writing.changed", row.pk, by=by, settles=True)
    return row


def change_address(*, team: Team, email: str, by: User) -> Team:
    row = locked(team)
    row.email = email
    row.save(update_fields=["email", "updated_at"])
    record(by=by, verb="changed address", target=row)
    return row


def refuse_two_hats(person: Person, team: Team) -> None:
    """Raises TwoHats when a place in this team and another current place of the person exclude each other."""
    if team.role not in (*METHOD_TEAMS, TeamRole.CITY):
        return
    excluded = METHOD_TEAMS if team.role == TeamRole.CITY else (TeamRole.CITY,)
    programme = team.enrolment.programme_id
    places = TeamMember.objects.filter(current(), person=person, team__enrolment__programme_id=programme)
    if places.filter(team__role__in=excluded, team__closed_at=None).exists():
        raise TwoHats


def revoke_pending(invitations: Any) -> None:
    invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=clock.now())


def _is_last_coordinator(member: TeamMember) -> bool:
    programme = member.team.enrolment.programme_id
    others = TeamMember.objects.filter(
        current(),
        current("team__enrolment__"),
        team__enrolment__programme_id=programme,
        team__role=TeamRole.COORDINATOR,
        team__closed_at=None,
    )
    return not others.exclude(person=member.person_id).exists()
