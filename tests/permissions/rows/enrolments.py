"""Who takes part in a programme: enrolments and the associations behind cities."""

from programmes.partnerships.services.backings import back
from programmes.partnerships.services.enrolments import enrol
from programmes.partnerships.services.prepared import prepare
from tests.cast import staging

from ..roles import COORDINATION, FOUNDERS, MENTEE_TEAM, SEES_PROGRAMME
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


def _prepared(team, world):
    details = {"name": "An", "email": "an@example.org", "function": "", "language": "en"}
    return (prepare(team=team, by=world.cast.coordinator, **details).pk,)


def _of_mentee(world):
    return _prepared(world.teams["mentee"], world)


def _of_nobody(world):
    """Into a team in which nobody ever was."""
    city, by = staging.organisation("city", "Newtown", "LV"), world.cast.coordinator
    return _prepared(enrol(programme=world.programme, organisation=city, role="mentee", by=by).teams.get(), world)


LIST = "Organisation\tRole\tName\tE-mail\nMechelen\tmentor\tAn\tan@example.org"


ROWS = [
    changes("list_add", data=lambda w: {"text": LIST, "language": "en"}, needs=("text", "language"), done=200),
    Row("partnerships:prepared", programme_of, get=FOUNDERS, forbidden=NOT_FOUNDERS),
    Row("partnerships:prepared_all", programme_of, post=COORDINATION, forbidden=SEES_PROGRAMME - COORDINATION),
    Row("partnerships:prepared_invite", _of_mentee, post=MENTEE_TEAM, forbidden=COORDINATION),
    Row("partnerships:prepared_invite", _of_nobody, post=COORDINATION, case="nobody yet"),
    Row("partnerships:prepared_discard", _of_mentee, post=MENTEE_TEAM | COORDINATION),
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
