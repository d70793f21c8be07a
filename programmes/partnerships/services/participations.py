"""The rows of a partnership: begun and ended, and the associations kept in step with whom they back."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.errors import Refusal
from programmes.notices import services as notices

from ..boundary import backings_in_force
from ..enums import ASSOCIATION_OF, ASSOCIATION_ROLES, CITY_ROLES, Role, TeamRole
from ..models import Backing, Enrolment, Participation, Partnership, Programme, Team
from .saving import end, locked, save_checked
from .summary import refresh_summary
from .teams import allow_facilitator

FIT = (
    dict.fromkeys(CITY_ROLES, TeamRole.CITY)
    | dict.fromkeys(ASSOCIATION_ROLES, TeamRole.ASSOCIATION)
    | {Role.FACILITATOR: TeamRole.FACILITATOR}
)
"""Which team fits which part in a partnership; what its organisation came for does not matter."""


class UnfitTeam(Refusal):
    message = _("A team of this kind does not fit this part in a partnership.")


class TooMany(Refusal):
    message = _("A partnership of this programme has no further place for a city in this part.")


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
    """A team takes part from `on`; the caller holds the lock on the partnership. Raises UnfitTeam, NotInProgramme,
    TooMany, ConstraintBroken (a city mentors itself…)."""
    enrolment = team.enrolment
    if enrolment.programme_id != partnership.programme_id or enrolment.ended_on is not None or team.closed_at:
        raise NotInProgramme
    if team.role != FIT[Role(role)]:
        raise UnfitTeam
    if role in CITY_ROLES:
        _refuse_too_many(partnership, role)
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
    for key in ("participation.began", "partnership.joined"):
        notices.tell(key, row.pk, by=by, partnership=partnership.pk)
    _end_leave_for_strangers(row, by=by)
    return row


def _end_leave_for_strangers(row: Participation, *, by: User) -> None:
    """A city lets the facilitator whom it knows type for it. Where another one comes beside the city, the leave ends;
    the city may give it again (ADR 7)."""
    if row.role != Role.FACILITATOR and row.role not in CITY_ROLES:
        return
    there = Participation.objects.filter(partnership=row.partnership, ended_on=None).select_related("team")
    cities = [row] if row.role in CITY_ROLES else there.filter(role__in=CITY_ROLES)
    facilitators = [row] if row.role == Role.FACILITATOR else there.filter(role=Role.FACILITATOR)
    for city in (city for city in cities if city.team.facilitator_may_write_at):
        if any(not _know_each_other(city, facilitator) for facilitator in facilitators):
            allow_facilitator(team=city.team, allowed=False, by=by)


def _know_each_other(city: Participation, facilitator: Participation) -> bool:
    """Whether this facilitator's team is beside this city's in another partnership already."""
    elsewhere = Participation.objects.filter(team=city.team_id, ended_on=None).exclude(partnership=city.partnership_id)
    return Participation.objects.filter(
        partnership__in=elsewhere.values("partnership"),
        team=facilitator.team_id,
        role=Role.FACILITATOR,
        ended_on=None,
    ).exists()


def is_enough(programme: Programme, cities: Mapping[str, Collection[Team]]) -> bool:
    """Whether a partnership can begin with these cities, by the programme's rule."""
    return all(len(cities.get(role, ())) >= rule.get("least", 0) for role, rule in programme.roles.items())


def _refuse_too_many(partnership: Partnership, role: str) -> None:
    rule = partnership.programme.roles.get(role)
    if rule is None:
        raise TooMany
    there = partnership.participations.filter(role=role, ended_on=None).count()
    if there >= rule.get("most", there + 1):
        raise TooMany


def finish(row: Participation, *, on: date, by: User, reason: str) -> None:
    """End one participation with its reason; one that began later than `on` ends on the day it began."""
    end(row, on=max(on, row.started_on), by=by)
    if reason:
        row.reason = f"{row.reason}\n{reason}".strip()
        row.save(update_fields=["reason", "updated_at"])
    record(by=by, verb="left", target=row)
    for key in ("participation.ended", "partnership.left"):
        notices.tell(key, row.pk, by=by, partnership=row.partnership_id)


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
    mine = Participation.objects.filter(team__enrolment=enrolment, ended_on=None, role__in=CITY_ROLES)
    for partnership in Partnership.objects.filter(pk__in=mine.values("partnership"), ended_on=None):
        align_associations(locked(partnership), on=on, by=by, reason=reason)


def _backings(enrolments: Iterable[int]) -> QuerySet[Backing]:
    rows = backings_in_force(enrolment__in=enrolments)
    return rows.select_related("team__enrolment__organisation").order_by("pk")
