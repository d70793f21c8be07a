"""The home of a partnership, and needs beside strengths for whoever pairs cities."""

import datetime

import rules
from django.core.cache import cache
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from programmes.assessments import snapshots
from programmes.assessments.enums import Purpose
from programmes.assessments.models import Response
from programmes.assessments.pages.reading import read_section
from programmes.common.views import ObjectPermissionMixin, VisibleObjectMixin
from programmes.partnerships import selectors as partnerships
from programmes.partnerships.models import Partnership, Programme, Team
from programmes.partnerships.services import retention
from programmes.reports.selectors import documents_in

from .. import home, waiting
from ..board import rows_of
from .my_work import FragmentMixin

REMEMBERED_FOR = 30 * 24 * 3600


class PartnershipPage(ObjectPermissionMixin, VisibleObjectMixin, DetailView):
    """One page as home: next step first, both sides and their people, stage line, what changed since you were here."""

    model = Partnership
    permission_required = "overview.view_partnership"
    template_name = "overview/partnership.html"
    context_object_name = "partnership"

    @staticmethod
    def selector(access):
        rows = partnerships.with_people(partnerships.partnerships_visible_to(access))
        return rows.prefetch_related("tool_uses")

    def get_context_data(self, **kwargs):
        partnership, access = self.object, self.request.access
        tools = partnerships.tools_in_use(partnership)
        may = {
            name: rules.has_perm(f"partnerships.{perm}", access, partnership)
            for name, perm in {"change": "change_partnership", "dates": "record_stage", "tools": "choose_tools"}.items()
        }
        return super().get_context_data(
            row=rows_of([partnership], partnership.programme, days=True)[0],
            sides=home.sides_of(partnership),
            tools=tools,
            steps=home.steps_of(access, partnership, tools),
            open_conversations=home.open_conversations(access, partnership),
            may=may,
            **home.groups_of(access, partnership, tools),
            keeping=retention.own_cities(access, partnership),
            **kwargs,
        )

    def get_object(self, queryset=None):
        partnership = super().get_object(queryset)
        self.request.access.note("sees", partnership)
        return partnership


class PartnershipNews(ObjectPermissionMixin, VisibleObjectMixin, FragmentMixin, TemplateView):
    """What waits for the person in this partnership, what was shared since they were here, and their documents."""

    model = Partnership
    permission_required = "overview.view_partnership"
    template_name = "overview/_partnership_news.html"
    selector = staticmethod(lambda access: partnerships.with_people(partnerships.partnerships_visible_to(access)))

    def page_url(self) -> str:
        return self.permission_object.get_absolute_url()

    def get_context_data(self, **kwargs):
        partnership, access = self.permission_object, self.request.access
        return super().get_context_data(
            waiting=waiting.waiting_for_one(access, partnership=partnership.pk),
            changed=home.changed_since(access, partnership, self._since()),
            documents=documents_in(access, partnership),
            **kwargs,
        )

    def _since(self) -> datetime.datetime | None:
        """When this person last opened the page. Kept beside the database and for a month: forgotten, it is the last
        look at *My work*."""
        key = f"seen-partnership-{self.permission_object.pk}-{self.request.user.pk}"
        before = cache.get(key)
        cache.set(key, timezone.now().isoformat(), timeout=REMEMBERED_FOR)
        return datetime.datetime.fromisoformat(before) if before else self.request.user.seen_work_at


class Compare(ObjectPermissionMixin, VisibleObjectMixin, TemplateView):
    """Needs beside strengths for the coordinator's choice, each only where its city shared it with the coordinator."""

    model = Programme
    selector = staticmethod(partnerships.programmes_visible_to)
    permission_required = "overview.compare"

    def get_template_names(self):
        return ["overview/_compare.html" if self.request.htmx else "overview/compare.html"]

    def get_context_data(self, **kwargs):
        sides = {
            "mentee": self._shared("mentee", Purpose.NEEDS),
            "mentor": self._shared("mentor", Purpose.STRENGTHS),
        }
        return super().get_context_data(sides=sides, programme=self.permission_object, **kwargs)

    def _shared(self, name: str, purpose: str) -> dict | None:
        chosen = self.request.GET.get(name, "")
        if not chosen.isdecimal() or len(chosen) > 12:
            return None
        rows = Team.objects.filter(enrolment__programme=self.permission_object).select_related(
            "enrolment__organisation"
        )
        team = get_object_or_404(rows, pk=chosen)
        responses = Response.objects.select_related("questionnaire", "questionnaire_version")
        response = responses.filter(team=team, questionnaire__purpose=purpose).first()
        if response is None:
            return {"team": team, "response": None, "sections": [], "needs": None}
        data = snapshots.readable(response, self.request.access)
        policy_field = self.permission_object.policy_field
        sections = [read_section(entry, policy_field) for entry in data["sections"] if entry["version"]]
        return {"team": team, "response": response, "sections": sections, "needs": data["needs"]}
