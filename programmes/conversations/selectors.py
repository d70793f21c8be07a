"""Conversations as they are shown and as they wait: with messages or the last word, in a fixed number of queries."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.waiting import Waiting, by_date
from programmes.partnerships.boundary import current, places_of, support_groups_of
from programmes.partnerships.enums import TeamRole

from .boundary import conversations_visible_to, readings
from .enums import OpenedTo
from .models import Consent, Conversation, Message, Opening, Reader


def with_messages(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With who said what, who reads it (`now_reading`), and per reader to whom it agreed to open it
    (`agreed_associations`, `agreed_facilitator`)."""
    messages = Message.objects.select_related("author", "reader__participation__organisation", "reader__support_group")
    agreed = {
        f"agreed_{to}": Exists(Consent.objects.filter(reader=OuterRef("pk"), opening__to=to)) for to in OpenedTo.values
    }
    readers = Reader.objects.filter(closed_at=None).annotate(**agreed)
    named = readers.select_related("participation__organisation", "support_group", "person")
    return conversations.select_related("partnership").prefetch_related(
        Prefetch("messages", messages), Prefetch("readers", named, to_attr="now_reading")
    )


def conversations_waiting_for(access: Access, conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Those whose turn is the person's: an open one waits for the sides that did not speak last, a resolved one for
    nobody. Each knows `last_at`, `last_city` (empty: the local support group), `said` (how many messages it has),
    `first_side`, `second_side` and `other_side`, names of cities."""
    if conversations.query.is_empty():
        return conversations  # nobody who may read no conversation waits for the making of this query
    mine = readings(access).filter(conversation=OuterRef("pk"), is_side=True)
    spoke = Reader.objects.filter(pk=OuterRef("last_reader")).filter(_of(access))
    return _with_last_word(access, conversations).filter(Exists(mine), ~Exists(spoke))


def conversations_awaited_by(access: Access, conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """The reverse: open ones in which a team of the person's spoke last."""
    teams = places_of(access).teams
    if conversations.query.is_empty() or not teams:
        return conversations.none()
    spoke = Reader.objects.filter(pk=OuterRef("last_reader"), participation__team__in=teams)
    return _with_last_word(access, conversations).filter(Exists(spoke))


def _of(access: Access) -> Q:
    return Q(participation__team__in=places_of(access).teams) | Q(support_group__in=support_groups_of(access))


def _with_last_word(access: Access, conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    words = Message.objects.filter(conversation=OuterRef("pk"))
    count = words.order_by().values("conversation").annotate(n=Count("pk")).values("n")

    def last(field: str) -> Subquery:
        return Subquery(words.order_by("-pk").values(field)[:1])

    rows = conversations.annotate(last_reader=last("reader")).filter(resolved_at=None)
    return rows.annotate(
        last_at=last("at"),
        last_city=last("reader__participation__organisation__name"),
        said=Subquery(count),
        **_names_of_sides(access, "pk"),
    )


def _names_of_sides(access: Access, conversation: str) -> dict[str, Subquery]:
    """Names of the cities whose conversation it is, in the query that reads it; `conversation` leads to its id."""
    sides = Reader.objects.filter(conversation=OuterRef(conversation), is_side=True, participation__isnull=False)
    names = sides.order_by("pk").values("participation__organisation__name")
    others = names.exclude(participation__team__in=places_of(access).teams)
    return {
        "first_side": Subquery(names[:1]),
        "second_side": Subquery(names[1:2]),
        "other_side": Subquery(others[:1]),
    }


def names_of_sides(row: Any) -> str:
    """Of a row read with the names of its sides: “Riverton — Harbourg”."""
    return " — ".join(filter(None, [row.first_side, row.second_side]))


def waiting_for(access: Access, *, limit: int = 50) -> list[Waiting]:
    """Conversations that the partner city would open to others: the person's has said neither yes nor no."""
    text = _("%(city)s would let others read a conversation (%(readers)s): do you agree?")
    return by_date(_offers(access, text, limit, agreed=False))


def awaited_by(access: Access, *, limit: int = 50) -> list[Waiting]:
    """Conversations that the person's city would open, and the partner city has not agreed."""
    text = _("You would let others read a conversation (%(readers)s); %(city)s has not agreed yet.")
    return by_date(_offers(access, text, limit, agreed=True))


def _offers(access: Access, text: str, limit: int, *, agreed: bool) -> list[Waiting]:
    """Openings to which some sides agreed and others did not; `agreed` says on which side the person's teams are."""
    if TeamRole.CITY not in places_of(access).roles:
        return []
    sides = Reader.objects.filter(conversation=OuterRef("conversation"), is_side=True)
    given = Consent.objects.filter(reader=OuterRef("pk"), opening=OuterRef(OuterRef("pk")))
    mine = sides.filter(participation__team__in=places_of(access).teams)
    consents = Consent.objects.filter(opening=OuterRef("pk"))
    rows = Opening.objects.filter(
        Exists(consents),
        Exists(mine.filter(Exists(given) if agreed else ~Exists(given))),
        Exists(sides.filter(~Exists(given))),
        ~Exists(sides.exclude(current("participation__"))),
        conversation__in=conversations_visible_to(access),
    ).annotate(**_names_of_sides(access, "conversation"), since=Subquery(consents.order_by("at").values("at")[:1]))
    return [_offer(row, text) for row in rows.select_related("conversation").order_by("pk")[:limit]]


def _offer(row: Any, text: str) -> Waiting:
    return Waiting(
        text=text % {"city": row.other_side or "", "readers": row.get_to_display()},
        url=reverse("conversations:conversation", args=[row.conversation_id]),
        since=row.since,
        context=names_of_sides(row),
        kind="offer",
        partnership_id=row.conversation.partnership_id,
    )
