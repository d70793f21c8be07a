"""The trust boundary of what is said: who reads which conversation now (P7).

Everything else asks here. A conversation is read by the readers that were written for it, while they last; nobody
reads it by an office, by superuser rights, or by coming later; nobody at all while the tool that it belongs to is
switched off in its partnership (`tool_use`)."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.common.access import Access
from programmes.partnerships.boundary import current, places_of, support_groups_of
from programmes.partnerships.enums import CITY_ROLES, TeamRole

from .models import Conversation, Reader
from .tool_use import shown

ONLY_STEERS = {TeamRole.COORDINATOR}
"""Who is in teams of these roles alone takes part in no partnership, and has nothing to ask for."""


def readings(access: Access) -> QuerySet[Reader]:
    """The rows by which the person reads conversations now, whatever team, group or link of theirs they name."""
    places, groups = places_of(access), support_groups_of(access)
    ways = []
    if places.roles - ONLY_STEERS:
        ways.append(Q(current("participation__"), participation__team__in=places.teams))
    if own := places.own:
        ways.append(Q(Q(keeps=True) | _alone_with_a_group(), is_side=True, participation__team__in=own))
    if groups:
        ways.append(Q(_keeper_asks(), support_group__in=groups))
    if access.person is not None:
        ways.append(Q(person=access.person))
    if not ways:
        return Reader.objects.none()
    closed = Exists(sides_that_left(OuterRef("conversation")))
    still = Q(opening=None) | ~closed
    return Reader.objects.filter(reduce(or_, ways), still, shown("conversation__"), closed_at=None)


def writings(access: Access) -> QuerySet[Reader]:
    """Those by which the person writes, too: in a part that lasts, or for a team that keeps its notes, and not while
    its organisation is not in the programme."""
    lasts = Q(current("participation__")) | Q(keeps=True)
    mine = Q(participation=None) | Q(lasts, participation__team__in=places_of(access).teams)
    return readings(access).filter(mine)


def _alone_with_a_group() -> Q:
    """What a team asked its support group is the team's own, also after its part."""
    group = Reader.objects.filter(conversation=OuterRef("conversation"), support_group__isnull=False)
    others = Reader.objects.filter(conversation=OuterRef("conversation"), participation__isnull=False)
    return Q(Exists(group), ~Exists(others.exclude(pk=OuterRef("pk"))))


def _keeper_asks() -> Exists:
    """A group reads what it was asked by the team that keeps it, while that takes part; handed on to another, it
    takes no earlier conversation along."""
    asking = Reader.objects.filter(
        current("participation__"),
        conversation=OuterRef("conversation"),
        is_side=True,
        participation__team=OuterRef("support_group__team"),
    )
    return Exists(asking)


def sides_that_left(conversation: OuterRef) -> QuerySet[Reader]:
    """What two opened is closed when one of them is gone: who comes instead was not asked."""
    sides = Reader.objects.filter(conversation=conversation, is_side=True, participation__isnull=False)
    return sides.exclude(current("participation__"))


def conversations_visible_to(access: Access) -> QuerySet[Conversation]:
    """Conversations the person may read now. The only way to them for pages, lists, documents and counts."""
    rows = readings(access)
    if rows.query.is_empty():
        return Conversation.objects.none()
    return Conversation.objects.filter(pk__in=rows.order_by().values("conversation"))


def writing_of(access: Access, conversation: Conversation) -> Reader | None:
    """The row by which the person writes in this conversation, a side's first; None for everybody else."""
    return writings(access).filter(conversation=conversation).order_by("-is_side", "pk").first()


def opened_anew(access: Access, conversation: Conversation) -> bool:
    """It was opened to a team of the person's, of whom nobody said yet that they have read it."""
    return readings(access).filter(conversation=conversation, opening__isnull=False, seen_at=None).exists()


def between_cities(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """Those that only cities read from the beginning; without what one of them notes for itself."""
    readers = Reader.objects.filter(conversation=OuterRef("pk"), opening=None)
    others = readers.exclude(participation__role__in=CITY_ROLES, keeps=False)
    return conversations.exclude(Exists(others))
