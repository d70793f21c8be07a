"""What is told of conversations: in which form, on which question or plan, and who spoke; never what was said. Only
here is it known what a conversation is about."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from programmes.assessments.structure import parts_of
from programmes.common.addresses import address
from programmes.conversations import recipients
from programmes.conversations.enums import OpenedTo
from programmes.conversations.models import Conversation, Opening, Reader
from programmes.notices.kinds import Event, Said
from programmes.notices.models import Happening

Fact = dict[str, Any]


def _facts(rows: Sequence[Happening]) -> dict[int, Fact]:
    conversations = _conversations({row.subject_id for row in rows})
    speakers = Reader.objects.filter(pk__in={row.data["reader"] for row in rows if "reader" in row.data})
    speaking = {row.pk: row for row in speakers.select_related("participation__organisation")}
    return {
        row.pk: {
            "conversation": conversations[row.subject_id],
            "who": _who(speaking.get(row.data.get("reader", 0))),
        }
        for row in rows
        if row.subject_id in conversations
    }


def _conversations(ids: set[int]) -> dict[int, Conversation]:
    rows = Conversation.objects.filter(pk__in=ids).select_related(
        "about_answer__response__team__enrolment__organisation",
        "about_answer__response__questionnaire",
        "about_answer__response__questionnaire_version",
        "about_plan__plan__city",
    )
    return {row.pk: row for row in rows.prefetch_related("readers__participation__organisation")}


def _who(reader: Reader | None) -> str:
    """The city or association that spoke; empty: the local support group, or somebody whose seat says it."""
    return reader.participation.organisation.name if reader and reader.participation else ""


def _question(conversation: Conversation) -> Any:
    about: Any = getattr(conversation, "about_answer", None)
    if about is None or about.need_id:
        return None
    part = parts_of(about.response.questionnaire_version).get(about.part_key)
    return part.question.number if part else None


def _context(conversation: Conversation) -> str:
    sides = [row for row in conversation.readers.all() if row.is_side and row.participation]
    names = " — ".join(row.participation.organisation.name for row in sides if row.participation)
    about: Any = getattr(conversation, "about_answer", None)
    return f"{names} · {about.response.questionnaire}" if about is not None else names


def _path(conversation: Conversation) -> str:
    """Where it stands beside the form or the plan."""
    about: Any = getattr(conversation, "about_plan", None)
    if about is not None:
        return f"{address('action_plans:plan', about.plan_id)}#conversation-{conversation.pk}"
    if getattr(conversation, "about_answer", None) is not None:
        return address("assessments:conversation", conversation.pk)
    return address("conversations:conversation", conversation.pk)


def _said(fact: Fact, on_question: str, on_need: str, on_plan: str, otherwise: str, verb: str = "") -> Said:
    conversation: Conversation = fact["conversation"]
    number = _question(conversation)
    text = otherwise
    if number is not None:
        text = on_question
    elif getattr(conversation, "about_plan", None) is not None:
        text = on_plan
    elif getattr(conversation, "about_answer", None) is not None:
        text = on_need
    words = {"who": fact["who"] or _("The local support group"), "number": number}
    thread = f"conversation-{conversation.pk}"
    return Said(text % words, _path(conversation), _context(conversation), verb or _("Read"), thread)


def _say_asked(fact: Fact) -> Said:
    return _said(
        fact,
        _("%(who)s asks about question %(number)s."),
        _("%(who)s asks about a need."),
        _("%(who)s suggests something on the action plan."),
        _("%(who)s asks something."),
        _("Answer"),
    )


def _say_answered(fact: Fact) -> Said:
    return _said(
        fact,
        _("%(who)s answered on question %(number)s."),
        _("%(who)s answered on a need."),
        _("%(who)s answered on the action plan."),
        _("%(who)s answered in a conversation."),
    )


def _say_opened(fact: Fact) -> Said:
    """On its own page, where one says that it was read: the summary names it once, as My work does."""
    text = _("The cities opened a conversation to you: you may read it and write in it.")
    conversation: Conversation = fact["conversation"]
    path = address("conversations:conversation", conversation.pk)
    return Said(text, path, _context(conversation), _("Read"), f"conversation-{conversation.pk}")


def _opening_facts(rows: Sequence[Happening]) -> dict[int, Fact]:
    openings = {row.pk: row for row in Opening.objects.filter(Q(pk__in={row.subject_id for row in rows}))}
    conversations = _conversations({row.conversation_id for row in openings.values()})
    return {
        row.pk: {
            "conversation": conversations[openings[row.subject_id].conversation_id],
            "to": openings[row.subject_id].to,
            "who": "",
        }
        for row in rows
        if row.subject_id in openings
    }


def _say_proposed(fact: Fact) -> Said:
    readers = OpenedTo(fact["to"]).label
    text = _("Your partner would let others read a conversation (%(readers)s): do you agree?") % {"readers": readers}
    conversation: Conversation = fact["conversation"]
    path = address("conversations:conversation", conversation.pk)
    return Said(text, path, _context(conversation), _("Answer"), f"conversation-{conversation.pk}")


EVENTS = (
    Event("conversation.asked", recipients.to_answer, _facts, _say_asked, at_once=True, action=True),
    Event("conversation.heard", recipients.listeners, _facts, _say_asked),
    Event("conversation.answered", recipients.readers, _facts, _say_answered),
    Event("conversation.opened", recipients.opened_to, _facts, _say_opened),
    Event("opening.proposed", recipients.to_agree, _opening_facts, _say_proposed, at_once=True, action=True),
)
