"""Which conversations wait for whom: those whose turn is the person's, and offers to open one to others."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from programmes.common.addresses import address
from programmes.common.markup import first_words
from programmes.common.waiting import Kind, Waiting, WaitingText, as_rows
from programmes.links.models import PersonalLink
from programmes.links.services import OPEN
from programmes.partnerships.asking import NOW, WaitingQuery
from programmes.partnerships.boundary import current
from programmes.partnerships.enums import TeamRole

from .boundary import ONLY_STEERS, sides_that_left
from .enums import OpenedTo
from .models import Consent, Message, Reader
from .tool_use import shown, shown_about

BY_TEAM = "team__participations__readings__"
BY_GROUP = "group__readings__"

QUOTED = 400
"""Characters of the last message, of which `first_words` shows less."""

Found = tuple[QuerySet, str]
"""Rows, each a person and a conversation, and the path to the conversation."""


def whose_turn_it_is(asked: WaitingQuery, about: str) -> Iterator[Found]:
    """Open conversations about something (`about`, a relation of theirs) that wait for a side of a person's: for all
    but the one that spoke last, and for nobody once a side is gone. A support group reads what the team that keeps it
    asks, see `boundary.readings`."""
    if asked.roles - ONLY_STEERS:
        mine = Q(current("team__participations__"), _open(BY_TEAM, about), **{f"{BY_TEAM}is_side": True})
        rows = _with_last_word(asked, asked.seats().filter(mine), BY_TEAM)
        yield rows.filter(~_spoke(asked), ~_gone()), f"{BY_TEAM}conversation"
    if asked.has_groups:
        keeper = Reader.objects.filter(
            current("participation__"),
            conversation=OuterRef("of_conversation"),
            is_side=True,
            participation__team=OuterRef("group__team"),
        )
        mine = Q(_open(BY_GROUP, about), **{f"{BY_GROUP}is_side": True})
        rows = _with_last_word(asked, asked.group_seats().filter(mine), BY_GROUP)
        yield rows.filter(Exists(keeper), ~_spoke(asked)), f"{BY_GROUP}conversation"


def whose_answer_is_awaited(asked: WaitingQuery, about: str) -> Iterator[Found]:
    """The reverse: open ones in which a team of the person's spoke last. Who only coordinates takes part in nothing."""
    if not asked.roles - ONLY_STEERS:
        return
    mine = Q(current("team__participations__"), _open(BY_TEAM, about))
    rows = _with_last_word(asked, asked.seats().filter(mine), BY_TEAM).filter(of_reader=F("last_reader"))
    yield rows.filter(~_gone()), f"{BY_TEAM}conversation"


def _gone() -> Exists:
    """A city whose conversation it is takes part no more: nobody reads an answer, and none will come."""
    return Exists(sides_that_left(OuterRef("of_conversation")))


def _open(reading: str, about: str) -> Q:
    open_ones = {
        f"{reading}closed_at": None,
        f"{reading}conversation__resolved_at": None,
        f"{reading}conversation__{about}__isnull": False,
        f"{reading}conversation__messages__isnull": False,
    }
    return shown_about(about, f"{reading}conversation__") & Q(**open_ones)


def _with_last_word(asked: WaitingQuery, rows: QuerySet, reading: str) -> QuerySet:
    """Of rows with a message of the conversation each, those with the last; with `last_reader`, `last_at`, `last_city`
    (empty: the local support group), `last_words`, `said` (how many messages), `first_side`, `second_side` and
    `other_side`, names of cities."""
    message = f"{reading}conversation__messages"
    rows = rows.alias(
        of_conversation=F(f"{reading}conversation"),
        of_reader=F(f"{reading}pk"),
        of_message=F(message),
        last_reader=F(f"{message}__reader"),
        last_at=F(f"{message}__at"),
        last_words=Left(f"{message}__text", QUOTED),
    )
    words = Message.objects.filter(conversation=OuterRef("of_conversation"))
    speaker = Reader.objects.filter(pk=OuterRef("last_reader"))
    rows = rows.filter(~Exists(words.filter(pk__gt=OuterRef("of_message"))))
    return rows.alias(
        last_city=Subquery(speaker.values("participation__organisation__name")),
        said=Subquery(words.order_by().values("conversation").annotate(n=Count("pk")).values("n")),
        **_sides(asked),
    )


