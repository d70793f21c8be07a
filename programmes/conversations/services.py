"""Conversations: begun, answered, resolved, opened to others only by every side (P7)."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.notices.services import tell
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Participation, SupportGroup

from .boundary import between_cities, readings, writing_of
from .enums import ROLES_OPENED_TO, OpenedTo
from .models import Consent, Conversation, Message, Opening, Reader


class NobodyToAsk(Refusal):
    message = _("There is no partner city to ask: the partnership has no mentee and mentor at the moment.")


class NotYourConversation(Refusal):
    message = _("Only the people this conversation belongs to can do that.")


class ConversationResolved(Refusal):
    message = _("This conversation is resolved. Reopen it to write in it.")


@transaction.atomic
def begin(
    *,
    sides: Iterable[Participation],
    text: str,
    access: Access,
    listeners: Iterable[Participation] = (),
    group: SupportGroup | None = None,
    form_key: UUID | None = None,
) -> Conversation:
    """A conversation between `sides` (current participations of one partnership) and `group`, with
    its first message; `listeners` read and answer from the beginning. Whoever begins it is in one of these teams, and
    that team is a side. The same form makes it once. Raises NobodyToAsk, NotYourConversation."""
    cities = sorted(sides, key=lambda row: (Role.values.index(row.role), row.pk))
    rows = [Reader(participation=side, is_side=True) for side in cities]
    rows += [Reader(participation=listener) for listener in listeners]
    rows += [Reader(support_group=group, is_side=True)] if group else []
    if sum(row.is_side for row in rows) < 2:
        raise NobodyToAsk
    return _begin(rows, text, access, form_key)


@transaction.atomic
def note(*, side: Participation, text: str, access: Access, form_key: UUID | None = None) -> Conversation:
    """What a team notes for itself alone: it keeps it also when its participation ends. Raises NotYourConversation."""
    return _begin([Reader(participation=side, is_side=True, keeps=True)], text, access, form_key)


@transaction.atomic
def reply(*, conversation: Conversation, text: str, access: Access, form_key: UUID | None = None) -> Message:
    """Whoever reads a conversation may write in it, but for what is only kept; the same form writes once. Raises
    NotYourConversation, ConversationResolved."""
    locked = _locked(conversation)
    reader = writing_of(access, locked)
    if reader is None:
        raise NotYourConversation

    def say(key: UUID | None) -> Message:
        if locked.resolved_at:
            raise ConversationResolved
        message = _say(locked, text, access, reader, key)
        mark_seen(conversation=locked, access=access)
        record(by=access.user, verb="answered", target=locked)
        tell("conversation.answered", locked.pk, by=access.user, **_told(locked, reader))
        return message

    return made_once(locked.messages.filter(author=_person_of(access)), form_key, say)


def mark_seen(*, conversation: Conversation, access: Access) -> None:
    """Somebody of those to whom it was opened has read it: it waits for them no more. Nor does it once they write."""
    rows = Reader.objects.filter(pk__in=readings(access).values("pk"), conversation=conversation)
    rows.filter(opening__isnull=False, seen_at=None).update(seen_at=clock.now())


@transaction.atomic
def resolve(*, conversation: Conversation, access: Access) -> Conversation:
    """A side says that it is settled; saying it twice changes nothing. Raises NotYourConversation."""
    return _settle(conversation, access, resolved=True)


@transaction.atomic
def reopen(*, conversation: Conversation, access: Access) -> Conversation:
    return _settle(conversation, access, resolved=False)


@transaction.atomic
def consent(*, conversation: Conversation, to: str, agree: bool, access: Access) -> Opening:
    """One city agrees to open the conversation to `to` (OpenedTo), or takes that back: then it is closed at once. A
    city that says no before it ever agreed takes the other's offer off the table, so that it waits for nobody.

    Raises NotYourConversation."""
    locked = _locked(conversation)
    side = _own_side(access, locked)
    if not between_cities(Conversation.objects.filter(pk=locked.pk)).exists():
        raise NotYourConversation
    opening, _made = Opening.objects.get_or_create(conversation=locked, to=to)
    if agree:
        _given, new = Consent.objects.get_or_create(opening=opening, reader=side, defaults={"by": _person_of(access)})
        if new:
            tell("opening.proposed", opening.pk, by=access.user, partnership=locked.partnership_id)
        if new and not locked.readers.filter(is_side=True).exclude(consents__opening=opening).exists():
            _let_read(opening)
    else:
        own = opening.consents.filter(reader=side)
        (own if own.exists() else opening.consents.all()).delete()
        opening.readers.filter(closed_at=None).update(closed_at=clock.now())
    record(by=access.user, verb="agreed to open" if agree else "closed", target=locked)
    return opening


def _begin(rows: list[Reader], text: str, access: Access, form_key: UUID | None) -> Conversation:
    """`rows` are its readers, not saved yet."""
    teams = places_of(access).teams
    own = next((row for row in rows if row.participation and row.participation.team_id in teams), None)
    if own is None:
        raise NotYourConversation
    own.is_side = True
    partnership, author = own.participation.partnership, _person_of(access)  # type: ignore[union-attr]

    def make(key: UUID | None) -> Conversation:
        conversation = Conversation.objects.create(partnership=partnership, opened_by=author, form_key=key)
        for row in rows:
            row.conversation = conversation
            row.save()
        _say(conversation, text, access, own)
        record(by=access.user, verb="asked", target=conversation)
        for event in ("conversation.asked", "conversation.heard"):
            tell(event, conversation.pk, by=access.user, **_told(conversation, own))
        return conversation

    return made_once(partnership.conversations.filter(opened_by=author), form_key, make)


def _told(conversation: Conversation, reader: Reader) -> dict[str, Any]:
    """Where it was said and for whom, never what."""
    return {"partnership": conversation.partnership_id, "reader": reader.pk}


def _say(
    conversation: Conversation, text: str, access: Access, reader: Reader, form_key: UUID | None = None
) -> Message:
    return Message.objects.create(
        conversation=conversation,
        author=_person_of(access),
        reader=reader,
        text=text.strip(),
        language=getattr(access.user, "language", ""),
        form_key=form_key,
    )


def _settle(conversation: Conversation, access: Access, *, resolved: bool) -> Conversation:
    locked = _locked(conversation)
    _own_side(access, locked)
    if bool(locked.resolved_at) != resolved:
        locked.resolved_at = clock.now() if resolved else None
        locked.resolved_by = _person_of(access) if resolved else None
        locked.save(update_fields=["resolved_at", "resolved_by", "updated_at"])
        record(by=access.user, verb="resolved" if resolved else "reopened", target=locked)
    return locked


def _let_read(opening: Opening) -> None:
    """Those to whom it is opened, as they are now; who comes later reads nothing until it is opened again."""
    conversation = opening.conversation
    there = Reader.objects.filter(conversation=conversation, closed_at=None, participation__isnull=False)
    known = set(there.values_list("participation", flat=True))
    for row in conversation.partnership.current_in(*ROLES_OPENED_TO[OpenedTo(opening.to)]):
        if row.pk not in known:
            Reader.objects.create(conversation=conversation, participation=row, opening=opening)
    tell("conversation.opened", conversation.pk, by=None, partnership=conversation.partnership_id)


def _own_side(access: Access, conversation: Conversation) -> Reader:
    reader = writing_of(access, conversation)
    if reader is None or not reader.is_side:
        raise NotYourConversation
    return reader


def _locked(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=conversation.pk)


def _person_of(access: Access) -> Person:
    """Who acts: the person of the account, or the one who came by a link."""
    person: Person = access.person or access.user.person
    return person
