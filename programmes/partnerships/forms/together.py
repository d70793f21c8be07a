"""One form for many partnerships."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from programmes.common.once import OnceForm

from ..enums import Role
from ..models import Participation, Partnership, Programme, Stage, StageDate, Team
from ..services.together import Pairing
from .fields import DayField, NamedChoice, NamedChoices, helper, offer
from .partnerships import CAME_FOR, REASON_ROWS, city_and_themes, first_theme, teams_for


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


MOST_PAIRED = 50
"""Rows of the page that pairs many."""


class PairManyForm(OnceForm):
    """A row for each city that came as a mentee and is in no running partnership as one: its mentors and facilitator.
    Rows left empty stay as they are."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.mentees = list(unpaired(programme)[:MOST_PAIRED])
        self.parts = ["mentor", "second"] if programme.roles[Role.MENTOR].get("most", 2) > 1 else ["mentor"]
        mentors = list(teams_for(programme, Role.MENTOR).prefetch_related("enrolment__themes"))
        mentors.sort(key=lambda team: team.enrolment.role not in CAME_FOR[Role.MENTOR])
        facilitators = list(teams_for(programme, Role.FACILITATOR))
        self.teams = {str(team.pk): team for team in [*mentors, *facilitators]}
        labels = {"mentor": _("Mentor"), "second": _("Second mentor")}
        for mentee in self.mentees:
            others = [(str(team.pk), city_and_themes(team)) for team in mentors if team.pk != mentee.pk]
            for part in self.parts:
                self.fields[f"{part}-{mentee.pk}"] = _choice(labels[part], others)
            chosen = [(str(team.pk), str(team)) for team in facilitators]
            self.fields[f"facilitator-{mentee.pk}"] = _choice(_("Facilitator"), chosen)

    def rows(self) -> list[tuple[Team, list[forms.BoundField]]]:
        return [
            (mentee, [self[f"{part}-{mentee.pk}"] for part in (*self.parts, "facilitator")]) for mentee in self.mentees
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["pairings"] = [row for row in map(self._pairing, self.mentees) if row is not None]
        if not data["pairings"] and not self.errors:
            raise forms.ValidationError(_("Choose a mentor in at least one row."))
        return data

    def _pairing(self, mentee: Team) -> Pairing | None:
        found = {part: self._team(part, mentee) for part in (*self.parts, "facilitator")}
        facilitator = found.pop("facilitator")
        mentors = [team for team in found.values() if team is not None]
        if not mentors:
            if facilitator is not None:
                self.add_error(f"mentor-{mentee.pk}", _("Choose a mentor as well."))
            return None
        if len(mentors) > len(set(mentors)):
            self.add_error(f"second-{mentee.pk}", _("This city is the first mentor already."))
        return Pairing(mentee, tuple(mentors), facilitator, first_theme([mentee, *mentors]))

    def _team(self, part: str, mentee: Team) -> Team | None:
        return self.teams.get(self.cleaned_data.get(f"{part}-{mentee.pk}", ""))


def unpaired(programme: Programme) -> QuerySet[Team]:
    """Teams of cities that came as mentees and are in no running partnership as one."""
    running = Participation.objects.filter(
        team=OuterRef("pk"), role=Role.MENTEE, ended_on=None, partnership__ended_on=None
    )
    teams = teams_for(programme, Role.MENTEE).filter(~Exists(running), enrolment__role__in=CAME_FOR[Role.MENTEE])
    return teams.prefetch_related("enrolment__themes")


def _choice(label: Any, teams: list[tuple[str, str]]) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(label=label, choices=[("", "–"), *teams], required=False, widget=widget)
