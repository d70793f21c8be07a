"""Who may do what in a conversation. Whoever reads one may write in it, while that lasts; superusers get nothing."""

import rules

from programmes.common.access import Access
from programmes.partnerships.boundary import places_of
from programmes.partnerships.models import SupportGroup
from programmes.partnerships.rules import keeps_group

from .boundary import between_cities, conversations_visible_to, writings
from .models import Asking, Conversation, GroupAnswer


@rules.predicate
def reads_it(access: Access, conversation: Conversation) -> bool:
    return conversations_visible_to(access).filter(pk=conversation.pk).exists()


@rules.predicate
def writes_in_it(access: Access, conversation: Conversation) -> bool:
    return writings(access).filter(conversation=conversation).exists()


@rules.predicate
def is_side(access: Access, conversation: Conversation) -> bool:
    """It belongs to a team, a group or a link of the person's."""
    return writings(access).filter(conversation=conversation, is_side=True).exists()


@rules.predicate
def is_between_cities(access: Access, conversation: Conversation) -> bool:
    return between_cities(Conversation.objects.filter(pk=conversation.pk)).exists()


rules.add_perm("conversations.view_conversation", reads_it)
rules.add_perm("conversations.answer_conversation", writes_in_it)
rules.add_perm("conversations.resolve_conversation", is_side)
rules.add_perm("conversations.open_conversation", is_side & is_between_cities)


@rules.predicate
def asked_it(access: Access, asking: Asking) -> bool:
    """In the team that asked, which reads the answers also while its organisation is not in the programme."""
    return asking.team_id in places_of(access).own


@rules.predicate
def asks_still(access: Access, asking: Asking) -> bool:
    """In that team, and it may write."""
    return asking.team_id in places_of(access).teams


@rules.predicate
def is_awake(access: Access, group: SupportGroup) -> bool:
    return group.resting_since is None


@rules.predicate
def asked_for_it(access: Access, answer: GroupAnswer) -> bool:
    return asks_still(access, answer.question.asking)


rules.add_perm("conversations.ask_group", keeps_group & is_awake)
rules.add_perm("conversations.view_asking", asked_it)
rules.add_perm("conversations.change_asking", asks_still)
rules.add_perm("conversations.take_up", asked_for_it)
