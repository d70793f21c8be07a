"""Where a partnership stands: its stages and its stage line."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet

from programmes.common.prepared import prepared

from ..days import has_passed, today_in
from ..models import Partnership, Programme, Stage, StageDate


def stages_of(programme: Programme) -> list[Stage]:
    """The stages in use, in order."""
    return [stage for stage in all_stages_of(programme) if not stage.retired]


def all_stages_of(programme: Programme) -> list[Stage]:
    """Also those that are retired; kept on the object, so that a board reads them once."""
    if not hasattr(programme, "_stages"):
        keep_stages([programme], _stages({programme.pk}, set()))
    return programme._stages  # type: ignore[attr-defined]


def stages_around(partnerships: Iterable[Partnership]) -> list[Stage]:
    """Those of their programmes, which keep them, and their own, in one query."""
    rows = list(partnerships)
    programmes = {row.programme_id: row.programme for row in rows}
    found = _stages(set(programmes), {row.pk for row in rows})
    keep_stages(programmes.values(), found)
    return found


def keep_stages(programmes: Iterable[Programme], stages: Iterable[Stage]) -> None:
    for programme in programmes:
        mine = [row for row in stages if row.partnership_id is None and row.programme_id == programme.pk]
        programme._stages = mine  # type: ignore[attr-defined]


@prepared
def _stages(programmes: set[int], partnerships: set[int]) -> QuerySet[Stage]:
    common = Q(programme__in=programmes, partnership=None)
    return Stage.objects.filter(common | Q(partnership__in=partnerships))


def stages_with_own(partnership: Partnership, stages: Iterable[Stage] | None = None) -> list[Stage]:
    """The programme's stages in use with those of this partnership alone, each behind the stop it comes after; reads a
    prefetch of `own_stages`. Pass `stages` where many rows share a programme."""
    common = list(stages if stages is not None else stages_of(partnership.programme))
    own = [stage for stage in partnership.own_stages.all() if not stage.retired]
    shown = {stage.pk for stage in [*common, *own]}

    def with_followers(stop: Stage) -> Iterator[Stage]:
        yield stop
        for mine in own:
            if mine.after_id == stop.pk:
                yield from with_followers(mine)

    first = [stage for stage in own if stage.after_id not in shown]
    return [stop for stage in [*first, *common] for stop in with_followers(stage)]


def stage_line(partnership: Partnership, stages: Iterable[Stage] | None = None) -> list[dict]:
    """Stops for `components/stage_line.html`: `title`, `state` (done, current, ahead), `when` (a date or None).

    The current stage is what people recorded; a stage is done once it finished, or when the partnership stands
    behind it and no day to come is agreed for it. Pass `stages` where many rows share a programme."""
    dates = {row.stage_id: row for row in partnership.stage_dates.all()}
    here = partnership.current_stage
    today = today_in(partnership.programme)
    stops = stages_with_own(partnership, stages)
    place = _place_of(here, stops)
    return [_stop(stage, dates.get(stage.pk), number - place, today) for number, stage in enumerate(stops)]


def _place_of(here: Stage | None, stops: list[Stage]) -> float:
    """The number of the current stop, -1 without one; between two stops for a stage that is no longer in use."""
    if here is None:
        return -1
    if here in stops:
        return stops.index(here)
    return sum((stage.order, stage.pk) < (here.order, here.pk) for stage in stops) - 0.5


def _stop(stage: Stage, dates: StageDate | None, distance: float, today: date) -> dict:
    when = (dates.finished_on or dates.planned_on or dates.begun_on) if dates else None
    return {"title": str(stage), "state": _state(dates, distance, today), "when": when}


def _state(dates: StageDate | None, distance: float, today: date) -> str:
    """`distance` in stops from the current one."""
    if distance == 0:
        return "current"
    if dates and dates.finished_on:
        return "done"
    behind = distance < 0
    agreed = dates is not None and dates.planned_on is not None and not has_passed(dates.planned_on, today)
    return "done" if behind and not agreed else "ahead"
