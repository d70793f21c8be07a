"""My work, the board, a partnership's home."""

from ..roles import COORDINATION, SEES_PARTNERSHIP, SEES_PROGRAMME, SIGNED_IN
from ..row import Row


def _programme(world):
    return (world.programme.pk,)


ROWS = [
    Row("overview:my_work", get=SIGNED_IN),
    Row("overview:start", get=SIGNED_IN),
    Row("overview:beside", get=SIGNED_IN),
    Row("overview:my_partnerships", get=SIGNED_IN),
    Row("overview:partnership_news", lambda w: (w.partnership.pk,), get=SEES_PARTNERSHIP),
    Row("overview:board", _programme, get=SEES_PROGRAMME),
    Row("overview:board_csv", _programme, get=SEES_PROGRAMME),
    Row(
        "overview:board",
        lambda w: (w.other_programme.pk,),
        get=frozenset({"other_programme", "administrator"}),
        case="other programme",
    ),
    Row("overview:pair_compare", _programme, get=COORDINATION, forbidden=SEES_PROGRAMME - COORDINATION),
    Row("overview:partnership", lambda w: (w.partnership.pk,), get=SEES_PARTNERSHIP),
]
