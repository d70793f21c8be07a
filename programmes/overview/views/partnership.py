"""The pages inside a partnership, and needs beside strengths for whoever pairs cities."""

import datetime
from typing import ClassVar

from django.core.cache import cache
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import DetailView, ListView, TemplateView

from programmes.assessments import snapshots
from programmes.assessments.enums import Purpose
from programmes.assessments.models import Response
from programmes.assessments.pages.reading import read_section
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.partnerships import selectors as partnerships
from programmes.partnerships.models import Partnership, Programme, Team
from programmes.partnerships.services import retention
from programmes.partnerships.tool_use import refuse, tools_in_use, tools_off
from programmes.reports.selectors import documents_in

from .. import conversations, home, inside, waiting, work
from ..board import rows_of

REMEMBERED_FOR = 30 * 24 * 3600


class InsideMixin(ObjectPermissionMixin, VisibleObjectMixin):
    """A page inside a partnership that gathers what its apps know; `key` of its tab, and the tools without one of which
    it is not there for anybody."""

    model = Partnership
    permission_required = "overview.view_partnership"
    context_object_name = "partnership"
    tab: ClassVar[str] = "overview"

    def load_object(self) -> Partnership:
        partnership = partnerships.placed_partnership(self.request.access, self.kwargs["pk"])
        if partnership is None:
            raise Http404
        if not inside.is_open(self.tab, partnership):
            refuse(self.request.access, inside.first_tool(self.tab), partnership)
        return partnership


class PartnershipPage(InsideMixin, DetailView):
    """One page as home: the next step first, the work with its state, what changed since you were here, dates, people
    and documents."""

    template_name = "overview/partnership.html"

    def get_context_data(self, **kwargs):
        partnership, access = self.object, self.request.access
        tools = tools_in_use(partnership)
        tasks = waiting.waiting_for_one(access, partnership=partnership.pk)
        since = self._since()
        return super().get_context_data(
            **inside.place(partnership, self.tab),
            row=rows_of([partnership], partnership.programme)[0],
            next_task=tasks[0] if tasks else None,
            more_tasks=len(tasks) - 1,
            parts=work.parts_of_work(access, partnership, tools),
            tools_off=tools_off(access, partnership),
            changed=home.changed_since(access, partnership, since),
            since=since,
            dates=partnerships.dates_to_come(partnership),
            sides=partnerships.people_of(partnership),
            documents=documents_in(access, partnership),
            **home.groups_of(access, partnership, tools),
            keeping=retention.own_cities(access, partnership),
            **kwargs,
        )

    def _since(self) -> datetime.datetime | None:
        """When this person last opened the page. Kept beside the database and for a month: forgotten, it is the last
        look at *My work*."""
        key = f"seen-partnership-{self.object.pk}-{self.request.user.pk}"
        before = cache.get(key)
        cache.set(key, timezone.now().isoformat(), timeout=REMEMBERED_FOR)
        return datetime.datetime.fromisoformat(before) if before else self.request.user.seen_work_at


class Forms(InsideMixin, DetailView):
    """The needs analysis and the strengths of this partnership's cities, as far as the person writes or reads them."""

    tab = "forms"
    template_name = "overview/forms.html"

    def get_context_data(self, **kwargs):
        tools = tools_in_use(self.object)
        pieces = work.forms_in(self.request.access, self.object, tools)
        return super().get_context_data(pieces=pieces, **kwargs)


class PlanDoor(InsideMixin, DetailView):
    """Leads to the plan of this partnership; where there are several, or none yet, it says so."""

    tab = "plan"
    template_name = "overview/plan.html"

    def get(self, request, *args, **kwargs):
        pieces = work.plans_in(request.access, self.object)
        if len(pieces) == 1 and pieces[0].url:
            return redirect(pieces[0].url)
        return self.render_to_response(self.get_context_data(pieces=pieces))


class Conversations(InsideMixin, ListView):
    """What is said in this partnership, as far as the person reads it: open ones first, then the newest."""

    tab = "conversations"
    template_name = "overview/conversations.html"
    paginate_by = 25

    def get_queryset(self):
        return conversations.in_partnership(self.request.access, self.object)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"partnership": self.object, "items": conversations.listed(context["page_obj"].object_list)}


MOST_BESIDE = 5
"""Cities of one side that are looked at together."""


class Compare(ObjectPermissionMixin, VisibleObjectMixin, TemplateView):
    """Needs beside strengths for the coordinator's choice, each only where its city shared it with the coordinator."""

    model = Programme
    selector = staticmethod(partnerships.programmes_visible_to)
    permission_required = "overview.compare"

    def get_template_names(self):
        return ["overview/_compare.html" if self.request.htmx else "overview/compare.html"]

    def get_context_data(self, **kwargs):
        purposes = {"mentee": Purpose.NEEDS, "mentor": Purpose.STRENGTHS}
        sides = {
            name: [self._shared(chosen, purpose) for chosen in self.request.GET.getlist(name)[:MOST_BESIDE] if chosen]
            for name, purpose in purposes.items()
        }
        return super().get_context_data(sides=sides, programme=self.object, **kwargs)

    def _shared(self, chosen: str, purpose: str) -> dict:
        if not chosen.isdecimal() or len(chosen) > 12:
            raise Http404
        rows = Team.objects.filter(enrolment__programme=self.object).select_related("enrolment__organisation")
        team = get_object_or_404(rows, pk=chosen)
        responses = Response.objects.select_related("questionnaire", "questionnaire_version")
        response = responses.filter(team=team, questionnaire__purpose=purpose).first()
        if response is None:
            return {"team": team, "response": None, "sections": [], "needs": None}
        data = snapshots.readable(response, self.request.access)
        variables = self.object.variables
        sections = [read_section(entry, variables) for entry in data["sections"] if entry["version"]]
        return {"team": team, "response": response, "sections": sections, "needs": data["needs"]}
