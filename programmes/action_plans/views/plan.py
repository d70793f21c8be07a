"""A plan: beginning it, the table for those who write, the newest version for those who read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from programmes.common.autosave import PresenceView, SavedBox
from programmes.common.kinds import kind_of
from programmes.common.languages import CONTENT_LANGUAGES
from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin, SmallForm, VisibleObjectMixin
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership
from programmes.partnerships.tool_use import OfTool

from .. import boundary, selectors, services, snapshots
from ..columns import box_of, columns_of
from ..forms import PlanForm
from ..models import Cell, Plan
from ..showing import as_it_stands, writing
from ..tables import box_name, table_of
from ..timeline import in_time
from ..tools import ACTION_PLAN
from .base import PlanMixin, frame, newest_or_404, to_plan
from .versions import reading


class PlanBegin(OfTool, ObjectPermissionMixin, VisibleObjectMixin, SmallForm):
    """The mentee's team begins the plan of its city; where there is one already, it is opened."""

    model = Partnership
    tool = ACTION_PLAN.key
    partnership = ""
    selector = staticmethod(selectors.partnerships_to_begin)
    permission_required = "action_plans.add_plan"
    request: Any
    form_class = PlanForm
    heading = gettext_lazy("Begin the action plan")
    intro = gettext_lazy("A title and a language are enough. All of it can be changed later.")
    button = gettext_lazy("Begin")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = Plan.objects.filter(partnership=self.object, team=self._mentee.team_id).first()
        return redirect(plan) if plan else super().get(request, *args, **kwargs)

    @property
    def _mentee(self):
        return self.object.current_in(Role.MENTEE)[0]

    def get_initial(self) -> dict[str, Any]:
        known = dict(CONTENT_LANGUAGES)
        own = [code for code in self._mentee.organisation.languages if code in known]
        return {"language": next(iter(own), self.object.programme.working_language)}

    def act(self, form: PlanForm) -> HttpResponse:
        return redirect(services.begin_plan(partnership=self.object, by=self.request.user, **form.cleaned_data))

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class PlanHeader(SeenView, PlanMixin, SmallForm):
    """Title, language and date."""

    permission_required = "action_plans.change_plan"
    form_class = PlanForm
    heading = gettext_lazy("Title, language and date")
    button = gettext_lazy("Save")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Plan.objects.get(pk=self.object.pk)}

    def act(self, form: PlanForm) -> HttpResponse:
        services.change_header(plan=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Saved."))
        return to_plan(self.object)

    def back_url(self) -> str:
        return self.object.get_absolute_url()


class PlanPage(PlanMixin, DetailView):
    """The editable table for the plan's writers; the same to read for who wrote it once its city takes part no more;
    for other readers the newest version they were given."""

    context_object_name = "plan"

    def get_template_names(self) -> list[str]:
        if self.object.is_written:
            return ["action_plans/plan.html"]
        return ["action_plans/resting.html" if self.object.is_kept else "action_plans/version.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access, plan = self.request.access, self.object
        if plan.is_written:
            return super().get_context_data(**frame(access, plan), **writing(access, plan, self.request.GET), **kwargs)
        if plan.is_kept:
            return super().get_context_data(**frame(access, plan), table=as_it_stands(access, plan), **kwargs)
        version = newest_or_404(boundary.newest_version_for(access, plan))
        version.plan = plan
        return super().get_context_data(**frame(access, plan, version), **reading(access, version), **kwargs)


class PlanTranslation(PlanMixin, DetailView):
    """Every text of the plan beside its translation into the working language, and in which language it is."""

    permission_required = "action_plans.change_plan"
    template_name = "action_plans/translation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        table = table_of(snapshots.take(self.object))
        context = frame(self.request.access, self.object) | {"table": table}
        return super().get_context_data(**context, **kwargs)


class PlanTimeline(PlanMixin, DetailView):
    """When what happens, and what has no date: of the plan as its team reads it, for others of the newest version."""

    template_name = "action_plans/timeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access, plan = self.request.access, self.object
        working = plan.is_written or plan.is_kept
        version = None if working else newest_or_404(boundary.newest_version_for(access, plan))
        rows = table_of(version.content if version else snapshots.take(plan)).rows
        return super().get_context_data(**frame(access, plan, version), **in_time(rows), **kwargs)


class PlanPresence(PlanMixin, PresenceView):
    """Who else has the table open."""

    permission_required = "action_plans.change_plan"
    kind = "plan"

    def get_place(self):
        return self.object.pk, boundary.writers_of(self.object)

    def get_revisions(self):
        rows = self._cells.values_list("action", "column_key", "revision")
        return {box_name(action, column): revision for action, column, revision in rows}

    def get_boxes(self, names):
        columns = {column.key: column for column in columns_of(self.object.partnership.programme)}
        actions = {name.partition(".")[0] for name in names}
        for cell in self._cells.filter(action__in=[pk for pk in actions if pk.isdecimal()]).select_related(
            "updated_by"
        ):
            name, column = box_name(cell.action_id, cell.column_key), columns.get(cell.column_key)
            if column and name in names:
                yield SavedBox(name, cell, kind_of(column), box_of(column.key, column.kind, column.options))

    @property
    def _cells(self):
        return Cell.objects.filter(action__plan=self.object, action__removed_at=None)
