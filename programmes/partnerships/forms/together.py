"""One form for many partnerships."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..enums import Role
from ..models import Partnership, Programme, Stage, StageDate, Team
from .fields import DayField, NamedChoice, NamedChoices, helper, offer
from .partnerships import REASON_ROWS, teams_for


class CommonDayForm(forms.Form):
    """A day for one stage in the partnerships that are ticked: at first those that have none yet."""

    planned_on = DayField(label=_("Agreed for"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False, help_text=_("For example the place."))
    partnerships = NamedChoices(
        label=_("Partnerships"),
        queryset=Partnership.objects.none(),
        error_messages={"required": _("Choose at least one partnership.")},
    )

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = Partnership.objects.filter(programme=stage.programme_id, ended_on=None).order_by("sort_name", "pk")
        rows = rows.prefetch_related("participations__organisation")
        dated = dict(
            StageDate.objects.filter(stage=stage, partnership__in=rows, planned_on__isnull=False).values_list(
                "partnership", "planned_on"
            )
        )
        self.fields["partnerships"].naming = lambda row: _named(row, dated)
        offer(self, "partnerships", rows)
        self.initial.setdefault("partnerships", [row.pk for row in rows if row.pk not in dated])
        self.helper = helper(_("Save the date"))


def _named(partnership: Partnership, dated: dict) -> str:
    day = dated.get(partnership.pk)
    return f"{partnership} · {date_format(day, 'SHORT_DATE_FORMAT')}" if day else str(partnership)


class ReplaceFacilitatorForm(forms.Form):
    """Who hands over all partnerships to whom."""

    old = NamedChoice(label=_("Who hands over"), queryset=Team.objects.none())
    new = NamedChoice(label=_("Who takes over"), queryset=Team.objects.none())
    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=900,
        widget=forms.Textarea(attrs=REASON_ROWS),
        help_text=_("Stands in the history of each partnership. Everyone in it reads it."),
    )
    on = DayField(label=_("From"), required=False, help_text=_("Left empty: today."))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        teams = teams_for(programme, Role.FACILITATOR)
        offer(self, "old", teams)
        offer(self, "new", teams)
        self.helper = helper(_("Replace in all partnerships"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("old") and data.get("old") == data.get("new"):
            self.add_error("new", _("Choose another team."))
        return data
