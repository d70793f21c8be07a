"""What was said: for how long it is kept, and a person's own messages. Erased, these stay with those they were said to,
and name a former member."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.selectors import people_of
from programmes.common.privacy import A_YEAR, Period
from programmes.partnerships.enums import CITY_ROLES

from .models import Conversation, GroupAnswer, Message, Reader


def forget_conversations(before: datetime) -> int:
    """Delete what was said in partnerships that ended before, but where every city side of it chose to keep it. What
    has one such side only (a team and its support group, its notes) is that side's to keep."""
    sides = Reader.objects.filter(conversation=OuterRef("pk"), is_side=True, participation__role__in=CITY_ROLES)
    let_go = sides.filter(participation__keeps_conversations_at=None)
    return Conversation.objects.filter(Exists(let_go), partnership__ended_on__lt=before.date()).delete()[0]


PERIODS = (
    Period(
        _("Conversations of a partnership, unless both of its teams keep them"),
        A_YEAR,
        _("the partnership ended"),
        forget_conversations,
    ),
)


def own_data(user: User) -> dict[str, Any]:
    said = Message.objects.filter(author__in=people_of(user)).order_by("at", "pk")
    answers = GroupAnswer.objects.filter(author__in=people_of(user)).order_by("pk")
    return {
        "messages": list(said.values("at", "text", "language")),
        "answers_to_support_groups": [
            {"question": row.question.text, "answer": row.text, "at": row.updated_at, "as_group": row.as_group}
            for row in answers.select_related("question")
        ],
    }
