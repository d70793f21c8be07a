"""What the views of one plan share."""

from typing import Any
from urllib.parse import urlencode

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django_htmx.middleware import HtmxDetails

from programmes.common.access import Access
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.partnerships.enums import Role
from programmes.partnerships.tool_use import OfTool, refuse

from .. import selectors
from ..models import Action, Plan, PlanVersion
from ..tools import ACTION_PLAN


class PersonRequest(HttpRequest):
    """What the mixins let through: somebody who is signed in."""

    access: Access
    htmx: HtmxDetails


def found_plan(access: Access, pk: int) -> Plan:
    """The plan with what its pages read; 404 where the person may see nothing of it."""
    plan = selectors.plan_to_show(access, pk)
    if plan is None:
        found = Plan.objects.filter(pk=pk).select_related("partnership__programme").first()
        if found is not None:
            refuse(access, ACTION_PLAN.key, found.partnership)
        raise Http404
    return plan


class PlanMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """A plan of which the person may see something; 404 for any other."""

    model = Plan
    permission_required = "action_plans.view_plan"
    request: Any

    def load_object(self) -> Plan:
        return found_plan(self.request.access, self.kwargs["pk"])


class ActionMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """An action, which is a row of a plan; the rules are asked about the plan."""

    model = Action
    permission_required = "action_plans.change_plan"
    request: Any
    kwargs: dict[str, Any]

    def load_object(self) -> Action:
        action = get_object_or_404(Action, pk=self.kwargs["pk"])
        action.plan = found_plan(self.request.access, action.plan_id)
        return action

    def get_permission_object(self) -> Plan:
        return self.plan

    @property
    def plan(self) -> Plan:
        return self.object.plan

    def row_url(self, *, opened: bool = False) -> str:
        """Where the row stands, `opened` to write in it."""
        asked = f"?open={self.object.pk}" if opened else ""
        return f"{self.plan.get_absolute_url()}{asked}#action-{self.object.pk}"


class VersionMixin(OfTool, ObjectPermissionMixin, VisibleObjectMixin):
    """A frozen version that the person may read, with its plan as pages read it."""

    model = PlanVersion
    tool = ACTION_PLAN.key
    partnership = "plan__partnership"
    selector = staticmethod(selectors.versions_visible_to)
    permission_required = "action_plans.view_version"
    request: Any

    def load_object(self) -> PlanVersion:
        version: PlanVersion = super().load_object()
        version.plan = found_plan(self.request.access, version.plan_id)
        return version


def frame(access: Access, plan: Plan, shown: PlanVersion | None = None) -> dict[str, Any]:
    """What stands around every page of a plan: cities, versions, and what the person may do."""
    partnership = plan.partnership
    mentors = [row.organisation.name for row in partnership.current_in(Role.MENTOR)]
    return {
        "plan": plan,
        "partnership": partnership,
        "mentors": mentors,
        "versions": selectors.versions_of(access, plan),
        "shown": shown,
        "working_language": partnership.programme.working_language,
        "may_freeze": rules.has_perm("action_plans.freeze_plan", access, plan),
        "may_suggest": rules.has_perm("action_plans.suggest", access, plan),
    }


def to_plan(plan: Plan, anchor: str = "", **asked: int) -> HttpResponse:
    """To its page; `asked` are the page's own words, such as `open`."""
    query = f"?{urlencode(asked)}" if asked else ""
    return redirect(f"{plan.get_absolute_url()}{query}{'#' if anchor else ''}{anchor}")


def newest_or_404(version: PlanVersion | None) -> PlanVersion:
    if version is None:
        raise Http404
    return version
