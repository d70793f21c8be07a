"""The conversations of a partnership as a list: each with its first words and what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from programmes.assessments.structure import parts_of
from programmes.common.access import Access
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.models import Conversation
from programmes.conversations.selectors import with_messages
from programmes.partnerships.models import Partnership


@dataclass(frozen=True)
class Listed:
    """`about` says of which form and question, or of which plan; it names nothing but whose it is."""

    conversation: Conversation
    about: str


def in_partnership(access: Access, partnership: Partnership) -> QuerySet[Conversation]:
    """Those that the person reads, open ones first, then by their last message."""
    rows = conversations_visible_to(access).filter(partnership=partnership)
    named = with_messages(rows).select_related(
        "about_answer__response__team__enrolment__organisation",
        "about_answer__response__questionnaire",
        "about_answer__response__questionnaire_version",
        "about_answer__need",
        "about_plan__plan__city",
    )
    newest = named.annotate(last_at=Max("messages__at"))
    return newest.order_by(F("resolved_at").desc(nulls_first=True), F("last_at").desc(nulls_last=True), "-pk")


def listed(conversations: Iterable[Conversation]) -> list[Listed]:
    return [Listed(row, _about(row)) for row in conversations]


def _about(conversation: Conversation) -> str:
    answer: Any = getattr(conversation, "about_answer", None)
    if answer is not None:
        return _about_answer(answer)
    plan: Any = getattr(conversation, "about_plan", None)
    if plan is not None:
        return _("Action plan of %(city)s") % {"city": plan.plan.city.name}
    return ""


def _about_answer(about: Any) -> str:
    response = about.response
    words = {"form": response.questionnaire, "city": response.team.enrolment.organisation.name}
    if about.need_id:
        return _("%(form)s of %(city)s: a need") % words
    part = parts_of(response.questionnaire_version).get(about.part_key)
    if part is None:
        return _("%(form)s of %(city)s") % words
    return _("%(form)s of %(city)s, question %(number)s") % (words | {"number": part.question.number})
