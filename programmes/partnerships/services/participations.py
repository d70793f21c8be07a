"""The rows of a partnership: begun and ended, and the associations kept in step with whom they back."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.errors import Refusal

from ..enums import CITY_ENROLMENTS, EnrolmentRole, Role
from ..models import Backing, Enrolment, Participation, Partnership, Team
from .saving import end, locked, save_checked
from .summary import refresh_summary

ASSOCIATION_OF = {Role.MENTEE: Role.MENTEE_ASSOCIATION, Role.MENTOR: Role.MENTOR_ASSOCIATION}
FIT = {
    Role.MENTEE: (EnrolmentRole.MENTEE, EnrolmentRole.BOTH),
    Role.MENTOR: (EnrolmentRole.MENTOR, EnrolmentRole.BOTH),
    Role.MENTEE_ASSOCIATION: (EnrolmentRole.ASSOCIATION,),
    Role.MENTOR_ASSOCIATION: (EnrolmentRole.ASSOCIATION,),
    Role.FACILITATOR: (EnrolmentRole.FACILITATOR,),
}
"""Which enrolment fits which part in a partnership."""


class UnfitTeam(Refusal):
    message = _("The enrolment of this team does not fit this part in a partnership.")


class NotInProgramme(Refusal):
    message = _("This team does not take part in the programme at the moment.")


class PartnershipOver(Refusal):
    message = _("This partnership has ended.")


def open_and_locked(partnership: Partnership) -> Partnership:
    """The partnership, locked against a second change of its people. Raises PartnershipOver."""
    row = locked(partnership)
    if row.ended_on is not None:
        raise PartnershipOver
    return row


def begin(partnership: Partnership, team: Team, role: str, *, on: date, by: User, reason: str = "") -> Participation:
    """A team takes part from `on`. Raises UnfitTeam, NotInProgramme, ConstraintBroken (a city mentors itself…)."""
    enrolment = team.enrolment
    if enrolment.programme_id != partnership.programme_id or enrolment.ended_on is not None:
        raise NotInProgramme
    if enrolment.role not in FIT[Role(role)]:
        raise UnfitTeam
    row = Participation(
        partnership=partnership,
        team=team,
        organisation=enrolment.organisation,
        role=role,
        started_on=on,
        reason=reason,
    )
    save_checked(row)
    record(by=by, verb="joined", target=row)
    return row


def finish(row: Participation, *, on: date, by: User, reason: str) -> None:
    """End one participation with its reason; one that began later than `on` ends on the day it began."""
    end(row, on=max(on, row.started_on), by=by)
    if reason:
        row.reason = f"{row.reason}\n{reason}".strip()
        row.save(update_fields=["reason", "updated_at"])
    record(by=by, verb="left", target=row)


def align_associations(partnership: Partnership, *, on: date, by: User, reason: str = "") -> None:
    """Whoever backs a current city of the partnership takes part on its side, nobody else as an association (P4)."""
    rows = list(partnership.participations.filter(ended_on=None).select_related("team__enrolment"))
    for role, association_role in ASSOCIATION_OF.items():
        cities = [row.team.enrolment_id for row in rows if row.role == role]
        backing = {backing.team_id: backing.team for backing in _backings(cities)}
        there = {row.team_id: row for row in rows if row.role == association_role}
        for team_id in there.keys() - backing.keys():
            finish(there[team_id], on=on, by=by, reason=reason)
        for team_id in sorted(backing.keys() - there.keys()):
            begin(partnership, backing[team_id], association_role, on=on, by=by, reason=reason)
    refresh_summary(partnership)


def align_partnerships_of(enrolment: Enrolment, *, on: date, by: User, reason: str = "") -> None:
    """After the backings of a city changed: the same in each of its partnerships."""
    if enrolment.role not in CITY_ENROLMENTS:
        return
    mine = Participation.objects.filter(team__enrolment=enrolment, ended_on=None, role__in=ASSOCIATION_OF)
    for partnership in Partnership.objects.filter(pk__in=mine.values("partnership"), ended_on=None):
        align_associations(locked(partnership), on=on, by=by, reason=reason)


def _backings(enrolments: Iterable[int]) -> QuerySet[Backing]:
    rows = Backing.objects.filter(enrolment__in=enrolments, ended_on=None, team__enrolment__ended_on=None)
    return rows.select_related("team__enrolment__organisation").order_by("pk")
