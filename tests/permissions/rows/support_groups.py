"""A support group is the team's that keeps it, and its facilitator's to see."""

from ..roles import MENTEE_TEAM, SIGNED_IN
from ..row import Row

FACILITATOR = frozenset({"facilitator"})
PROGRAMME = SIGNED_IN - {"superior", "group_member", "former_member", "other_programme"}
"""Who sees that the teams are there at all."""


def _group(world):
    return (world.group.pk,)


def _lines(world):
    management = {"members-TOTAL_FORMS": "1", "members-INITIAL_FORMS": "0"}
    return {
        "name": "Open table",
        "members-0-name": "Head of the library",
        "members-0-sector": "public_body",
    } | management


ROWS = [
    Row(
        "partnerships:support_group_add",
        lambda world: (world.teams["mentee"].pk,),
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=PROGRAMME - MENTEE_TEAM,
        data=_lines,
    ),
    Row(
        "partnerships:support_group_add",
        lambda world: (world.teams["other_city"].pk,),
        get=frozenset({"other_city"}),
        post=frozenset({"other_city"}),
        forbidden=PROGRAMME - {"other_city"},
        data=_lines,
        case="other city",
    ),
    Row("partnerships:support_group", _group, get=MENTEE_TEAM | FACILITATOR),
    Row(
        "partnerships:support_group_change",
        _group,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=FACILITATOR,
        data=_lines,
    ),
    Row("partnerships:support_group_rest", _group, post=MENTEE_TEAM, forbidden=FACILITATOR),
    Row("partnerships:support_group_wake", _group, post=MENTEE_TEAM, forbidden=FACILITATOR),
    Row(
        "partnerships:support_group_hand_on",
        _group,
        get=MENTEE_TEAM,
        post=MENTEE_TEAM,
        forbidden=FACILITATOR,
        data=lambda w: {"team": w.teams["mentor"].pk},
        done=200,
        needs=("team",),
    ),
]
