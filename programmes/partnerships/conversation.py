"""Threads as they are shown: with messages and who spoke last, in a fixed number of queries."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from .boundary import places_of, side_of, support_groups_of
from .enums import Audience
from .models import Message, Thread


def with_messages(threads: QuerySet[Thread], *, openings: bool = True) -> QuerySet[Thread]:
    """With who said what; `openings` also with who agreed to open it."""
    messages = Message.objects.select_related("author", "participation__organisation")
    named = threads.select_related(
        "partnership",
        "mentee__organisation",
        "mentor__organisation",
        "asked_by__organisation",
    ).prefetch_related(Prefetch("messages", messages))
    return named.prefetch_related("openings") if openings else named


def waits_for(user, thread: Thread) -> bool:
    """An open thread waits for the side that did not speak last; a resolved one for nobody."""
    said = list(thread.messages.all())
    if thread.resolved_at or not said:
        return False
    last = said[-1].participation
    if thread.audience == Audience.GROUP:
        return bool(support_groups_of(user)) if last else side_of(user, thread) == "mentee"
    teams = places_of(user).teams
    concerned = bool(side_of(user, thread)) or (thread.audience == Audience.PLAN and thread.asked_by.team_id in teams)
    return last is not None and last.team_id not in teams and concerned


def waiting_threads(user, threads: Iterable[Thread]) -> list[Thread]:
    return [thread for thread in threads if waits_for(user, thread)]