def _sides(asked: WaitingQuery) -> dict[str, Subquery]:
    """Names of the cities whose conversation it is; `other_side` is none of the person's."""
    sides = Reader.objects.filter(conversation=OuterRef("of_conversation"), is_side=True, participation__isnull=False)
    names = sides.order_by("pk").values("participation__organisation__name")
    own = asked.sits_in("participation__team", OuterRef(OuterRef("person_id")))
    return {
        "first_side": Subquery(names[:1]),
        "second_side": Subquery(names[1:2]),
        "other_side": Subquery(names.filter(~own)[:1]),
    }


def _spoke(asked: WaitingQuery) -> Exists:
    """The person's team or group spoke last."""
    person = OuterRef(OuterRef("person_id"))
    own = asked.sits_in("participation__team", person) | asked.sits_in_group("support_group", person)
    return Exists(Reader.objects.filter(own, pk=OuterRef("last_reader")))


def names_of_sides(row: Waiting) -> str:
    """Of a row with the data `SIDES`: “Riverton — Harbourg”."""
    return " — ".join(filter(None, [row.data["first_side"], row.data["second_side"]]))


SIDES = {"first_side": "first_side", "second_side": "second_side", "other_side": "other_side"}
LAST = {"last_city": "last_city", "said": "said", "words": "last_words"}


def whose_words(row: Waiting) -> str:
    """Of a row with the data `LAST`: the city that spoke last, or the group."""
    return row.data["last_city"] or _("The local support group")


def _to_agree(asked: WaitingQuery) -> Iterable[QuerySet]:
    yield _offers(asked, "opening.proposed", agreed=False)


def _agreed(asked: WaitingQuery) -> Iterable[QuerySet]:
    yield _offers(asked, "opening.unanswered", agreed=True)


def _offers(asked: WaitingQuery, key: str, *, agreed: bool) -> QuerySet:
    """Openings to which some sides agreed and others did not; `agreed` says on which side the person's team is."""
    opening = f"{BY_TEAM}conversation__openings"
    mine = {f"{BY_TEAM}is_side": True, f"{BY_TEAM}closed_at": None, f"{opening}__isnull": False}
    there = current("team__participations__") & shown(f"{BY_TEAM}conversation__")
    rows = asked.seats().filter(there, team__role=TeamRole.CITY, **mine)
    rows = rows.alias(
        of_reader=F(f"{BY_TEAM}pk"), of_conversation=F(f"{BY_TEAM}conversation"), of_opening=F(opening), **_sides(asked)
    )
    sides = Reader.objects.filter(conversation=OuterRef("of_conversation"), is_side=True)
    consents = Consent.objects.filter(opening=OuterRef("of_opening"))
    given = Exists(consents.filter(reader=OuterRef("of_reader")))
    missing = ~Exists(Consent.objects.filter(reader=OuterRef("pk"), opening=OuterRef(OuterRef("of_opening"))))
    rows = rows.filter(
        Exists(consents),
        given if agreed else ~given,
        Exists(sides.filter(missing)),
        ~Exists(sides.exclude(current("participation__"))),
    )
    partnership = f"{BY_TEAM}conversation__partnership"
    return as_rows(
        rows,
        key,
        subject=opening,
        person="person_id",
        partnership=partnership,
        programme=f"{partnership}__programme",
        since=Subquery(consents.order_by("at").values("at")[:1]),
        data={**SIDES, "conversation": f"{BY_TEAM}conversation", "to": f"{opening}__to", "words": _first_message()},
    )


