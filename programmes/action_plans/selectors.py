"""Plans as lists: of a partnership, waiting, newly shared."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.waiting import Waiting
from programmes.partnerships.boundary import threads_visible_to
from programmes.partnerships.conversation import waits_for, with_messages
from programmes.partnerships.models import Partnership, Thread

from .boundary import grants_to, plans_visible_to, versions_visible_to
from .models import Plan

__all__ = ["plans_visible_to", "versions_visible_to"]


def plans_of(user, partnership: Partnership) -> QuerySet[Plan]:
    return plans_visible_to(user).filter(partnership=partnership).select_related("city").order_by("-pk")


def threads_on(user, plan: Plan) -> list[Thread]:
    """Suggestions and group questions of the plan that the person may read, with messages."""
    return list(with_messages(threads_visible_to(user).filter(about_plan__plan=plan)).select_related("about_plan"))


def waiting_for(user, *, limit: int = 50) -> list[Waiting]:
    """Open suggestions on my plan, answers to mine, and the question a support group is asked."""
    open_threads = threads_visible_to(user).filter(about_plan__isnull=False, resolved_at=None)
    rows = with_messages(open_threads).select_related("about_plan__plan__city")[:limit]
    return [_waiting(thread) for thread in rows if waits_for(user, thread)]


def _waiting(thread: Thread) -> Waiting:
    plan = thread.about_plan.plan
    said = list(thread.messages.all())
    return Waiting(
        text=_("A question on the action plan “%(title)s” is open") % {"title": plan.title},
        url=reverse("action_plans:plan", args=[plan.pk]) + f"#thread-{thread.pk}",
        since=said[-1].at,
        context=plan.city.name,
        kind="plan_thread",
        partnership_id=thread.partnership_id,
    )


def shared_since(user, since, *, limit: int = 20) -> list[Waiting]:
    """Versions shared with the person since a moment, newest first."""
    rows = grants_to(user).filter(updated_at__gt=since) if since else grants_to(user)
    rows = rows.select_related("version__plan__city").order_by("-updated_at")[:limit]
    return [_shared(grant) for grant in rows]


def _shared(grant) -> Waiting:
    version, plan = grant.version, grant.version.plan
    return Waiting(
        text=_("Version %(number)s of the action plan “%(title)s”") % {"number": version.number, "title": plan.title},
        url=reverse("action_plans:version", args=[version.pk]),
        since=grant.updated_at,
        context=plan.city.name,
        kind="plan_shared",
        partnership_id=plan.partnership_id,
    )
