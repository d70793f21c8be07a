"""The benchmark in a partnership: which one it works with, and another version of it."""

from typing import Any

import rules
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from programmes.common.seen import SeenView
from programmes.common.views import ObjectPermissionMixin, SmallForm, VisibleObjectMixin
from programmes.partnerships.models import Partnership
from programmes.partnerships.selectors import partnerships_visible_to
from programmes.partnerships.tool_use import OfTool, refuse

from .. import selectors
from ..booklet import booklet_of
from ..forms import ChooseForm
from ..services import uses as services
from ..tools import BENCHMARK
from .base import PersonRequest


class PairMixin(OfTool, ObjectPermissionMixin, VisibleObjectMixin):
    """A partnership that the person sees, and that uses benchmarks."""

    model = Partnership
    tool = BENCHMARK.key
    partnership = ""
    selector = staticmethod(partnerships_visible_to)
    object: Partnership
    request: PersonRequest
    permission_required = "partnerships.view_partnership"

    def load_object(self) -> Partnership:
        found = super().load_object()
        refuse(self.request.access, self.tool, found)
        return found


class PairPage(PairMixin, DetailView):
    """What the partnership works with: its menu, and whether there is a newer version."""

    template_name = "benchmarks/pair.html"
    context_object_name = "partnership"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = selectors.used_by(self.object)
        newest = selectors.newer_than(version) if version and version.retired_at else None
        more: dict[str, Any] = {"version": version, "newest": newest}
        if version is not None:
            more["booklet"] = booklet_of(version, outline=True)
        if newest is not None:
            more["changes"] = booklet_of(newest, outline=True).changes
        may_choose = rules.has_perm("benchmarks.choose", self.request.access, self.object)
        return super().get_context_data(may_choose=may_choose, **more, **kwargs)


class PairChoose(SeenView, PairMixin, SmallForm):
    """Choose a benchmark, a newer version of it, or none."""

    permission_required = "benchmarks.choose"
    form_class = ChooseForm
    heading = gettext_lazy("With which benchmark do you work?")
    intro = gettext_lazy(
        "It can be changed at any time: what was written on a factor is found by the factor’s key in another version."
    )
    button = gettext_lazy("Save")
    who_reads = gettext_lazy("Everybody in the partnership, and its coordinator, sees which one it is.")

    def rows_changed(self):
        return Partnership.objects.filter(pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        offered = selectors.to_choose_from(self.request.access, selectors.used_by(self.object))
        return super().get_form_kwargs() | {"offered": offered}

    def get_initial(self) -> dict[str, Any]:
        version = selectors.used_by(self.object)
        return {"version": str(version.pk) if version else ""}

    def act(self, form: ChooseForm) -> HttpResponse:
        services.choose(partnership=self.object, version=form.chosen, by=self.request.user)
        messages.success(self.request, _("Saved."))
        return redirect(self.back_url())

    def back_url(self) -> str:
        return reverse("benchmarks:pair", args=[self.object.pk])
