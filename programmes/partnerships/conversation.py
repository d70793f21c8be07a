"""Threads as they are shown and as they wait: with messages, or with the last word, in a fixed number of queries."""

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from .boundary import asked_of, current, places_of, support_groups_of
from .enums import Audience
from .models import Message, Thread


def with_messages(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """With who said what, and who agreed to open it."""
    messages = Message.objects.select_related("author", "participation__organisation")
    named = threads.select_related(
        "partnership",
        "mentee__organisation",
        "mentor__organisation",
        "asked_by__organisation",
    )
    return named.prefetch_related(Prefetch("messages", messages), "openings")


def waiting_threads(access, threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Those whose turn is the person's: an open thread waits for the side that did not speak last, a resolved one for
    nobody. Each knows `last_at`, `last_city` (empty: the local support group) and `said`, how many messages it has."""
    teams = places_of(access).teams
    mentee = Q(current("mentee__"), mentee__team__in=teams)
    concerned = mentee | Q(current("mentor__"), mentor__team__in=teams)
    concerned |= Q(audience=Audience.PLAN, asked_by__team__in=teams)
    between = Q(concerned, ~Q(audience=Audience.GROUP), ~Q(last_team__in=teams), last_team__isnull=False)
    group = Q(mentee, audience=Audience.GROUP, last_team=None)
    if groups := support_groups_of(access):
        group |= Q(asked_of(groups), last_team__isnull=False)
    return _with_last_word(threads, between | group)


def awaited_threads(access, threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """The reverse: open threads in which a team of the person's spoke last."""
    return _with_last_word(threads, Q(last_team__in=places_of(access).teams))


def others_in(access, thread: Thread) -> str:
    """The city at the other side of a thread; empty where it is between a city and its local support group."""
    teams = places_of(access).teams
    return next(
        (side.organisation.name for side in (thread.mentee, thread.mentor) if side and side.team_id not in teams), ""
    )


def _with_last_word(threads: QuerySet[Thread], whose: Q) -> QuerySet[Thread]:
    if threads.query.is_empty():
        return threads  # nobody who may read no conversation waits for the making of this query
    words = Message.objects.filter(thread=OuterRef("pk"))
    count = words.order_by().values("thread").annotate(n=Count("pk")).values("n")

    def last(field: str) -> Subquery:
        return Subquery(words.order_by("-pk").values(field)[:1])

    rows = threads.annotate(last_team=last("participation__team")).filter(whose, resolved_at=None)
    return rows.annotate(
        last_at=last("at"), last_city=last("participation__organisation__name"), said=Subquery(count)
    ).select_related("mentee__organisation", "mentor__organisation")
