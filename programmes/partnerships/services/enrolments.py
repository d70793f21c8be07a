"""Organisations in a programme: taken in, ended and taken in again, always in one row."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.errors import Refusal
from programmes.notices import services as notices
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation

from ..enums import TEAM_OF, EnrolmentRole, TeamRole
from ..models import Backing, Enrolment, Invitation, Participation, Programme, Team, Theme
from .participations import align_associations, finish
from .saving import day_of_change, end, locked, save_checked
from .summary import refresh_summary
from .teams import LastCoordinator, revoke_pending

KINDS = {
    EnrolmentRole.COORDINATOR: (OrganisationKind.NETWORK, OrganisationKind.ASSOCIATION, OrganisationKind.FACILITATOR),
    EnrolmentRole.FACILITATOR: (OrganisationKind.FACILITATOR, OrganisationKind.NETWORK, OrganisationKind.ASSOCIATION),
    EnrolmentRole.ASSOCIATION: (OrganisationKind.ASSOCIATION,),
    EnrolmentRole.MENTEE: (OrganisationKind.CITY,),
    EnrolmentRole.MENTOR: (OrganisationKind.CITY,),
    EnrolmentRole.BOTH: (OrganisationKind.CITY,),
}
"""Which organisations may do what in a programme (P1–P6, X3: associations run programmes, too)."""


class WrongKind(Refusal):
    message = _("An organisation of this kind cannot take this part in a programme.")


class ForeignTheme(Refusal):
    message = _("This theme belongs to another programme.")


class EnrolledAlready(Refusal):
    message = _("This organisation is in the programme already. Change its role or its themes on its own page.")


@transaction.atomic
def enrol(
    *,
    programme: Programme,
    organisation: Organisation,
    role: str,
    by: User,
    themes: Iterable[Theme] = (),
    started_on: date | None = None,
) -> Enrolment:
    """Take an organisation into a programme, with its first team, which is empty. One that was here before comes back
    in the same row, with its teams as they were. Raises WrongKind, ForeignTheme, EnrolledAlready, ConstraintBroken."""
    chosen = _checked(programme, organisation, role, themes)
    day = day_of_change(programme, started_on)
    known = programme.enrolments.select_for_update().filter(organisation=organisation).first()
    if known is not None and known.ended_on is None:
        raise EnrolledAlready
    row = known or Enrolment(programme=programme, organisation=organisation, started_on=day)
    row.role, row.ended_on = role, None
    save_checked(row)
    row.themes.set(chosen)
    team_in(row, TEAM_OF[EnrolmentRole(role)])
    record(by=by, verb="enrolled again" if known else "enrolled", target=row)
    return row


@transaction.atomic
def change_enrolment(*, enrolment: Enrolment, role: str, themes: Iterable[Theme], by: User) -> Enrolment:
    """What the organisation came for, and its themes; no right changes with it. A part that another team carries out
    gets that team, beside those there are. Raises WrongKind, ForeignTheme, LastCoordinator."""
    row = locked(enrolment)
    chosen = _checked(row.programme, row.organisation, role, themes)
    row.role = role
    save_checked(row, ["role"])
    row.themes.set(chosen)
    team_in(row, TEAM_OF[EnrolmentRole(role)])
    record(by=by, verb="changed", target=row)
    return row


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, by: User, on: date | None = None, reason: str = "") -> Enrolment:
    """An organisation leaves the programme: its parts in partnerships, its backings and open invitations end with this
    request. Places in its teams do not: its people go on reading what is their own, write nothing, read nothing that
    others shared, and are back when it is enrolled again. Raises LastCoordinator, AlreadyEnded."""
    row = locked(enrolment)
    _keep_one_coordinator(row)
    day = day_of_change(row.programme, on, row.started_on)
    end(row, on=day, by=by)
    _end_backings(row, on=day, by=by)
    _end_participations(row, on=day, by=by, reason=reason)
    revoke_pending(Invitation.objects.filter(team__enrolment=row))
    record(by=by, verb="ended enrolment", target=row)
    for team in row.teams.filter(closed_at=None):
        notices.tell("team.out", team.pk, by=by)
    return row


def team_in(enrolment: Enrolment, role: str) -> Team:
    """The organisation's open team that does this, made where there is none."""
    team = enrolment.teams.filter(role=role, closed_at=None).first()
    return team or Team.objects.create(enrolment=enrolment, role=role)


def association_team(programme: Programme, association: Organisation, by: User) -> Team:
    """The team of an association that stands behind cities; it is enrolled now where it does not take part. One that
    coordinates or facilitates has it beside its other teams (X3)."""
    row = programme.enrolments.filter(organisation=association, ended_on=None).first()
    if row is None:
        row = enrol(programme=programme, organisation=association, role=EnrolmentRole.ASSOCIATION, by=by)
    elif association.kind not in KINDS[EnrolmentRole.ASSOCIATION]:
        raise WrongKind
    return team_in(row, TeamRole.ASSOCIATION)


def roles_for(organisation: Organisation) -> list[EnrolmentRole]:
    """What an organisation of this kind may come for."""
    return [role for role in EnrolmentRole if organisation.kind in KINDS[role]]


def _checked(programme: Programme, organisation: Organisation, role: str, themes: Iterable[Theme]) -> list[Theme]:
    chosen = list(themes)
    if organisation.kind not in KINDS[EnrolmentRole(role)]:
        raise WrongKind
    if any(theme.programme_id != programme.pk for theme in chosen):
        raise ForeignTheme
    return chosen


def _keep_one_coordinator(enrolment: Enrolment) -> None:
    teams = Team.objects.filter(role=TeamRole.COORDINATOR, closed_at=None)
    if not teams.filter(enrolment=enrolment).exists():
        return
    others = teams.filter(enrolment__programme=enrolment.programme_id, enrolment__ended_on=None)
    if not others.exclude(enrolment=enrolment).exists():
        raise LastCoordinator


def _end_backings(enrolment: Enrolment, *, on: date, by: User) -> None:
    rows = Backing.objects.filter(ended_on=None)
    for row in rows.filter(enrolment=enrolment) | rows.filter(team__enrolment=enrolment):
        end(row, on=max(on, row.started_on), by=by)


def _end_participations(enrolment: Enrolment, *, on: date, by: User, reason: str) -> None:
    rows = Participation.objects.filter(team__enrolment=enrolment, ended_on=None).select_related("partnership")
    for row in rows:
        finish(row, on=on, by=by, reason=reason)
    for partnership in {row.partnership for row in rows}:
        align_associations(partnership, on=on, by=by, reason=reason)
        refresh_summary(partnership)
