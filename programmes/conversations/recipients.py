"""Who is told what happens in a conversation: those who read it at this moment, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from programmes.notices.kinds import Recipients
from programmes.notices.models import Happening
from programmes.partnerships.boundary import current, group_seats, seats
from programmes.partnerships.selectors.recipients import gathered

from .boundary import sides_that_left
from .models import Consent, Reader
from .tool_use import shown

BY_TEAM = "team__participations__readings__"
BY_GROUP = "group__readings__"
Pairs = Iterable[tuple[int, int, int]]
"""Conversation, its reader, the person."""


def readers_now(conversations: Collection[int]) -> dict[tuple[int, int], set[int]]:
    """People by conversation and reader: as `boundary.readings` has them for one person, without what a team notes for
    itself alone. Two queries."""
    pairs = [*_in_teams(conversations), *_in_groups(conversations)]
    found: dict[tuple[int, int], set[int]] = {}
    for conversation, reader, person in pairs:
        found.setdefault((conversation, reader), set()).add(person)
    return found


def _in_teams(conversations: Collection[int]) -> Pairs:
    asked = {
        f"{BY_TEAM}conversation__in": conversations,
        f"{BY_TEAM}closed_at": None,
        f"{BY_TEAM}keeps": False,
    }
    rows = seats().filter(current("team__participations__"), shown(f"{BY_TEAM}conversation__"), **asked)
    rows = rows.alias(of_conversation=F(f"{BY_TEAM}conversation"), of_opening=F(f"{BY_TEAM}opening"))
    open_still = Q(of_opening=None) | ~Exists(sides_that_left(OuterRef("of_conversation")))
    return _pairs(rows.filter(open_still), BY_TEAM)


def _in_groups(conversations: Collection[int]) -> Pairs:
    keeper = Reader.objects.filter(
        current("participation__"),
        conversation=OuterRef("of_conversation"),
        is_side=True,
        participation__team=OuterRef("group__team"),
    )
    asked = {f"{BY_GROUP}conversation__in": conversations, f"{BY_GROUP}closed_at": None}
    rows = group_seats().filter(shown(f"{BY_GROUP}conversation__"), **asked)
    rows = rows.alias(of_conversation=F(f"{BY_GROUP}conversation"))
    return _pairs(rows.filter(Exists(keeper)), BY_GROUP)


def _pairs(rows: QuerySet, path: str) -> Pairs:
    return list(rows.order_by().values_list(f"{path}conversation", f"{path}pk", "person").distinct())


def to_answer(rows: Sequence[Happening]) -> Recipients:
    """The sides that were asked, without who sits in the team that asks."""
    return _people(rows, sides=True)


def listeners(rows: Sequence[Happening]) -> Recipients:
    """Who reads it without being a side."""
    return _people(rows, sides=False)


def readers(rows: Sequence[Happening]) -> Recipients:
    """Everybody who reads it but the team that wrote."""
    return _people(rows, sides=None)


def _people(rows: Sequence[Happening], *, sides: bool | None) -> Recipients:
    conversations = {row.subject_id for row in rows}
    now = readers_now(conversations)
    is_side = dict(Reader.objects.filter(conversation__in=conversations).values_list("pk", "is_side"))
    found: dict[int, set[int]] = {}
    for row in rows:
        own = now.get((row.subject_id, row.data["reader"]), set())
        wanted = (
            people
            for (conversation, reader), people in now.items()
            if conversation == row.subject_id and sides in (None, is_side.get(reader, False))
        )
        found[row.pk] = {person for people in wanted for person in people} - own
    return found


def opened_to(rows: Sequence[Happening]) -> Recipients:
    """Those to whom the conversation is open by an opening of both sides."""
    conversations = {row.subject_id for row in rows}
    now = readers_now(conversations)
    opened = set(
        Reader.objects.filter(conversation__in=conversations, opening__isnull=False).values_list("pk", flat=True)
    )
    people = gathered(
        (conversation, person) for (conversation, reader), some in now.items() if reader in opened for person in some
    )
    return {row.pk: people.get(row.subject_id, set()) for row in rows}


def to_agree(rows: Sequence[Happening]) -> Recipients:
    """The sides that have not agreed to an opening (the subject) that somebody proposed."""
    openings = {row.subject_id for row in rows}
    agreed = set(Consent.objects.filter(opening__in=openings).values_list("opening", "reader"))
    sides = Reader.objects.filter(is_side=True, closed_at=None, conversation__openings__in=openings)
    where = list(sides.values_list("conversation__openings", "conversation", "pk"))
    now = readers_now({conversation for _opening, conversation, _reader in where})
    people = gathered(
        (opening, person)
        for opening, conversation, reader in where
        if opening in openings and (opening, reader) not in agreed
        for person in now.get((conversation, reader), ())
    )
    proposed = {opening for opening, _reader in agreed}
    return {row.pk: people.get(row.subject_id, set()) for row in rows if row.subject_id in proposed}
