"""Rows of a plan: added, removed, brought back, put in order, tied to needs, talked about."""

from typing import Any

import rules
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django_htmx.http import HttpResponseClientRedirect

from programmes.assessments.boundary import needs_visible_to
from programmes.common.autosave import wants_json
from programmes.common.errors import Refusal
from programmes.common.once import key_sent
from programmes.common.seen import SeenView
from programmes.common.views import SmallForm
from programmes.practices.boundary import judgements_kept_by

from .. import selectors, services
from ..columns import columns_of
from ..forms import MessageForm, MoveForm, NeedsForm
from ..models import Action, Plan
from ..showing import gone_alone, row_alone
from .base import ActionMixin, PersonRequest, PlanMixin, to_plan


class ActionAdd(PlanMixin, View):
    """POST: an empty row at the end. The address leads into its first box, which browsers then focus."""

    http_method_names = ["post"]
    permission_required = "action_plans.change_plan"

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        try:
            action = services.add_action(plan=self.object, by=request.user, form_key=key_sent(request.POST))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return to_plan(self.object)
        first = columns_of(self.object.partnership.programme)[0]
        return to_plan(self.object, f"box-{action.pk}-{first.key}", open=action.pk)


class ActionAdapt(PlanMixin, View):
    """POST: an action begun from a practice that the plan's team judged could work there."""

    http_method_names = ["post"]
    permission_required = "action_plans.change_plan"

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        judgement = get_object_or_404(judgements_kept_by(request.access), pk=kwargs["judgement"])
        try:
            action = services.adapt(judgement=judgement, plan=self.object, access=request.access)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(judgement)
        messages.success(request, _("The action is in your plan; its link to the practice stays."))
        first = columns_of(self.object.partnership.programme)[0]
        return to_plan(self.object, f"box-{action.pk}-{first.key}", open=action.pk)


def row_rendered(request: PersonRequest, plan: Plan, action: Action, template: str, **more: Any) -> HttpResponse:
    """One row as it stands in the table."""
    context = row_alone(request.access, plan, action) | {"plan": plan, "next": plan.get_absolute_url()}
    context["may_suggest"] = rules.has_perm("action_plans.suggest", request.access, plan)
    return render(request, f"action_plans/{template}.html", context | more)


def gone_rendered(request: PersonRequest, plan: Plan, action: Action) -> HttpResponse:
    """What stands in the place of a row that is removed."""
    return render(request, "action_plans/_gone_alone.html", gone_alone(plan, action))


class ActionRow(ActionMixin, View):
    """One row of the table for HTMX, to write in with `?open=1`, else to read."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        opened = "open" in request.GET
        if not request.htmx:
            return redirect(self.row_url(opened=opened))
        if self.object.removed_at is not None:
            return gone_rendered(request, self.plan, self.object)
        return row_rendered(request, self.plan, self.object, "_row_open" if opened else "_row")


class ActionRemove(ActionMixin, View):
    """POST: takes a row out; what stands in its place says so, and brings it back."""

    http_method_names = ["post"]

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        services.remove_action(action=self.object, by=request.user)
        if request.htmx:
            return gone_rendered(request, self.plan, self.object)
        return to_plan(self.plan, f"removed-{self.object.pk}", removed=self.object.pk)


class ActionBack(ActionMixin, View):
    http_method_names = ["post"]

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        try:
            services.bring_back(action=self.object, by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            back = to_plan(self.plan, "removed")
            return HttpResponseClientRedirect(back.url) if request.htmx else back
        if request.htmx:
            removed = gone_alone(self.plan, self.object)["removed"]
            return row_rendered(request, self.plan, self.object, "_row_back", removed=removed)
        messages.success(request, _("The action is back in the plan."))
        return redirect(self.row_url())


class ActionMove(ActionMixin, View):
    """POST `step`: one place up (-1) or down (1); or `place`: to become this number."""

    http_method_names = ["post"]

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        form = MoveForm(request.POST)
        if not form.is_valid() or self.object.removed_at is not None:
            messages.error(request, _("This action cannot be moved."))
            return to_plan(self.plan)
        services.move(action=self.object, by=request.user, **form.cleaned_data["where"])
        return redirect(self.row_url())


class PlanReorder(PlanMixin, View):
    """POST `order`, ids of rows as they should stand; for the script that lets rows be dragged."""

    http_method_names = ["post"]
    permission_required = "action_plans.change_plan"

    def post(self, request: PersonRequest, **kwargs: Any) -> HttpResponse:
        ids = [int(value) for value in request.POST.getlist("order") if value.isdecimal() and len(value) < 19]
        services.reorder(plan=self.object, order=ids, by=request.user)
        if wants_json(request):
            return JsonResponse({"saved": True})
        return to_plan(self.object)


class ActionNeeds(SeenView, ActionMixin, SmallForm):
    """Ties the action to needs of its own city; a page, and for HTMX a part of the row."""

    form_class = NeedsForm
    heading = gettext_lazy("Needs this action answers")
    button = gettext_lazy("Save")

    def get_template_names(self) -> list[str]:
        return ["action_plans/_needs_form.html" if self.request.htmx else "action_plans/needs.html"]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"needs": self._needs()}

    def rows_changed(self):
        return Action.objects.filter(pk=self.kwargs["pk"])

    def _needs(self):
        """A need that was retired since stays as long as the action points at it."""
        current = Q(retired_at=None) | Q(pk__in=self._tied())
        rows = needs_visible_to(self.request.access).filter(current, response__team=self.plan.team_id)
        return rows.order_by("response_id", "number")

    def _tied(self) -> set[int]:
        return set(self.object.need_links.values_list("need_id", flat=True))

    def get_initial(self) -> dict[str, Any]:
        return {"needs": list(self._tied())}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(action=self.object, plan=self.plan, **kwargs)
        chosen = {str(getattr(value, "pk", value)) for value in context["form"]["needs"].value() or []}
        context["choices"] = [(need, str(need.pk) in chosen) for need in context["form"].fields["needs"].queryset]
        return context

    def act(self, form: NeedsForm) -> HttpResponse:
        services.set_needs(action=self.object, needs=form.cleaned_data["needs"], by=self.request.user)
        if self.request.htmx:
            needs = [link.need for link in self.object.need_links.select_related("need").order_by("need__number")]
            return render(self.request, "action_plans/_needs.html", {"row": {"pk": self.object.pk, "needs": needs}})
        return redirect(self.row_url())

    def back_url(self) -> str:
        return self.row_url()


class ActionSuggest(ActionMixin, SmallForm):
    """A suggestion or question on one action, by either city or the mentee's association."""

    permission_required = "action_plans.suggest"
    form_class = MessageForm
    heading = gettext_lazy("Your suggestion")
    button = gettext_lazy("Send")
    who_reads = gettext_lazy("Read by both city teams and the mentee’s association.")

    def load_object(self):
        action = super().load_object()
        if not selectors.may_point_at(self.request.access, action):
            raise Http404
        return action

    def act(self, form: MessageForm) -> HttpResponse:
        text = form.cleaned_data["text"]
        conversation = services.suggest(
            plan=self.plan, action=self.object, text=text, access=self.request.access, form_key=form.key
        )
        return to_plan(self.plan, f"conversation-{conversation.pk}")

    def back_url(self) -> str:
        return self.row_url()