def _opened(asked: WaitingQuery) -> Iterable[QuerySet]:
    """Conversations that were opened to a team of the person's of whom nobody looked yet, resolved or not."""
    unseen = {
        f"{BY_TEAM}opening__isnull": False,
        f"{BY_TEAM}closed_at": None,
        f"{BY_TEAM}seen_at": None,
    }
    rows = asked.seats().filter(current("team__participations__") & shown(f"{BY_TEAM}conversation__"), **unseen)
    conversation = f"{BY_TEAM}conversation"
    rows = rows.alias(of_conversation=F(conversation), **_sides(asked))
    yield as_rows(
        rows.filter(~_gone()),
        "opening.opened",
        subject=conversation,
        person="person_id",
        partnership=f"{conversation}__partnership",
        programme=f"{conversation}__partnership__programme",
        since=f"{BY_TEAM}created_at",
        data={**SIDES, "conversation": conversation, "words": _first_message()},
    )


def _first_message() -> Subquery:
    """By its beginning a conversation is told from others."""
    words = Message.objects.filter(conversation=OuterRef("of_conversation")).order_by("pk")
    return Subquery(words.values(beginning=Left("text", QUOTED))[:1])


def _asked_of_members(asked: WaitingQuery) -> Iterable[QuerySet]:
    """Questions to a support group, for members with an account who have not answered: by the link that is theirs."""
    if not asked.has_groups:
        return
    askings = "group__askings__"
    still = {f"{askings}closed_at": None, f"{askings}until__gt": NOW, f"{askings}team": F("group__team")}
    rows = asked.group_seats().filter(**still)
    rows = rows.alias(of_asking=F(f"{askings}pk"), of_purpose=F(f"{askings}purpose"))
    links = PersonalLink.objects.filter(
        OPEN,
        purpose=OuterRef("of_purpose"),
        subject_id=OuterRef("of_asking"),
        person=OuterRef("person_id"),
        answered_at=None,
        declined_at=None,
    )
    rows = rows.alias(of_link=Subquery(links.values("pk")[:1])).filter(of_link__isnull=False)
    yield as_rows(
        rows,
        "group.asked",
        subject="of_link",
        person="person_id",
        programme="group__team__enrolment__programme",
        since=f"{askings}created_at",
        data={"city": "group__city__name"},
    )


def _say_asked(row: Waiting) -> WaitingText:
    city = row.data["city"]
    text = _("%(city)s asks its local support group") % {"city": city}
    return WaitingText(text, address("links:work", row.subject_id), city, verb=_("Answer"))


def _say_opened(row: Waiting) -> WaitingText:
    text = _("The cities opened a conversation to you: you may read it and write in it.")
    url = address("conversations:conversation", row.subject_id)
    return WaitingText(text, url, names_of_sides(row), _quoted(row))


def _say_to_agree(row: Waiting) -> WaitingText:
    return _say(row, _("%(city)s would let others read a conversation (%(readers)s): do you agree?"))


def _say_agreed(row: Waiting) -> WaitingText:
    return _say(row, _("You would let others read a conversation (%(readers)s); %(city)s has not agreed yet."))


def _say(row: Waiting, text: str) -> WaitingText:
    words: dict[str, Any] = {"city": row.data["other_side"] or "", "readers": OpenedTo(row.data["to"]).label}
    url = address("conversations:conversation", row.data["conversation"])
    return WaitingText(text % words, url, names_of_sides(row), _quoted(row))


def _quoted(row: Waiting) -> str:
    return first_words(row.data["words"] or "")


WAITING = (
    Kind("group.asked", _asked_of_members, _say_asked, mark="question"),
    Kind("opening.proposed", _to_agree, _say_to_agree, roles={TeamRole.CITY}),
    Kind("opening.opened", _opened, _say_opened, roles={TeamRole.ASSOCIATION, TeamRole.FACILITATOR}, mark="question"),
)
AWAITED = (Kind("opening.unanswered", _agreed, _say_agreed, roles={TeamRole.CITY}),)
