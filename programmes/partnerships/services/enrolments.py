"""Organisations in a programme, and the associations behind the cities."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.errors import Refusal
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation

from ..enums import CITY_ENROLMENTS, EnrolmentRole
from ..models import Backing, Enrolment, Invitation, Participation, Programme, Team, TeamMember, Theme
from .participations import align_associations, align_partnerships_of, finish
from .saving import day_of_change, end, locked, save_checked
from .summary import refresh_summary
from .teams import LastCoordinator, TeamOver, revoke_pending

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


class NotACity(Refusal):
    message = _("Only cities are backed by associations.")


@transaction.atomic
def enrol(
    *,
    programme: Programme,
    organisation: Organisation,
    role: str,
    by: User,
    theme: Theme | None = None,
    associations: Iterable[Organisation] = (),
    started_on: date | None = None,
) -> Enrolment:
    """Take an organisation into a programme, with its first team, which is empty. `associations` stand behind a city
    and are enrolled themselves where they are not yet. Raises WrongKind, ForeignTheme, NotACity, ConstraintBroken."""
    if organisation.kind not in KINDS[EnrolmentRole(role)]:
        raise WrongKind
    _check_theme(programme, theme)
    day = day_of_change(programme, started_on)
    row = Enrolment(programme=programme, organisation=organisation, role=role, theme=theme, started_on=day)
    save_checked(row)
    Team.objects.create(enrolment=row)
    record(by=by, verb="enrolled", target=row)
    for association in associations:
        back(enrolment=row, association=association, by=by)
    return row


@transaction.atomic
def change_theme(*, enrolment: Enrolment, theme: Theme | None, by: User) -> Enrolment:
    row = locked(enrolment)
    _check_theme(row.programme, theme)
    row.theme = theme
    save_checked(row, ["theme"])
    record(by=by, verb="changed theme", target=row)
    return row


@transaction.atomic
def back(
    *,
    enrolment: Enrolment,
    association: Organisation,
    by: User,
    team: Team | None = None,
    on: date | None = None,
    reason: str = "",
) -> Backing:
    """An association stands behind a city from now on, in its partnerships, too, through `team` or its first one.

    Raises NotACity, TeamOver, WrongKind, ConstraintBroken."""
    city = locked(enrolment)
    if city.role not in CITY_ENROLMENTS:
        raise NotACity
    if city.ended_on is not None:
        raise TeamOver
    day = day_of_change(city.programme, on)
    team = team or _team_of(association, city.programme, by)
    row = Backing(enrolment=city, team=team, started_on=day)
    save_checked(row)
    record(by=by, verb="backed", target=row)
    align_partnerships_of(city, on=day, by=by, reason=reason)
    return row


@transaction.atomic
def end_backing(*, backing: Backing, by: User, on: date | None = None, reason: str = "") -> Backing:
    """An association no longer stands behind a city: its team loses the city's partnerships with this request."""
    row = locked(backing)
    city = row.enrolment
    day = day_of_change(city.programme, on, row.started_on)
    end(row, on=day, by=by)
    record(by=by, verb="ended backing", target=row)
    align_partnerships_of(city, on=day, by=by, reason=reason)
    return row


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, by: User, on: date | None = None, reason: str = "") -> Enrolment:
    """An organisation leaves the programme: its places in partnerships, its backings, its people's access and its
    open invitations end with this request; what it wrote stays under its name. Raises LastCoordinator."""
    row = locked(enrolment)
    _keep_one_coordinator(row)
    day = day_of_change(row.programme, on, row.started_on)
    end(row, on=day, by=by)
    _end_backings(row, on=day, by=by)
    _end_participations(row, on=day, by=by, reason=reason)
    for member in TeamMember.objects.filter(team__enrolment=row, ended_on=None):
        end(member, on=max(day, member.started_on), by=by)
    revoke_pending(Invitation.objects.filter(team__enrolment=row))
    record(by=by, verb="ended enrolment", target=row)
    return row


def _check_theme(programme: Programme, theme: Theme | None) -> None:
    if theme is not None and theme.programme_id != programme.pk:
        raise ForeignTheme


def _team_of(association: Organisation, programme: Programme, by: User) -> Team:
    """The first team of the association in the programme, which it joins now where it does not take part yet."""
    rows = programme.enrolments.filter(organisation=association, role=EnrolmentRole.ASSOCIATION, ended_on=None)
    row = rows.first() or enrol(programme=programme, organisation=association, role=EnrolmentRole.ASSOCIATION, by=by)
    return row.teams.first() or Team.objects.create(enrolment=row)


def _keep_one_coordinator(enrolment: Enrolment) -> None:
    if enrolment.role != EnrolmentRole.COORDINATOR:
        return
    others = enrolment.programme.enrolments.filter(role=EnrolmentRole.COORDINATOR, ended_on=None)
    if not others.exclude(pk=enrolment.pk).exists():
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
