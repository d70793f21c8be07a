"""What the cities tell each other: nobody else, whatever their office."""

from programmes.common.access import Access
from programmes.conversations.enums import OpenedTo
from programmes.conversations.services import consent, resolve
from programmes.partnerships.services.partnerships import end_participation

from ..roles import CITY_TEAMS, MENTEE_TEAM, NOBODY
from ..row import Row


def _conversation(name):
    return lambda world: (getattr(world, name).pk,)


def _opened(to, *sides):
    """The private conversation, opened to these by the sides."""

    def args(world):
        for side in sides:
            access = Access(getattr(world.cast, side))
            consent(conversation=world.conversation, to=to, agree=True, access=access)
        return (world.conversation.pk,)

    return args


def _resolved(world):
    resolve(conversation=world.plan_conversation, access=Access(world.cast.mentee))
    return (world.plan_conversation.pk,)


def _kept(world):
    """What a city asked its support group, after its part."""
    (part,) = world.partnership.current_in("mentee")
    end_participation(participation=part, reason="Elections", by=world.cast.coordinator)
    return (world.group_conversation.pk,)


def _read_by(case, args, who):
    """It is read by those whose word it is; whoever reads it may answer."""
    words = {"data": lambda w: {"text": "In the library, on Tuesdays."}, "needs": ("text",)}
    return [
        Row("conversations:conversation", args, get=who, case=case),
        Row("conversations:reply", args, get=who, post=who, case=case, **words),
    ]


CITIES = ("mentee", "mentor")
TO_FACILITATOR = {"to": OpenedTo.FACILITATOR.value, "agree": "yes"}

ROWS = [
    *_read_by("private", _conversation("conversation"), CITY_TEAMS),
    *_read_by("one side agreed", _opened(OpenedTo.FACILITATOR, "mentor"), CITY_TEAMS),
    *_read_by("opened to facilitator", _opened(OpenedTo.FACILITATOR, *CITIES), CITY_TEAMS | {"facilitator"}),
    *_read_by(
        "opened to associations",
        _opened(OpenedTo.ASSOCIATIONS, *CITIES),
        CITY_TEAMS | {"mentee_association", "mentor_association"},
    ),
    *_read_by("plan", _conversation("plan_conversation"), CITY_TEAMS | {"mentee_association"}),
    *_read_by("group", _conversation("group_conversation"), MENTEE_TEAM | {"group_member"}),
    Row("conversations:conversation", _kept, get=MENTEE_TEAM, case="kept"),
    Row("conversations:reply", _kept, get=NOBODY, post=NOBODY, forbidden=MENTEE_TEAM, case="kept"),
    Row("assessments:conversation", _conversation("conversation"), get=CITY_TEAMS, method_first=True),
    Row("conversations:seen", _conversation("conversation"), post=CITY_TEAMS),
    # Those to whom it belongs settle it; who only reads along does not.
    Row("conversations:resolve", _conversation("conversation"), post=CITY_TEAMS),
    Row(
        "conversations:resolve",
        _conversation("plan_conversation"),
        post=CITY_TEAMS,
        forbidden=frozenset({"mentee_association"}),
        case="plan",
    ),
    Row("conversations:reopen", _resolved, post=CITY_TEAMS, forbidden=frozenset({"mentee_association"})),
    # Each city lets others read what it said to the other city alone.
    Row("conversations:open", _conversation("conversation"), post=CITY_TEAMS, data=lambda w: TO_FACILITATOR),
    Row(
        "conversations:open",
        _opened(OpenedTo.FACILITATOR, *CITIES),
        post=CITY_TEAMS,
        forbidden=frozenset({"facilitator"}),
        data=lambda w: TO_FACILITATOR,
        case="opened to facilitator",
    ),
    Row(
        "conversations:open",
        _conversation("plan_conversation"),
        post=frozenset(),
        forbidden=CITY_TEAMS | {"mentee_association"},
        data=lambda w: TO_FACILITATOR,
        case="plan",
    ),
]
