"""Plans as lists: of a partnership, newly shared."""

from datetime import datetime

from django.db.models import Case, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, TextField, When
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.held import hold
from programmes.common.prepared import prepared
from programmes.common.waiting import Kind, Waiting, WaitingText
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.models import Conversation
from programmes.conversations.selectors import with_messages
from programmes.partnerships.boundary import current, places_of
from programmes.partnerships.models import Participation, Partnership
from programmes.partnerships.selectors import participations_in, partnerships_visible_to
from programmes.partnerships.tool_use import in_use
from programmes.practices.models import Judgement

from .boundary import grants_to, plans_kept_by, plans_visible_to, plans_written_by, versions_visible_to
from .models import Action, Plan, PlanGrant, PlanVersion
from .tools import ACTION_PLAN

__all__ = ["plans_visible_to", "versions_visible_to"]

MOST_SHARED = 20
PEOPLE = Participation.objects.select_related("organisation")


def plans_to_show(access: Access) -> QuerySet[Plan]:
    """Visible plans with what their pages read; each knows whether this person writes it (`is_written`) and whether it
    reads it as it stands (`is_kept`)."""
    written = plans_written_by(access).filter(pk=OuterRef("pk"))
    kept = plans_kept_by(access).filter(pk=OuterRef("pk"))
    return (
        plans_visible_to(access)
        .annotate(is_written=Exists(written), is_kept=Exists(kept))
        .select_related("city", "team", "partnership__programme")
    )


@prepared
def _plan(access: Access, plan: int) -> QuerySet[Plan]:
    return plans_to_show(access).filter(pk=plan)


def plan_to_show(access: Access, pk: int) -> Plan | None:
    """One of these; what was found out about it is noted, because several rules ask in one request."""
    plan = next(iter(_plan(access, pk)), None)
    if plan is not None:
        hold([plan.partnership], "participations", participations_in([plan.partnership_id], False))
        access.note("sees", plan)
        access.note("writes", plan, plan.is_written)  # type: ignore[attr-defined]
    return plan


def partnerships_to_begin(access: Access) -> QuerySet[Partnership]:
    rows = partnerships_visible_to(access).filter(in_use(ACTION_PLAN.key, "")).select_related("programme")
    return rows.prefetch_related(Prefetch("participations", PEOPLE))


def versions_of(access: Access, plan: Plan) -> list[PlanVersion]:
    """Frozen versions that the person may read, oldest first, without their contents."""
    return _versions(access, plan.pk)


@prepared
def _versions(access: Access, plan: int) -> QuerySet[PlanVersion]:
    return versions_visible_to(access).filter(plan=plan).defer("data").order_by("number")


def may_point_at(access: Access, action: Action) -> bool:
    """Whether the person has seen this row: in the plan it writes, or in a version it may read."""
    if plans_written_by(access).filter(pk=action.plan_id).exists():
        return True
    rows = versions_visible_to(access).filter(plan=action.plan_id).only("data", "schema")
    return any(row["id"] == action.pk for version in rows for row in version.content["actions"])


def with_titles(access: Access, plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """Adds `shown_title`: the plan's own for those who read it as it stands, for others that of the newest version they
    were given; nobody reads over the shoulder."""
    kept = plans_kept_by(access).filter(pk=OuterRef("pk"))
    newest = versions_visible_to(access).filter(plan=OuterRef("pk")).order_by("-number")
    given = Subquery(newest.values(title=KT("data__plan__title"))[:1])
    return plans.annotate(
        shown_title=Case(When(Exists(kept), then=F("title")), default=given, output_field=TextField())
    )


def shown_title(plan: Plan) -> str:
    """Of a plan read through `with_titles`."""
    return plan.shown_title or ""  # type: ignore[attr-defined]


def plans_of(access: Access, partnership: int) -> QuerySet[Plan]:
    plans = plans_visible_to(access).filter(partnership=partnership)
    return with_titles(access, plans).select_related("city").order_by("-pk")


def plans_of_earlier_partnerships(access: Access) -> list[Plan]:
    """The own teams' plans of partnerships in which they take part no more."""
    return _earlier(access)


@prepared
def _earlier(access: Access) -> QuerySet[Plan]:
    here = Participation.objects.filter(current(), partnership=OuterRef("partnership"), team=OuterRef("team"))
    return Plan.objects.filter(~Exists(here), team__in=places_of(access).own).select_related("city").order_by("-pk")


def conversations_on(access: Access, plan: Plan) -> list[Conversation]:
    """Suggestions and group questions of the plan that the person may read, with messages."""
    return _conversations(access, plan.pk)


@prepared
def _conversations(access: Access, plan: int) -> QuerySet[Conversation]:
    rows = conversations_visible_to(access).filter(about_plan__plan=plan)
    return with_messages(rows).select_related("about_plan")


def shared_since(access: Access, since: datetime | None, *, limit: int = MOST_SHARED) -> list[Waiting]:
    """Versions shared with the person since a moment, newest first; at most `MOST_SHARED`."""
    return [_shared(grant) for grant in _grants_since(access, since)[:limit]]


@prepared
def _grants_since(access: Access, since: datetime | None) -> QuerySet[PlanGrant]:
    rows = grants_to(access).filter(updated_at__gt=since) if since else grants_to(access)
    earlier = grants_to(access).filter(
        version__plan=OuterRef("version__plan"), version__number__lt=OuterRef("version__number")
    )
    rows = rows.annotate(has_earlier=Exists(earlier))
    return rows.select_related("version__plan__city").order_by("-updated_at")[:MOST_SHARED]


def _shared(grant: PlanGrant) -> Waiting:
    version, plan = grant.version, grant.version.plan
    return Waiting(
        SHARED,
        version.pk,
        partnership_id=plan.partnership_id,
        since=grant.updated_at,
        data={
            "number": version.number,
            "title": version.content["plan"]["title"],
            "city": plan.city.name,
            "has_earlier": grant.has_earlier,  # type: ignore[attr-defined]
        },
    )


def _say_shared(row: Waiting) -> WaitingText:
    text = _("Version %(number)s of the action plan “%(title)s”") % row.data
    changes = reverse("action_plans:compare", args=[row.subject_id]) if row.data["has_earlier"] else ""
    return WaitingText(
        text, reverse("action_plans:version", args=[row.subject_id]), row.data["city"], changes_url=changes
    )


SHARED = Kind("plan.shared", lambda asked: (), _say_shared)


def plans_to_adapt_in(access: Access, judgement: Judgement) -> list[Plan]:
    """Plans of the team that judged, which the person writes."""
    return list(plans_written_by(access).filter(team=judgement.team_id).order_by("-pk"))


def adapted_actions(access: Access, judgement: Judgement) -> list[Action]:
    """Actions made of a judgement, in plans that the person reads as they stand."""
    rows = Action.objects.filter(adapted__judgement=judgement, removed_at=None, plan__in=plans_kept_by(access))
    return list(rows.select_related("plan").order_by("pk"))
