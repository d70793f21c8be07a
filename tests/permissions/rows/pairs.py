"""A partnership from pairing to its end."""

from datetime import date

from programmes.partnerships.services.enrolments import enrol
from programmes.partnerships.services.partnerships import end_partnership, record_dates
from programmes.partnerships.services.stages import add_own_stage
from tests.cast import staging

from ..roles import CITY_TEAMS, COORDINATION, IN_PARTNERSHIP, SEES_PARTNERSHIP, SEES_PROGRAMME
from ..row import Row

RECORDERS = CITY_TEAMS | COORDINATION | {"facilitator"}
"""Who says where a partnership stands."""


def _partnership(world):
    return (world.partnership.pk,)


def _mentee_part(world):
    return (world.partnership.current_in("mentee")[0].pk,)


def _mentor_part(world):
    return (world.partnership.current_in("mentor")[0].pk,)


def _pair(world):
    return {
        "mentee": str(world.teams["mentee"].pk),
        "mentor": [str(world.teams["mentor"].pk)],
        "theme": str(world.programme.themes.get().pk),
        "reason": "Both have a port.",
    }


def _many(world):
    city, by = staging.organisation("city", "Newtown", "LV"), world.cast.coordinator
    team = enrol(programme=world.programme, organisation=city, role="mentee", by=by).teams.get()
    return {f"mentor-{team.pk}": str(world.teams["mentor"].pk)}


def _theme(world):
    return {"theme": str(world.programme.themes.get().pk), "pairing_reason": "Both have a port."}


def _dates(world):
    stage = _agreed(world)
    return {"current_stage": str(stage.pk), f"stage-{stage.pk}-planned_on": "2027-02-01"}


def _agreed(world):
    stage = world.programme.stages.first()
    agreed = {stage: {"planned_on": date(2027, 1, 1)}}
    record_dates(partnership=world.partnership, dates=agreed, by=world.cast.mentee)
    return stage


def _date(world):
    return (world.partnership.stage_dates.get(stage=_agreed(world)).pk,)


def _own_stage(world):
    by, after = world.cast.mentee, world.programme.stages.first()
    return (add_own_stage(partnership=world.partnership, title={"en": "Open day"}, after=after, by=by).pk,)


def _successor(world):
    return {"team": str(world.teams["other_city"].pk), "reason": "Elections changed the priorities."}


def _facilitator(world):
    return {"team": str(world.teams["other_facilitator"].pk), "reason": "Two see more."}


def _ended(world):
    end_partnership(partnership=world.partnership, by=world.cast.coordinator)
    return _partnership(world)


def _by_coordinator(name, args=_partnership, **more):
    return Row(f"partnerships:{name}", args, get=COORDINATION, post=COORDINATION, forbidden=IN_PARTNERSHIP, **more)


ROWS = [
    Row(
        "partnerships:pair",
        lambda w: (w.programme.pk,),
        get=COORDINATION,
        post=COORDINATION,
        forbidden=SEES_PROGRAMME - COORDINATION,
        data=_pair,
        needs=("mentee", "mentor"),
    ),
    Row(
        "partnerships:pair_many",
        lambda w: (w.programme.pk,),
        get=COORDINATION,
        post=COORDINATION,
        forbidden=SEES_PROGRAMME - COORDINATION,
        data=_many,
    ),
    Row(
        "partnerships:common_day",
        lambda w: (w.programme.stages.get(key="academies").pk,),
        get=COORDINATION,
        post=COORDINATION,
        forbidden=SEES_PROGRAMME - COORDINATION,
        data=lambda w: {"planned_on": "2027-02-01", "partnerships": [str(w.partnership.pk)]},
        needs=("planned_on", "partnerships"),
    ),
    Row(
        "partnerships:facilitator_replace",
        lambda w: (w.programme.pk,),
        get=COORDINATION,
        post=COORDINATION,
        forbidden=SEES_PROGRAMME - COORDINATION,
        data=lambda w: {
            "old": str(w.teams["facilitator"].pk),
            "new": str(w.teams["other_facilitator"].pk),
            "reason": "The contract ended.",
        },
        needs=("old", "new", "reason"),
    ),
    Row("partnerships:history", _partnership, get=SEES_PARTNERSHIP),
    _by_coordinator("partnership_change", data=_theme),
    _by_coordinator("take_part", lambda w: (w.partnership.pk, "facilitator"), data=_facilitator, needs=("team",)),
    _by_coordinator("partnership_end"),
    Row(
        "partnerships:keep_conversations",
        _partnership,
        post=CITY_TEAMS,
        forbidden=SEES_PARTNERSHIP - CITY_TEAMS,
        data=lambda w: {"keep": ""},
    ),
    Row("partnerships:partnership_reopen", _ended, post=COORDINATION, forbidden=IN_PARTNERSHIP),
    Row(
        "partnerships:dates",
        _partnership,
        get=RECORDERS,
        post=RECORDERS,
        forbidden=SEES_PARTNERSHIP - RECORDERS,
        data=_dates,
    ),
    # The support group of one of the cities sees its dates, and nothing else of the partnership.
    Row("partnerships:date_file", _date, get=SEES_PARTNERSHIP | {"group_member"}, method_first=True),
    Row(
        "partnerships:own_stage_add",
        _partnership,
        get=RECORDERS,
        post=RECORDERS,
        forbidden=SEES_PARTNERSHIP - RECORDERS,
        data=lambda w: {"title_en": "Open day", "title_es": "Jornada abierta"},
        needs=("title_en+title_es",),
    ),
    Row(
        "partnerships:own_stage_retire",
        _own_stage,
        get=RECORDERS,
        post=RECORDERS,
        forbidden=SEES_PARTNERSHIP - RECORDERS,
    ),
    Row(
        "partnerships:tools",
        _partnership,
        get=CITY_TEAMS,
        post=CITY_TEAMS,
        forbidden=SEES_PARTNERSHIP - CITY_TEAMS,
        data=lambda w: {"tools": ["action_plan"]},
    ),
    _by_coordinator("replace", _mentee_part, data=_successor, needs=("team", "reason")),
    _by_coordinator("leave", _mentor_part, data=lambda w: {"reason": "A new task."}, needs=("reason",)),
]
