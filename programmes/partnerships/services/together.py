"""What a coordinator does to many partnerships in one step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record_many
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.notices.services import tell_many

from ..enums import Role
from ..models import Participation, Partnership, Programme, Stage, StageDate, Team, Theme
from .participations import PartnershipOver
from .partnerships import ForeignStage, create_partnership, replace_participation
from .summary import refresh_due


class NothingChosen(Refusal):
    message = _("Choose at least one partnership.")


class PairRefused(Refusal):
    """One of several pairs cannot be; `mentee` says which."""

    def __init__(self, mentee: Team, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.mentee = mentee


@dataclass(frozen=True)
class Pairing:
    """A row of the page that pairs many."""

    mentee: Team
    mentors: tuple[Team, ...]
    facilitator: Team | None
    theme: Theme | None


@transaction.atomic
def pair_many(*, programme: Programme, pairings: Iterable[Pairing], by: User, form_key: UUID | None = None) -> int:
    """A partnership for each; gives their number. All or none; the same form makes them once. Raises PairRefused."""
    number = 0
    for row in pairings:
        key = uuid5(form_key, str(row.mentee.pk)) if form_key else None
        cities = {Role.MENTEE: [row.mentee], Role.MENTOR: row.mentors}
        words = {"theme": row.theme, "facilitator": row.facilitator, "form_key": key}
        try:
            create_partnership(programme=programme, cities=cities, by=by, **words)  # type: ignore[arg-type]
        except Refusal as refusal:
            raise PairRefused(row.mentee, refusal) from refusal
        number += 1
    return number


@transaction.atomic
def agree_day(*, partnerships: Iterable[Partnership], stage: Stage, planned_on: date, note: str, by: User) -> int:
    """The same agreed day and note for a stage of several partnerships, such as an academy of all; gives their number.
    All or none, in as many queries for thousands as for one. Raises NothingChosen, PartnershipOver, ForeignStage."""
    asked = [row.pk for row in partnerships]
    rows = list(Partnership.objects.select_for_update().filter(pk__in=asked).order_by("pk"))
    if not rows:
        raise NothingChosen
    if any(row.ended_on for row in rows):
        raise PartnershipOver
    if stage.partnership_id is not None or {row.programme_id for row in rows} != {stage.programme_id}:
        raise ForeignStage
    agreed = {"planned_on": planned_on, "note": note}
    there = StageDate.objects.filter(stage=stage, partnership__in=rows)
    dated = set(there.values_list("partnership", flat=True))
    as_before = set(there.filter(planned_on=planned_on).values_list("pk", flat=True))
    there.update(**agreed, dropped_on=None, updated_at=clock.now())
    StageDate.objects.bulk_create(
        [StageDate(partnership=row, stage=stage, **agreed) for row in rows if row.pk not in dated]
    )
    refresh_due(Partnership.objects.filter(pk__in=[row.pk for row in rows]))
    record_many(by=by, verb="dated", targets=there)
    if planned_on >= clock.today():
        changed = there.filter(finished_on=None).exclude(pk__in=as_before).values_list("pk", "partnership")
        tell_many("date.agreed", {pk: {"partnership": partnership} for pk, partnership in changed}, by=by)
    return len(rows)


def facilitated_by_team(programme: Programme, team: Team) -> list[Participation]:
    """Running partnerships that a team facilitates, as its participations."""
    rows = Participation.objects.filter(role=Role.FACILITATOR, team=team, ended_on=None)
    rows = rows.filter(partnership__programme=programme, partnership__ended_on=None)
    return list(rows.select_related("partnership__programme", "team__enrolment").order_by("partnership__sort_name"))


@transaction.atomic
def replace_facilitator(
    *, programme: Programme, old: Team, new: Team, reason: str, by: User, on: date | None = None
) -> int:
    """Another team facilitates wherever `old` did; gives the number of partnerships. Where `new` facilitates already,
    `old` only leaves. Raises NothingChosen and what `replace_participation` raises."""
    rows = facilitated_by_team(programme, old)
    if not rows:
        raise NothingChosen(_("This team facilitates no partnership at the moment."))
    for row in rows:
        replace_participation(old=row, team=new, reason=reason, by=by, on=on)
    return len(rows)
