"""A partnership's way: the agreed, begun and finished days of its stages, and stages of its own."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import View

from programmes.common import ical
from programmes.common.errors import Refusal
from programmes.common.seen import SeenView
from programmes.common.views import SignedInMixin

from ..forms.partnerships import CurrentStageForm, MoveAlongForm, OwnStageForm, StageDateForm
from ..models import Stage, StageDate
from ..moving import later_dates
from ..selectors import people_of, stages_with_own
from ..selectors.calendar import calendar_dates, entry_of, read
from ..services import partnerships as services
from ..services.stages import add_own_stage
from .base import FormPage, ObjectPage, site_of
from .partnerships import OfPartnership


class Dates(SeenView, OfPartnership, ObjectPage):
    """Agreed, begun and finished days of each stage, and where the partnership stands. Before a date moves, the page
    asks once which of the later ones move along."""

    permission_required = "partnerships.record_stage"
    template_name = "partnerships/dates.html"

    def get(self, request, *args, **kwargs):
        return self.shown(self.rows(), self.stage_form())

    def post(self, request, *args, **kwargs):
        rows, stage_form, along = self.rows(request.POST), self.stage_form(request.POST), None
        if all([stage_form.is_valid(), *(form.is_valid() for _row, form in rows)]):
            moves = later_dates(form.planned(stage) for stage, form in rows)
            along = MoveAlongForm(request.POST, moves=moves)
            if moves and not along.is_answered:
                return self.shown(rows, stage_form, along)
            try:
                self.save(rows, stage_form, along.chosen() if moves else {})
            except Refusal as refusal:
                stage_form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The dates are saved."))
                return redirect("partnerships:dates", pk=self.object.pk)
        return self.shown(rows, stage_form)

    def shown(self, rows: list, stage_form: CurrentStageForm, along: MoveAlongForm | None = None) -> Any:
        told = [part.team for part, people in people_of(self.object) if people]
        context = self.get_context_data(rows=rows, stage_form=stage_form, along=along, told=told)
        return self.render_to_response(context)

    def rows(self, data: Any = None) -> list:
        """(stage, its form) in the order of the stages in use."""
        there = {row.stage_id: row for row in StageDate.objects.filter(partnership=self.object)}
        empty = {"partnership": self.object}
        return [
            (
                stage,
                StageDateForm(
                    data, prefix=f"stage-{stage.pk}", instance=there.get(stage.pk) or StageDate(stage=stage, **empty)
                ),
            )
            for stage in stages_with_own(self.object)
        ]

    def stage_form(self, data: Any = None) -> CurrentStageForm:
        return CurrentStageForm(data, partnership=self.object)

    @transaction.atomic
    def save(self, rows: Any, stage_form: Any, along: Mapping[Stage, date]) -> None:
        changed = {stage: form.changes() for stage, form in rows}
        for stage, day in along.items():
            changed[stage]["planned_on"] = day
        services.record_dates(partnership=self.object, dates=changed, by=self.request.user)
        if stage_form.has_changed():
            stage = stage_form.cleaned_data["current_stage"]
            services.set_current_stage(partnership=self.object, stage=stage, by=self.request.user)


class DateFile(SignedInMixin, View):
    """One date, for the calendar of whoever opens the file."""

    def get(self, request, *args, pk, **kwargs):
        rows = read(calendar_dates(request.access).filter(pk=pk))
        if not rows:
            raise Http404
        entry = entry_of(rows[0], site_of(request).rstrip("/"))
        return ical.answer([entry], name=entry.title, language=get_language() or "en", filename=f"{pk}.ics")


class OwnStageAdd(OfPartnership, FormPage):
    """A stage of this partnership alone."""

    permission_required = "partnerships.record_stage"
    form_class = OwnStageForm
    template_name = "partnerships/partnership_form.html"
    done_message = gettext_lazy("The stage is added to this partnership.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"partnership": self.object}

    def get_context_data(self, **kwargs):
        return super().get_context_data(heading=_("A stage of your own"), **kwargs)

    def carry_out(self, form):
        add_own_stage(partnership=self.object, by=self.request.user, form_key=form.key, **form.cleaned_data)

    def get_success_url(self):
        return reverse("partnerships:dates", args=[self.object.pk])
