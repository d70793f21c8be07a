"""My work, the board, a partnership's home."""

from programmes.accounts.calendar_feeds import make_feed, token_of
from programmes.common.access import Access
from programmes.partnerships.services.letters import write
from programmes.partnerships.services.partnerships import end_participation

from ..roles import COORDINATION, EVERYBODY, MENTEE_TEAM, SEES_PARTNERSHIP, SEES_PROGRAMME, SIGNED_IN
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


def _feed(world):
    return (token_of(make_feed(user=world.cast.mentee)),)


def _letter(world):
    """To both cities, by the facilitator."""
    access = Access(world.cast.facilitator)
    words = {"subject": "A letter", "text": "To both of you.", "to": "pair"}
    return (write(programme=world.programme, partnership=world.partnership, access=access, **words).pk,)


LETTER = {"subject": "The seminar", "text": "It begins at nine."}
FACILITATION = frozenset({"facilitator", "other_facilitator"})
LOOKS_AFTER = COORDINATION | {"facilitator"}

ROWS = [
    Row(
        "partnerships:write",
        _programme,
        get=COORDINATION | FACILITATION,
        post=COORDINATION | FACILITATION,
        forbidden=SEES_PROGRAMME - COORDINATION - FACILITATION,
        data=lambda w: LETTER | {"to": "mentees"},
        needs=("to", "subject", "text"),
    ),
    Row(
        "partnerships:write_to_pair",
        _partnership,
        get=LOOKS_AFTER,
        post=LOOKS_AFTER,
        forbidden=SEES_PARTNERSHIP - LOOKS_AFTER,
        data=lambda w: LETTER,
        needs=("subject", "text"),
    ),
    Row("partnerships:letter", _letter, get=MENTEE_TEAM | {"mentor", "facilitator"}, method_first=True),
    Row("overview:left_reader", _mentor_left, get=MENTEE_TEAM, post=MENTEE_TEAM, case="the mentor left"),
    Row("overview:my_work", get=SIGNED_IN),
    Row("overview:start", get=SIGNED_IN),
    Row("overview:waiting_number", get=SIGNED_IN),
    Row("overview:my_groups", get=SIGNED_IN),
    Row("overview:partnerships", get=SIGNED_IN),
    Row("overview:calendar", get=SIGNED_IN),
    Row(
        "overview:calendar",
        query_of=lambda w: f"?partnership={w.partnership.pk}",
        get=SEES_PARTNERSHIP,
        case="of a partnership",
        method_first=True,
    ),
    Row(
        "overview:calendar",
        query_of=lambda w: f"?programme={w.programme.pk}",
        get=SEES_PROGRAMME,
        case="of a programme",
        method_first=True,
    ),
    Row("overview:calendar_address", get=SIGNED_IN, post=SIGNED_IN, data=lambda w: {"do": "make"}, needs=()),
    # Its address is a key: whose dates it shows is tested in tests/calendars.
    Row("overview:calendar_feed", _feed, get=EVERYBODY),
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
