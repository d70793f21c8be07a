"""Who may do what in a conversation. Whoever reads one may write in it, while that lasts; superusers get nothing."""

import rules

from programmes.common.access import Access

from .boundary import between_cities, conversations_visible_to, writings
from .models import Conversation


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
