"""Questions between the cities: asked, answered, resolved, opened to others only by both (P7)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common.access import Access
from programmes.common.errors import Refusal

from ..boundary import places_of, side_of
from ..enums import Audience, Role
from ..models import Message, Participation, Partnership, Thread, ThreadOpening


class NobodyToAsk(Refusal):
    message = _("There is no partner city to ask: the partnership has no mentee and mentor at the moment.")


class NotYourThread(Refusal):
    message = _("Only the people this conversation belongs to can do that.")


class ThreadResolved(Refusal):
    message = _("This question is resolved. Reopen it to write in it.")


@transaction.atomic
def ask(
    *,
    partnership: Partnership,
    text: str,
    by: User,
    mentor: Participation | None = None,
    audience: str = Audience.CITIES,
) -> Thread:
    """Open a thread with its first message. `mentor` is needed only where a partnership has several and the asker is
    in the mentee's team; the asker's own participation otherwise. Raises NobodyToAsk, NotYourThread."""
    mentee = next(iter(partnership.current_in(Role.MENTEE)), None)
    asker = _own_participation(partnership, by)
    if asker is None:
        raise NotYourThread
    if asker.role == Role.MENTOR:
        mentor = asker
    mentor = mentor or next(iter(partnership.current_in(Role.MENTOR)), None)
    if audience == Audience.GROUP:
        mentor = None
    if mentee is None or (mentor is None and audience != Audience.GROUP):
        raise NobodyToAsk
    thread = Thread.objects.create(
        partnership=partnership, audience=audience, mentee=mentee, mentor=mentor, asked_by=asker, opened_by=by
    )
    _say(thread, text, by, asker)
    record(by=by, verb="asked", target=thread)
    return thread


@transaction.atomic
def reply(*, thread: Thread, text: str, by: User) -> Message:
    """Whoever may read the thread may answer in it (the caller's view checked that). Raises ThreadResolved."""
    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    if locked.resolved_at:
        raise ThreadResolved
    message = _say(locked, text, by, _own_participation(locked.partnership, by))
    record(by=by, verb="answered", target=locked)
    return message


@transaction.atomic
def resolve(*, thread: Thread, by: User) -> Thread:
    """Either city, or whoever asked, says that the question is settled; saying it twice changes nothing."""
    locked = _owned(thread, by)
    if locked.resolved_at is None:
        locked.resolved_at, locked.resolved_by = timezone.now(), by
        locked.save(update_fields=["resolved_at", "resolved_by", "updated_at"])
        record(by=by, verb="resolved", target=locked)
    return locked


@transaction.atomic
def reopen(*, thread: Thread, by: User) -> Thread:
    locked = _owned(thread, by)
    if locked.resolved_at is not None:
        locked.resolved_at = locked.resolved_by = None
        locked.save(update_fields=["resolved_at", "resolved_by", "updated_at"])
        record(by=by, verb="reopened", target=locked)
    return locked


@transaction.atomic
def consent(*, thread: Thread, to: str, agree: bool, by: User) -> ThreadOpening:
    """One side agrees to open the thread to `to` (OpenedTo), or takes that back: then it is closed at once. A side
    that says no before it ever agreed takes the other's offer off the table, so that it waits for nobody."""
    side = side_of(Access(by), thread)
    if not side or thread.audience != Audience.CITIES:
        raise NotYourThread
    opening, _made = ThreadOpening.objects.select_for_update().get_or_create(thread=thread, to=to)
    sides = [side] if agree or getattr(opening, f"{side}_at") else ["mentee", "mentor"]
    for name in sides:
        setattr(opening, f"{name}_at", timezone.now() if agree else None)
        setattr(opening, f"{name}_by", by if agree else None)
    opening.save()
    record(by=by, verb="agreed to open" if agree else "closed", target=thread)
    return opening


def _owned(thread: Thread, by: User) -> Thread:
    rows = Thread.objects.select_for_update(of=("self",)).select_related("mentee", "mentor", "asked_by")
    locked = rows.get(pk=thread.pk)
    asked = locked.asked_by.ended_on is None and locked.asked_by.team_id in places_of(Access(by)).teams
    if not side_of(Access(by), locked) and not asked:
        raise NotYourThread
    return locked


def _own_participation(partnership: Partnership, by: User) -> Participation | None:
    teams = places_of(Access(by)).teams
    return next((row for row in partnership.current() if row.team_id in teams), None)


def _say(thread: Thread, text: str, by: User, participation: Participation | None) -> Message:
    return Message.objects.create(
        thread=thread, author=by, participation=participation, text=text.strip(), language=by.language
    )
