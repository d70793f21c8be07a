"""Pairing cities, changing a partnership midway, its dates and its tools."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..enums import ASSOCIATION_ROLES, EnrolmentRole, Role, Tool
from ..models import Enrolment, Participation, Partnership, Programme, StageDate, Team
from ..selectors import stages_of, tools_in_use
from ..services.participations import FIT
from .fields import DayField, DayInput, NamedChoice, NamedChoices, helper, offer

REASON_ROWS = {"rows": 3, "data-grow": ""}


def city_and_theme(enrolment: Enrolment) -> str:
    return f"{enrolment.organisation.name} · {enrolment.theme}" if enrolment.theme else enrolment.organisation.name


class PairForm(forms.Form):
    """Two or more cities, a theme and the reason in words (MT1: by hand)."""

    mentee = NamedChoice(label=_("Mentee"), queryset=Enrolment.objects.none(), naming=city_and_theme)
    mentor = NamedChoices(label=_("Mentor"), queryset=Enrolment.objects.none(), naming=city_and_theme)
    theme = NamedChoice(
        label=_("Theme"),
        queryset=None,
        required=False,
        help_text=_("Left empty: the theme the mentee is enrolled with."),
    )
    facilitator = NamedChoice(label=_("Facilitator"), queryset=Team.objects.none(), required=False)
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
        enrolled = programme.enrolments.filter(ended_on=None).select_related("organisation", "theme")
        offer(self, "mentee", enrolled.filter(role__in=FIT[Role.MENTEE]))
        offer(self, "mentor", enrolled.filter(role__in=FIT[Role.MENTOR]))
        offer(self, "theme", programme.themes.filter(retired=False))
        offer(self, "facilitator", teams_for(programme, Role.FACILITATOR))
        self.helper = helper("", tag=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        mentee, mentors = data.get("mentee"), list(data.get("mentor") or [])
        if mentee and any(mentor.organisation_id == mentee.organisation_id for mentor in mentors):
            self.add_error("mentor", _("A city cannot mentor itself."))
        if mentee and not data.get("theme") and "theme" not in self.errors:
            themes = [enrolment.theme for enrolment in [mentee, *mentors] if enrolment.theme]
            data["theme"] = themes[0] if themes else None
            if not themes:
                self.add_error("theme", _("Choose a theme: neither city is enrolled with one."))
        return data


class ChangeForm(forms.Form):
    """Theme and reason of a partnership."""

    theme = NamedChoice(label=_("Theme"), queryset=None)
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
        self.fields["team"] = NamedChoice(label=_("Who takes the part instead"), queryset=teams)
        self.order_fields(self.field_order)
        self.helper = helper(_("Replace"))


class TakePartForm(forms.Form):
    """Somebody joins midway; an association through the city it stands behind."""

    team = NamedChoice(label=_("Team"), queryset=Team.objects.none())
    backs = NamedChoice(label=_("Behind which city"), queryset=Team.objects.none())
    reason = forms.CharField(
        label=_("Reason for the change"), max_length=900, required=False, widget=forms.Textarea(attrs=REASON_ROWS)
    )
    on = DayField(label=_("From"), required=False, help_text=_("Left empty: today."))

    def __init__(self, *args: Any, partnership: Partnership, role: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer(self, "team", teams_for(partnership.programme, role))
        if role in ASSOCIATION_ROLES:
            cities = partnership.participations.filter(role=role.split("_")[0], ended_on=None)
            offer(self, "backs", teams_of(cities.values("team")))
        else:
            del self.fields["backs"]
        self.helper = helper(_("Add"))


class StageDateForm(forms.ModelForm):
    """One row of the page of dates. Hidden copies of what the page showed tell what this person changed, so that a
    colleague's change of another box in the meantime stays."""

    class Meta:
        model = StageDate
        fields = ["planned_on", "begun_on", "finished_on", "note"]
        widgets = {name: DayInput() for name in ("planned_on", "begun_on", "finished_on")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = True
            field.widget.attrs["class"] = "form-control is-invalid" if name in self.errors else "form-control"

    def changes(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class CurrentStageForm(forms.Form):
    current_stage = NamedChoice(
        label=_("Where the partnership stands now"),
        queryset=None,
        required=False,
        help_text=_("Said by you, never derived from dates. The order is a proposal."),
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["current_stage"] = partnership.current_stage_id
        shown = [stage.pk for stage in stages_of(partnership.programme)]
        offer(self, "current_stage", partnership.programme.stages.filter(pk__in=[*shown, partnership.current_stage_id]))
        self.helper = helper("", tag=False)


class ToolsForm(forms.Form):
    tools = forms.MultipleChoiceField(
        label=_("Tools in use"), choices=Tool.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial["tools"] = sorted(tools_in_use(partnership))
        self.helper = helper(_("Save"))


def teams_for(programme: Programme, role: str) -> QuerySet[Team]:
    """Teams of current enrolments that may take this part."""
    fitting: tuple[EnrolmentRole, ...] = FIT[Role(role)]
    rows = Team.objects.filter(enrolment__programme=programme, enrolment__role__in=fitting, enrolment__ended_on=None)
    return rows.select_related("enrolment__organisation").order_by("enrolment__organisation__normalised", "pk")


def teams_of(ids):
    return Team.objects.filter(pk__in=ids).select_related("enrolment__organisation")
