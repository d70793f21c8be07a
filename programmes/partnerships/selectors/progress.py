"""Where a partnership stands: its stage line, its next date, its tools, who may write in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from programmes.common.access import Access

from ..boundary import current, places_of
from ..days import today_in
from ..enums import CITY_ROLES, Role
from ..models import Participation, Partnership, Programme, Stage, StageDate, Team


def stages_of(programme: Programme) -> list[Stage]:
    """The stages in use, in order; kept on the object, so that a board reads them once."""
    if not hasattr(programme, "_stages"):
        programme._stages = [stage for stage in programme.stages.all() if not stage.retired]  # type: ignore[attr-defined]
    return programme._stages  # type: ignore[attr-defined]


def stage_line(partnership: Partnership, stages: Iterable[Stage] | None = None) -> list[dict]:
    """Stops for `components/stage_line.html`: `title`, `state` (done, current, ahead), `when` (a date or None).

    The current stage is what people recorded; a stage is done once it finished, or when the partnership stands
    behind it and no day to come is agreed for it. Pass `stages` where many rows share a programme."""
    dates = {row.stage_id: row for row in partnership.stage_dates.all()}
    here = partnership.current_stage
    today = today_in(partnership.programme)
    stops = stages if stages is not None else stages_of(partnership.programme)
    return [_stop(stage, dates.get(stage.pk), here, today) for stage in stops]


def _stop(stage: Stage, dates: StageDate | None, here: Stage | None, today: date) -> dict:
    when = (dates.finished_on or dates.planned_on or dates.begun_on) if dates else None
    return {"title": str(stage), "state": _state(stage, dates, here, today), "when": when}


def _state(stage: Stage, dates: StageDate | None, here: Stage | None, today: date) -> str:
    if here is not None and stage.pk == here.pk:
        return "current"
    if dates and dates.finished_on:
        return "done"
    behind = here is not None and (stage.order, stage.pk) < (here.order, here.pk)
    agreed = dates is not None and dates.planned_on is not None and dates.planned_on >= today
    return "done" if behind and not agreed else "ahead"


@dataclass(frozen=True)
class NextDate:
    """The next agreed day of a partnership; `passed` when it went by and the stage is not finished."""

    on: date
    stage: Stage
    note: str
    passed: bool


def next_date(partnership: Partnership) -> NextDate | None:
    """The earliest agreed day of an unfinished stage, as `next_due` has it; reads a prefetch of `stage_dates`."""
    if partnership.ended_on is not None:
        return None
    rows = [row for row in partnership.stage_dates.all() if not row.finished_on and not row.stage.retired]
    agreed = [(row.planned_on, row.pk, row) for row in rows if row.planned_on]
    if not agreed:
        return None
    day, _pk, first = min(agreed)
    return NextDate(day, first.stage, first.note, day < today_in(partnership.programme))


def tools_in_use(partnership: Partnership) -> set[str]:
    """What the programme proposes, changed by what the cities of the partnership switched on and off (X2)."""
    chosen = {row.tool: row.in_use for row in partnership.tool_uses.all()}
    proposed = set(partnership.programme.tools_proposed)
    return {tool for tool in proposed if chosen.get(tool, True)} | {tool for tool, on in chosen.items() if on}


def facilitator_may_write(access: Access, city_team: Team) -> bool:
    """Whether the person, a facilitator of a partnership of this city's team, was allowed by it to write for it."""
    if city_team.facilitator_may_write_at is None:
        return False
    mine = Participation.objects.filter(current(), role=Role.FACILITATOR, team__in=places_of(access).teams)
    together = Participation.objects.filter(
        current(), team=city_team, partnership__in=mine.values("partnership"), role__in=CITY_ROLES
    )
    return together.exists()
