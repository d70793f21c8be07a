"""My work, the board, a partnership's home."""

from programmes.partnerships.services.partnerships import end_participation

from ..roles import COORDINATION, MENTEE_TEAM, SEES_PARTNERSHIP, SEES_PROGRAMME, SIGNED_IN
from ..row import Row


def _programme(world):
    return (world.programme.pk,)


def _partnership(world):
    return (world.partnership.pk,)


def _mentor_left(world):
    """Without the programme: Riverton has shared its needs and its plan with it."""
    part = world.partnership.participations.get(role="mentor", ended_on=None)
    end_participation(participation=part, by=world.cast.coordinator, reason="Elections.")
    return (world.teams["mentor"].pk,)


ROWS = [
    Row("overview:left_reader", _mentor_left, get=MENTEE_TEAM, post=MENTEE_TEAM, case="the mentor left"),
    Row("overview:my_work", get=SIGNED_IN),
    Row("overview:start", get=SIGNED_IN),
    Row("overview:waiting_number", get=SIGNED_IN),
    Row("overview:my_groups", get=SIGNED_IN),
    Row("overview:partnerships", get=SIGNED_IN),
    Row("overview:programme", get=SIGNED_IN),
    Row("overview:shared", get=SIGNED_IN),
    Row("overview:forms", _partnership, get=SEES_PARTNERSHIP),
    Row("overview:plan", _partnership, get=SEES_PARTNERSHIP),
    Row("overview:conversations", _partnership, get=SEES_PARTNERSHIP),
    Row("overview:board", _programme, get=SEES_PROGRAMME),
    Row("overview:beside", _programme, get=SEES_PROGRAMME),
    Row("overview:board_csv", _programme, get=SEES_PROGRAMME),
    Row(
        "overview:board",
        lambda w: (w.other_programme.pk,),
        get=frozenset({"other_programme", "administrator"}),
        case="other programme",
    ),
    Row("overview:pair_compare", _programme, get=COORDINATION, forbidden=SEES_PROGRAMME - COORDINATION),
    Row("overview:partnership", _partnership, get=SEES_PARTNERSHIP),
]
