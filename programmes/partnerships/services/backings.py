"""The associations behind the cities: proposed by the coordinator, accepted by the city, ended by either."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.notices import services as notices
from programmes.participants.models import Organisation

from ..enums import TeamEventKind, TeamRole
from ..models import Backing, Enrolment, Team
from .enrolments import association_team
from .history import tell
from .participations import align_partnerships_of
from .saving import AlreadyEnded, day_of_change, end, locked, save_checked
from .teams import TeamOver


class NotACity(Refusal):
    message = _("Only cities are backed by associations.")


@transaction.atomic
def back(
    *, enrolment: Enrolment, association: Organisation, by: User, team: Team | None = None, on: date | None = None
) -> Backing:
    """Propose that an association stands behind a city, through `team` or its own one. The city's team accepts it.

    Raises NotACity, TeamOver, WrongKind, ConstraintBroken."""
    city = locked(enrolment)
    if city.ended_on is not None:
        raise TeamOver
    if not city.teams.filter(role=TeamRole.CITY, closed_at=None).exists():
        raise NotACity
    day = day_of_change(city.programme, on)
    row = Backing(enrolment=city, team=team or association_team(city.programme, association, by), started_on=day)
    save_checked(row)
    record(by=by, verb="proposed backing", target=row)
    notices.tell("backing.proposed", row.pk, by=by)
    return row


@transaction.atomic
def accept_backing(*, backing: Backing, by: User, reads_earlier: bool = False) -> Backing:
    """The city's team says yes: the association joins its partnerships and writes about it from now on.

    `reads_earlier`: it may also read, and go on with, what an association wrote in the city's forms before. Saying it
    twice changes nothing. Raises AlreadyEnded."""
    row = locked(backing)
    if row.ended_on is not None:
        raise AlreadyEnded
    if row.accepted_at is not None:
        return row
    row.accepted_at, row.accepted_by, row.reads_earlier = clock.now(), by, reads_earlier
    save_checked(row, ["accepted_at", "accepted_by", "reads_earlier"])
    for team in row.enrolment.teams.filter(role=TeamRole.CITY, closed_at=None):
        tell(team, TeamEventKind.BACKING_ACCEPTED, by=by, name=row.team.enrolment.organisation.name)
    record(by=by, verb="accepted backing", target=row)
    align_partnerships_of(row.enrolment, on=day_of_change(row.enrolment.programme, None, row.started_on), by=by)
    return row


@transaction.atomic
def end_backing(*, backing: Backing, by: User, on: date | None = None, reason: str = "") -> Backing:
    """An association no longer stands behind a city, or was not accepted: its team loses the city's partnerships with
    this request. Raises AlreadyEnded."""
    row = locked(backing)
    city = row.enrolment
    day = day_of_change(city.programme, on, row.started_on)
    end(row, on=day, by=by)
    record(by=by, verb="ended backing", target=row)
    align_partnerships_of(city, on=day, by=by, reason=reason)
    return row
