"""Conversations of two cities beside an answer or a need; how they go on is `conversations`' business."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from programmes.common.access import Access
from programmes.conversations.services import begin
from programmes.partnerships.models import Participation

from ..models import AnswerConversation, Need, Response


@transaction.atomic
def ask_about(
    *,
    response: Response,
    sides: Iterable[Participation],
    text: str,
    access: Access,
    part_key: str = "",
    need: Need | None = None,
    form_key: UUID | None = None,
) -> AnswerConversation:
    """Opens a conversation between these two cities about one answer or one need. Raises what `begin` raises."""
    conversation = begin(sides=sides, text=text, access=access, form_key=form_key)
    about = {"response": response, "part_key": part_key, "need": need}
    tie, _made = AnswerConversation.objects.get_or_create(conversation=conversation, defaults=about)
    return tie
