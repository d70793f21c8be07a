"""Who takes part in a programme: enrolments and the associations behind cities."""

from programmes.partnerships.services.backings import back
from tests.cast import staging

from ..roles import FOUNDERS, MENTEE_TEAM, SEES_PROGRAMME
from ..row import Row
from .programmes import NOT_FOUNDERS, changes, programme_of, theme


def _newcomer(kind, name):
    return str(staging.organisation(kind, name, "LV").pk)


def _enrolment(world):
    return (world.teams["mentee"].enrolment_id,)


def _facilitator_enrolment(world):
    return (world.teams["facilitator"].enrolment_id,)


def _backing(world):
    return (world.teams["mentee"].enrolment.backings.get().pk,)


def _proposed_backing(world):
    association = world.teams["mentor_association"].enrolment.organisation
    city = world.teams["mentee"].enrolment
    return (back(enrolment=city, association=association, by=world.cast.coordinator).pk,)


ROWS = [
    Row("partnerships:people", programme_of, get=SEES_PROGRAMME),
    changes(
        "enrol",
        lambda w: (w.programme.pk, "mentee"),
        data=lambda w: {"organisation": _newcomer("city", "Newtown"), "themes": [str(theme(w)[0])]},
        needs=("organisation",),
    ),
    changes(
        "enrol",
        lambda w: (w.programme.pk, "facilitator"),
        data=lambda w: {"organisation": _newcomer("facilitator", "New Lab")},
        needs=("organisation",),
        case="facilitator",
    ),
    Row("partnerships:enrolment", _enrolment, get=SEES_PROGRAMME),
    changes(
        "enrolment_change",
        _enrolment,
        data=lambda w: {"role": "both", "themes": [str(theme(w)[0])]},
        needs=("role",),
    ),
    changes(
        "backing_add",
        _enrolment,
        data=lambda w: {"association": _newcomer("association", "Second union")},
        needs=("association",),
    ),
    changes("team_add", _facilitator_enrolment, data=lambda w: {"name": "Second"}, needs=("name",)),
    changes("enrolment_end", _enrolment, data=lambda w: {"reason": "Elections"}),
    Row(
        "partnerships:backing_end",
        _backing,
        post=FOUNDERS | MENTEE_TEAM,
        forbidden=NOT_FOUNDERS - MENTEE_TEAM,
    ),
    Row(
        "partnerships:backing_accept",
        _proposed_backing,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=SEES_PROGRAMME - MENTEE_TEAM,
    ),
]
