"""Partnerships: paired by hand, changed midway with a reason, dated, and equipped with tools."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.notices import services as notices

from ..enums import ASSOCIATION_ROLES, CITY_BESIDE, Role
from ..models import Backing, Participation, Partnership, Programme, Stage, StageDate, Team, Theme, ToolUse
from ..tool_use import tools_in_use
from ..tools import all_tools
from .backings import back, end_backing
from .enrolments import ForeignTheme, end_enrolment
from .participations import align_associations, begin, finish, is_enough, open_and_locked
from .saving import AlreadyEnded, day_of_change, locked, save_checked
from .summary import mark_changed, refresh_summary


class TooFew(Refusal):
    message = _("Choose more cities: a partnership of this programme needs them to begin.")


class ForeignStage(Refusal):
    message = _("This stage is not one of the programme’s.")


class AssociationOfNobody(Refusal):
    message = _("An association joins a partnership through a city that it backs. Choose that city.")


@transaction.atomic
def create_partnership(
    *,
    programme: Programme,
    theme: Theme | None,
    cities: Mapping[str, Collection[Team]],
    by: User,
    facilitator: Team | None = None,
    reason: str = "",
    started_on: date | None = None,
    form_key: UUID | None = None,
) -> Partnership:
    """Bring cities together by hand, `{role: teams}`, with the reason in words; the associations that back them join
    by themselves. The same form makes it once. Raises TooFew, TooMany, ForeignTheme, UnfitTeam, NotInProgramme,
    ConstraintBroken (a city cannot mentor itself)."""
    if not is_enough(programme, cities):
        raise TooFew
    if theme is not None and theme.programme_id != programme.pk:
        raise ForeignTheme
    first = programme.stages.filter(retired=False, partnership=None).first()
    values = {"programme": programme, "theme": theme, "pairing_reason": reason, "current_stage": first}
    parts = [(role, team) for role, teams in cities.items() for team in teams]
    parts += [(Role.FACILITATOR, facilitator)] if facilitator else []

    def make(key: UUID | None) -> Partnership:
        return _pair(parts, day_of_change(programme, started_on), by, form_key=key, **values)

    return made_once(programme.partnerships.all(), form_key, make)


def _pair(parts: Iterable[tuple[str, Team]], day: date, by: User, **values: Any) -> Partnership:
    row = Partnership.objects.create(**values)
    for role, team in parts:
        begin(row, team, role, on=day, by=by)
    align_associations(row, on=day, by=by)
    record(by=by, verb="paired", target=row)
    return row


@transaction.atomic
def add_participation(
    *,
    partnership: Partnership,
    team: Team,
    role: str,
    by: User,
    reason: str = "",
    on: date | None = None,
    backs: Team | None = None,
) -> None:
    """A city, a facilitator or an association joins midway. An association joins behind the city team `backs`, in
    all partnerships of that city, once the city accepts it. Raises AssociationOfNobody and what `begin` raises."""
    row = open_and_locked(partnership)
    day = day_of_change(row.programme, on)
    if role in ASSOCIATION_ROLES:
        _back_through(row, role, team, backs, on=day, by=by)
    else:
        begin(row, team, role, on=day, by=by, reason=reason)
        align_associations(row, on=day, by=by, reason=reason)


@transaction.atomic
def end_participation(
    *, participation: Participation, by: User, reason: str, on: date | None = None, end_enrolment: bool = False
) -> None:
    """Somebody leaves midway; their team loses the partnership with this request, their texts stay theirs.

    With a city go the associations behind it; an association also stops backing the cities of that side.
    `end_enrolment` takes the organisation out of the programme as well. Raises AlreadyEnded, PartnershipOver."""
    partnership = open_and_locked(participation.partnership)
    old = locked(participation)
    day = day_of_change(partnership.programme, on, old.started_on)
    _leave(partnership, old, on=day, by=by, reason=reason)
    if end_enrolment:
        _leave_programme(old, on=day, by=by, reason=reason)


@transaction.atomic
def replace_participation(
    *, old: Participation, team: Team, reason: str, by: User, on: date | None = None, end_enrolment: bool = False
) -> None:
    """One row ends and the next begins in the same part, with the reason; history keeps both (G2).

    The associations of a replaced city make room for those of its successor; an association that is replaced hands
    over every city it backed here, as far as each accepts."""
    partnership = open_and_locked(old.partnership)
    row = locked(old)
    day = day_of_change(partnership.programme, on, row.started_on)
    cities = _backed_cities(partnership, row)
    _leave(partnership, row, on=day, by=by, reason=reason)
    if row.role in ASSOCIATION_ROLES:
        for city in cities:
            back(enrolment=city, association=team.enrolment.organisation, team=team, by=by, on=day)
    else:
        begin(partnership, team, row.role, on=day, by=by, reason=reason)
        align_associations(partnership, on=day, by=by, reason=reason)
    if end_enrolment:
        _leave_programme(row, on=day, by=by, reason=reason)


@transaction.atomic
def change_partnership(*, partnership: Partnership, theme: Theme | None, pairing_reason: str, by: User) -> Partnership:
    """Another theme, or the reason of the pairing worded anew. Raises ForeignTheme, PartnershipOver."""
    row = open_and_locked(partnership)
    if theme is not None and theme.programme_id != row.programme_id:
        raise ForeignTheme
    before, row.theme, row.pairing_reason = row.theme_id, theme, pairing_reason
    verb = "changed theme" if row.theme_id != before else "changed"
    row.save(update_fields=["theme", "pairing_reason", "updated_at"])
    record(by=by, verb=verb, target=row)
    return row


@transaction.atomic
def end_partnership(*, partnership: Partnership, by: User, on: date | None = None) -> Partnership:
    """The work is over: no more dates wait for anybody; its teams keep reading what is theirs. Raises AlreadyEnded."""
    row = locked(partnership)
    if row.ended_on is not None:
        raise AlreadyEnded
    row.ended_on = day_of_change(row.programme, on)
    row.save(update_fields=["ended_on", "updated_at"])
    mark_changed(row.stage_dates.all())
    refresh_summary(row)
    record(by=by, verb="ended", target=row)
    notices.tell("partnership.over", row.pk, by=by, partnership=row.pk)
    return row


@transaction.atomic
def reopen_partnership(*, partnership: Partnership, by: User) -> Partnership:
    row = locked(partnership)
    row.ended_on = None
    row.save(update_fields=["ended_on", "updated_at"])
    mark_changed(row.stage_dates.all())
    refresh_summary(row)
    record(by=by, verb="reopened", target=row)
    return row


@transaction.atomic
def record_dates(*, partnership: Partnership, dates: Mapping[Stage, Mapping[str, object]], by: User) -> None:
    """Per stage the columns of StageDate that somebody changed; others stay as they are, so that two people at the
    same page disturb each other only in the same box. Raises PartnershipOver, ForeignStage, ConstraintBroken."""
    row = open_and_locked(partnership)
    for stage, changed in dates.items():
        if not changed:
            continue
        if stage.programme_id != row.programme_id or stage.partnership_id not in (None, row.pk):
            raise ForeignStage
        entry, _made = StageDate.objects.get_or_create(partnership=row, stage=stage)
        for name, value in changed.items():
            if name == "planned_on":
                entry.agree(value)  # type: ignore[arg-type]
            else:
                setattr(entry, name, value)
        save_checked(entry, [*changed, "dropped_on"])
        record(by=by, verb="dated", target=entry)
        if "planned_on" in changed:
            _tell_of_date(entry, by)
    refresh_summary(row)


def _tell_of_date(entry: StageDate, by: User) -> None:
    """Of a day to come; one that is moved again within the hour is told once."""
    if entry.planned_on and not entry.finished_on and entry.planned_on >= clock.today():
        notices.tell("date.agreed", entry.pk, by=by, settles=True, partnership=entry.partnership_id)


@transaction.atomic
def set_current_stage(*, partnership: Partnership, stage: Stage | None, by: User) -> Partnership:
    """Where the partnership stands, said by people; the order of stages is never forced (L)."""
    row = open_and_locked(partnership)
    if stage is not None and (stage.programme_id != row.programme_id or stage.partnership_id not in (None, row.pk)):
        raise ForeignStage
    if row.current_stage_id != (stage.pk if stage else None):
        row.current_stage = stage
        row.save(update_fields=["current_stage", "updated_at"])
        record(by=by, verb="moved to stage", target=row)
    return row


@transaction.atomic
def choose_tools(*, partnership: Partnership, tools: Iterable[str], by: User) -> set[str]:
    """Switch tools on and off; off hides a tool and deletes nothing (X2). Gives the tools now in use."""
    row, wanted = open_and_locked(partnership), set(tools)
    if unknown := wanted - {tool.key for tool in all_tools()}:
        raise ValueError(f"There are no tools {sorted(unknown)}.")
    for tool in wanted ^ tools_in_use(row):
        ToolUse.objects.update_or_create(
            partnership=row, tool=tool, defaults={"in_use": tool in wanted, "changed_by": by}
        )
    record(by=by, verb="chose tools", target=row)
    return tools_in_use(Partnership.objects.get(pk=row.pk))


def _leave(partnership: Partnership, old: Participation, *, on: date, by: User, reason: str) -> None:
    """An association leaves by no longer backing the cities here, which ends its row; anybody else by its row."""
    if old.ended_on is not None:
        raise AlreadyEnded
    if old.role in ASSOCIATION_ROLES:
        cities = _backed_cities(partnership, old)
        for backing in Backing.objects.filter(enrolment__in=cities, team=old.team, ended_on=None):
            end_backing(backing=backing, by=by, reason=reason, on=max(on, backing.started_on))
        align_associations(partnership, on=on, by=by, reason=reason)
    else:
        finish(old, on=on, by=by, reason=reason)
        align_associations(partnership, on=on, by=by, reason=reason)


def _leave_programme(old: Participation, *, on: date, by: User, reason: str) -> None:
    enrolment = old.team.enrolment
    begun = enrolment.started_on
    end_enrolment(enrolment=enrolment, by=by, reason=reason, on=max(on, begun) if begun else on)


def _backed_cities(partnership: Partnership, association: Participation) -> list:
    """Enrolments of the cities on the association's side that it stands behind."""
    if association.role not in ASSOCIATION_ROLES:
        return []
    cities = partnership.participations.filter(role=CITY_BESIDE[Role(association.role)], ended_on=None)
    rows = Backing.objects.filter(team=association.team_id, ended_on=None, enrolment__teams__participations__in=cities)
    return [row.enrolment for row in rows.select_related("enrolment__programme").distinct()]


def _back_through(partnership: Any, role: str, team: Team, city: Team | None, *, on: date, by: User) -> None:
    beside = CITY_BESIDE[Role(role)]
    if city is None or not partnership.participations.filter(team=city, role=beside, ended_on=None).exists():
        raise AssociationOfNobody
    back(enrolment=city.enrolment, association=team.enrolment.organisation, team=team, by=by, on=on)
