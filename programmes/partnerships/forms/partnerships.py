"""Pairing cities, changing a partnership midway, its dates and its tools."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.common.choosing import FoundChoice, FoundChoices
from programmes.common.fields import MultilingualFormField
from programmes.common.once import OnceForm
from programmes.common.seen import SeenForm

from ..enums import CITY_BESIDE, CITY_ROLES, EnrolmentRole, Role
from ..models import Participation, Partnership, Programme, Stage, StageDate, Team, Theme
from ..moving import Move, Planned
from ..selectors import stages_with_own
from ..services.participations import FIT
from ..tool_use import tools_in_use
from ..tools import choices
from .fields import DayField, DayInput, NamedChoice, helper, offer, teams_named

REASON_ROWS = {"rows": 3, "data-grow": ""}


CAME_FOR = {
    Role.MENTEE: (EnrolmentRole.MENTEE, EnrolmentRole.BOTH),
    Role.MENTOR: (EnrolmentRole.MENTOR, EnrolmentRole.BOTH),
}
"""Who is proposed first for a part: what a city came for says so, any city may take it."""


def city_and_themes(team: Team) -> str:
    enrolment = team.enrolment
    themes = ", ".join(str(theme) for theme in enrolment.themes.all())
    return " · ".join(filter(None, [enrolment.organisation.name, enrolment.get_role_display(), themes]))


class PairForm(OnceForm):
    """The cities that the programme's rule asks for, a theme and the reason in words (MT1: by hand). There is a field
    for each role of a city, named after it."""

    theme = NamedChoice(
        label=_("Theme"),
        queryset=None,
        required=False,
        help_text=_("Left empty: the first theme that one of the cities is enrolled with, if any."),
    )
    facilitator = FoundChoice(label=_("Facilitator"), queryset=Team.objects.none(), search=teams_named, required=False)
    reason = forms.CharField(
        label=_("Why these cities"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs=REASON_ROWS),
        help_text=_("In words. Everyone in the partnership reads it."),
    )
    started_on = DayField(label=_("From"), required=False, help_text=_("Left empty: today."))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.roles = [Role(role) for role in CITY_ROLES if role in programme.roles]
        for role in self.roles:
            self.fields[role.value] = _cities_as(role, programme)
        self.order_fields([role.value for role in self.roles])
        offer(self, "theme", programme.themes.filter(retired=False))
        offer(self, "facilitator", teams_for(programme, Role.FACILITATOR))
        self.fields["facilitator"].label = programme.role_word(Role.FACILITATOR)
        self.helper = helper("", tag=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["cities"] = {role: self._chosen(data.get(role.value)) for role in self.roles}
        self._refuse_twice(data["cities"])
        chosen = [team for teams in data["cities"].values() for team in teams]
        if chosen and not data.get("theme") and "theme" not in self.errors:
            data["theme"] = first_theme(chosen)
        return data

    @staticmethod
    def _chosen(value: Any) -> list[Team]:
        if value is None:
            return []
        return [value] if isinstance(value, Team) else list(value)

    def _refuse_twice(self, cities: dict[Role, list[Team]]) -> None:
        seen: set[int] = set()
        for role, teams in cities.items():
            if any(team.pk in seen for team in teams):
                self.add_error(role.value, _("A city cannot mentor itself."))
            seen |= {team.pk for team in teams}


def first_theme(teams: Iterable[Team]) -> Theme | None:
    """The first theme that one of the cities is enrolled with."""
    return next((theme for team in teams for theme in team.enrolment.themes.all()), None)


class ChangeForm(SeenForm):
    """Theme and reason of a partnership."""

    theme = NamedChoice(label=_("Theme"), queryset=None, required=False)
    pairing_reason = forms.CharField(
        label=_("Why these cities"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs=REASON_ROWS),
        help_text=_("In words. Everyone in the partnership reads it."),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["theme"] = partnership.theme_id
        self.initial["pairing_reason"] = partnership.pairing_reason
        themes = partnership.programme.themes
        offer(self, "theme", themes.filter(retired=False) | themes.filter(pk=partnership.theme_id))
        self.helper = helper(_("Save"))


class LeaveForm(forms.Form):
    """Somebody leaves a partnership midway."""

    reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=900,
        widget=forms.Textarea(attrs=REASON_ROWS),
        help_text=_("Stands in the history of the partnership. Everyone in it reads it."),
    )
    on = DayField(label=_("Last day"), required=False, help_text=_("Left empty: today."))
    end_enrolment = forms.BooleanField(
        label=_("It leaves the programme as well"),
        required=False,
        help_text=_("Its people lose access to what they wrote for this programme; the texts stay under its name."),
    )

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.participation = participation
        self.helper = helper(_("End the part"))


class ReplaceForm(LeaveForm):
    """The same, and somebody else takes the part from that day on."""

    field_order = ["team"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        old = self.participation
        teams = teams_for(old.partnership.programme, old.role).exclude(pk=old.team_id)
        self.fields["team"] = FoundChoice(label=_("Who takes the part instead"), queryset=teams, search=teams_named)
        self.order_fields(self.field_order)
        self.helper = helper(_("Replace"))


class TakePartForm(forms.Form):
    """Somebody joins midway; an association through the city it stands behind."""

    team = FoundChoice(label=_("Team"), queryset=Team.objects.none(), search=teams_named)
    backs = NamedChoice(label=_("Association of which city"), queryset=Team.objects.none())
    reason = forms.CharField(
        label=_("Reason for the change"), max_length=900, required=False, widget=forms.Textarea(attrs=REASON_ROWS)
    )
    on = DayField(label=_("From"), required=False, help_text=_("Left empty: today."))

    def __init__(self, *args: Any, partnership: Partnership, role: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "team", teams_for(partnership.programme, role))
        if role in CITY_BESIDE:
            cities = partnership.participations.filter(role=CITY_BESIDE[Role(role)], ended_on=None)
            offer(self, "backs", teams_of(cities.values("team")))
        else:
            del self.fields["backs"]
        self.helper = helper(_("Add"))


class StageDateForm(SeenForm, forms.ModelForm):
    """One row of the page of dates."""

    class Meta:
        model = StageDate
        fields = ["planned_on", "begun_on", "finished_on", "note"]
        widgets = {name: DayInput() for name in ("planned_on", "begun_on", "finished_on")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control is-invalid" if name in self.errors else "form-control"

    def changes(self) -> dict[str, object]:
        return {name: value for name, value in self.cleaned_data.items() if value != self.initial.get(name)}

    def planned(self, stage: Stage) -> Planned:
        data = self.cleaned_data
        return Planned(stage, self.initial.get("planned_on"), data["planned_on"], done=bool(data["finished_on"]))


class MoveAlongForm(forms.Form):
    """Which later dates move by as many days as one that was moved. Shown once before anything is saved: `asked` says
    about which moves."""

    along = forms.MultipleChoiceField(
        label=_("Move these as well"), required=False, widget=forms.CheckboxSelectMultiple
    )
    asked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, moves: list[Move], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.moves = {move.key: move for move in moves}
        cast("forms.MultipleChoiceField", self.fields["along"]).choices = [
            (key, f"{move.stage}: {date_format(move.day)} → {date_format(move.to)}") for key, move in self.moves.items()
        ]
        self.key = " ".join(self.moves)
        self.days = next((abs((move.to - move.day).days) for move in moves), 0)
        self.helper = helper("", tag=False)

    @property
    def is_answered(self) -> bool:
        return self.data.get("asked") == self.key and self.is_valid()

    def chosen(self) -> dict[Stage, date]:
        """The new days of the stages that move along."""
        return {self.moves[key].stage: self.moves[key].to for key in self.cleaned_data["along"]}


class CurrentStageForm(SeenForm):
    current_stage = NamedChoice(
        label=_("Where the partnership stands now"),
        queryset=None,
        required=False,
        help_text=_("You set it; it is never derived from dates. The order is a proposal."),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["current_stage"] = partnership.current_stage_id
        offer(self, "current_stage", in_order(stages_with_own(partnership)))
        self.helper = helper("", tag=False)


class OwnStageForm(OnceForm):
    """A stage of this partnership alone."""

    title = MultilingualFormField(label=_("Title"), max_length=80)
    after = NamedChoice(
        label=_("Comes after"), queryset=Stage.objects.none(), required=False, empty_label=_("At the beginning")
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "after", in_order(stages_with_own(partnership)))
        self.helper = helper(_("Add"))


class RetireStageForm(forms.Form):
    """Where those move to that stand on a stage which is taken out of use; empty where nobody does."""

    move_to = NamedChoice(label=_("They move to"), queryset=Stage.objects.none(), empty_label=_("Please choose"))

    def __init__(self, *args: Any, standing: int, stages: list[Stage], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if standing:
            offer(self, "move_to", in_order(stages))
            self.fields["move_to"].help_text = ngettext(
                "%(n)s partnership is at this stage or has an open date for it. The open date goes along; what is "
                "recorded stays in its history.",
                "%(n)s partnerships are at this stage or have an open date for it. Open dates go along; what is "
                "recorded stays in their history.",
                standing,
            ) % {"n": standing}
        else:
            del self.fields["move_to"]
        self.helper = helper(_("Take out of use"))


def in_order(stages: list[Stage]) -> QuerySet[Stage]:
    """Rows to choose among, in the order of the way."""
    places = Case(*(When(pk=stage.pk, then=Value(number)) for number, stage in enumerate(stages)), default=Value(0))
    return Stage.objects.filter(pk__in=[stage.pk for stage in stages]).order_by(places)


class ToolsForm(SeenForm):
    tools = forms.MultipleChoiceField(
        label=_("Tools in use"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["tools"] = sorted(tools_in_use(partnership))
        self.helper = helper(_("Save"))


def teams_for(programme: Programme, role: str) -> QuerySet[Team]:
    """Teams of current enrolments that may take this part."""
    rows = Team.objects.filter(
        enrolment__programme=programme, role=FIT[Role(role)], closed_at=None, enrolment__ended_on=None
    )
    return rows.select_related("enrolment__organisation", "enrolment__programme").order_by(
        "enrolment__organisation__normalised", "pk"
    )


def _cities_as(role: Role, programme: Programme) -> FoundChoice | FoundChoices:
    """The field in which cities are chosen for this part: one or several, by the programme's rule."""
    rule, single = programme.roles[role], programme.roles[role].get("most") == 1
    came_for_it = Q(enrolment__role__in=CAME_FOR[role]) if role in CAME_FOR else None
    teams = teams_for(programme, role).prefetch_related("enrolment__themes")
    kind = FoundChoice if single else FoundChoices
    required = rule.get("least", 0) > 0
    how = {"search": teams_named, "naming": city_and_themes, "first": came_for_it}
    return kind(label=programme.role_word(role), queryset=teams, required=required, **how)


def teams_of(ids):
    return Team.objects.filter(pk__in=ids).select_related("enrolment__organisation", "enrolment__programme")
