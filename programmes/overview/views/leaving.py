"""What is still shared with somebody who left: ended or kept by whoever shared it."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from programmes.common.fields import in_language
from programmes.common.views import SignedInMixin
from programmes.partnerships.models import Team
from programmes.sharing import leaving as sharing

from ..leaving import still_reading


class LeftReader(SignedInMixin, TemplateView):
    """GET: what the person's teams shared with a team that left. POST: `end` takes it back, else it is kept."""

    template_name = "overview/left_reader.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.reader = get_object_or_404(Team.objects.select_related("enrolment__organisation"), pk=kwargs["pk"])
            self.grants = still_reading(request.access, self.reader.pk)
            if not any(rows.exists() for rows in self.grants):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms, plans = self.grants
        return super().get_context_data(reader=self.reader, items=[*_forms(forms), *_plans(plans)], **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ends = "end" in request.POST
        for rows in self.grants:
            (sharing.end if ends else sharing.keep)(rows.select_related("version"), by=request.user)
        messages.success(
            request, _("Recalled.") if ends else _("They go on reading it. You can recall it at any time.")
        )
        return redirect("overview:my_work")


def _forms(grants: Any) -> list[dict[str, Any]]:
    """A line for each version, however many of its sections are read."""
    rows = grants.select_related("version__response__questionnaire").order_by("version__response", "version__number")
    versions = [version for version, _same in groupby(rows, key=lambda grant: grant.version)]
    return [
        {"title": in_language(version.response.questionnaire.title), "number": version.number, "version": version}
        for version in versions
    ]


def _plans(grants: Any) -> list[dict[str, Any]]:
    rows = grants.select_related("version__plan").order_by("version__plan", "version__number")
    return [
        {"title": row.version.plan.title, "number": row.version.number, "plan_version": row.version} for row in rows
    ]
