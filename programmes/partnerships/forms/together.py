"""One form for many partnerships."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.formats import date_format, localize
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.common import choosing
from programmes.common.choosing import FoundChoice, FoundChoices
from programmes.common.once import OnceForm

from ..enums import Role
from ..models import Participation, Partnership, Programme, Stage, StageDate, Team
from ..services.together import Pairing
from .fields import DayField, NamedChoice, helper, offer, partnerships_named, teams_named
from .partnerships import CAME_FOR, REASON_ROWS, city_and_themes, first_theme, teams_for

CHOSEN = "chosen"


class CommonDayForm(forms.Form):
    """A day for one stage in the partnerships that are ticked: at first those that have none yet.

    Where they are too many for a list, one says whose day it is in one word, or searches; before a whole group gets
    the day, the page comes back once with a `question` that says how many that are; `sure` keeps what it said."""

    question = ""

    planned_on = DayField(label=_("Agreed for"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False, help_text=_("For example the place."))
    whose = forms.ChoiceField(label=_("For which partnerships"), widget=forms.RadioSelect, initial="undated")
    partnerships = FoundChoices(
        label=_("Partnerships"),
        queryset=Partnership.objects.none(),
        search=partnerships_named,
        required=False,
    )
    sure = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.stage = stage
        running = Partnership.objects.filter(programme=stage.programme_id, ended_on=None).order_by("sort_name", "pk")
        self.running = running.annotate(dated_on=Subquery(_dates(stage).values("planned_on")[:1]))
        rows = self.running.prefetch_related("participations__organisation")
        cast("FoundChoices", self.fields["partnerships"]).naming = _named
        offer(self, "partnerships", rows)
        self.helper = helper(_("Save the date"))
        if running.count() > choosing.FITS:
            self._offer_groups(_groups(stage))
        else:
            del self.fields["whose"], self.fields["sure"]
            self.initial.setdefault("partnerships", [row.pk for row in rows if row.dated_on is None])

    def _offer_groups(self, groups: list[tuple[str, Any, Q]]) -> None:
        """Each with its number, all in one query."""
        self.groups = {key: narrow for key, _label, narrow in groups}
        counts = {f"n{place}": Count("pk", filter=narrow) for place, narrow in enumerate(self.groups.values())}
        numbers = self.running.order_by().aggregate(**counts)
        cast("forms.ChoiceField", self.fields["whose"]).choices = [
            *(
                (key, f"{label} ({localize(numbers[f'n{place}'])})")
                for place, (key, label, _narrow) in enumerate(groups)
            ),
            (CHOSEN, _("Only those chosen below")),
        ]

    def _in_group(self, narrow: Q) -> QuerySet[Partnership]:
        return self.running.filter(narrow).order_by()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        whose, said = data.pop("whose", CHOSEN), data.pop("sure", "")
        if whose != CHOSEN:
            data["partnerships"] = self._in_group(self.groups[whose])
            if not self.errors and data["partnerships"].exists():
                self._ask(whose, data["planned_on"], data["partnerships"], said)
        if "partnerships" not in self.errors and not data.get("partnerships"):
            self.add_error("partnerships", _("Choose at least one partnership."))
        return data

    def _ask(self, whose: str, day: date, rows: QuerySet[Partnership], said: str) -> None:
        """Sets `question` where the number of rows was not shown yet; sent again as it is then, it is answered."""
        number, dated = rows.count(), rows.exclude(dated_on=None).exclude(dated_on=day).count()
        known = f"{whose} {day} {number}"
        if said == known:
            return
        sent = cast("QueryDict", self.data).copy()
        sent["sure"] = known
        self.data = sent
        words = {"day": date_format(day), "n": localize(number), "dated": localize(dated)}
        self.question = ngettext(
            "%(n)s partnership gets %(day)s as its date for this stage.",
            "%(n)s partnerships get %(day)s as their date for this stage.",
            number,
        )
        if dated:
            self.question += " " + ngettext(
                "%(dated)s of them has another date, which is replaced.",
                "%(dated)s of them have another date, which is replaced.",
                dated,
            )
        self.question %= words
        label = ngettext("Save it for %(n)s partnership", "Save it for %(n)s partnerships", number) % words
        self.helper = helper(label)


def _dates(stage: Stage) -> QuerySet[StageDate]:
    return StageDate.objects.filter(stage=stage, partnership=OuterRef("pk"), planned_on__isnull=False)


def _groups(stage: Stage) -> list[tuple[str, Any, Q]]:
    """Key, words and condition of what one may mean by one word."""
    themes = stage.programme.themes.filter(retired=False)
    return [
        ("undated", _("Those without a date for this stage"), Q(dated_on=None)),
        ("standing", _("Those that are at this stage now"), Q(current_stage=stage)),
        *((f"theme-{theme.pk}", _("Theme: %(theme)s") % {"theme": theme}, Q(theme=theme)) for theme in themes),
    ]


def _named(partnership: Any) -> str:
    day = partnership.dated_on
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


MOST_PAIRED, MOST_SEARCHED = 50, 20
"""Rows of the page that pairs many: where a list is chosen from, and where each field searches."""


class PairManyForm(OnceForm):
    """A row for each city that came as a mentee and is in no running partnership as one: its mentors and facilitator.
    Rows left empty stay as they are; a facilitator is named once for all, where no row names another."""

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.mentees = list(unpaired(programme)[:MOST_PAIRED])
        self.parts = ["mentor", "second"] if programme.roles[Role.MENTOR].get("most", 2) > 1 else ["mentor"]
        if self.mentees:
            self._add_fields(programme)

    def _add_fields(self, programme: Programme) -> None:
        themed = teams_for(programme, Role.MENTOR).prefetch_related("enrolment__themes")
        mentors = _Offer(themed, city_and_themes, Q(enrolment__role__in=CAME_FOR[Role.MENTOR]))
        facilitators = _Offer(teams_for(programme, Role.FACILITATOR), str)
        if mentors.listed is None or facilitators.listed is None:
            del self.mentees[MOST_SEARCHED:]
        labels = {"mentor": _("Mentor"), "second": _("Second mentor")}
        self.fields["facilitator"] = facilitators.field(_("Facilitator of all rows"))
        self.fields["facilitator"].help_text = _("A row may name another one.")
        self.fields["facilitator"].initial = facilitators.only
        for mentee in self.mentees:
            for part in self.parts:
                self.fields[f"{part}-{mentee.pk}"] = mentors.field(labels[part], without=mentee)
            self.fields[f"facilitator-{mentee.pk}"] = facilitators.field(_("Facilitator"))

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
        found = {part: self.cleaned_data.get(f"{part}-{mentee.pk}") for part in (*self.parts, "facilitator")}
        facilitator = found.pop("facilitator")
        mentors = [team for team in found.values() if team is not None]
        if not mentors:
            if facilitator is not None:
                self.add_error(f"mentor-{mentee.pk}", _("Choose a mentor as well."))
            return None
        if len(mentors) > len(set(mentors)):
            self.add_error(f"second-{mentee.pk}", _("This city is the first mentor already."))
        facilitator = facilitator or self.cleaned_data.get("facilitator")
        return Pairing(mentee, tuple(mentors), facilitator, first_theme([mentee, *mentors]))


def unpaired(programme: Programme) -> QuerySet[Team]:
    """Teams of cities that came as mentees and are in no running partnership as one."""
    running = Participation.objects.filter(role=Role.MENTEE, ended_on=None, partnership__ended_on=None)
    paired = Q(pk__in=running.filter(partnership__programme=programme).values("team"))
    teams = teams_for(programme, Role.MENTEE).filter(~paired, enrolment__role__in=CAME_FOR[Role.MENTEE])
    return teams.prefetch_related("enrolment__themes")


class _Offer:
    """Teams that each row of the page offers: read once where a list of them fits, else searched row by row."""

    def __init__(self, teams: QuerySet[Team], naming: Any, first: Q | None = None) -> None:
        self.teams, self.naming, self.first = teams, naming, first
        found = list(teams[: choosing.FITS + 1])
        self.listed = None if len(found) > choosing.FITS else self._in_order(found)

    def _in_order(self, found: list[Team]) -> dict[str, Team]:
        front = set(self.teams.filter(self.first).values_list("pk", flat=True)) if self.first else set()
        return {str(team.pk): team for team in sorted(found, key=lambda team: team.pk not in front)}

    @property
    def only(self) -> str | None:
        """The key of the one team there is."""
        return next(iter(self.listed)) if self.listed and len(self.listed) == 1 else None

    def field(self, label: Any, without: Team | None = None) -> forms.Field:
        if self.listed is None:
            rows = self.teams.exclude(pk=without.pk) if without else self.teams
            how = {"search": teams_named, "naming": self.naming, "first": self.first, "quiet": True}
            return FoundChoice(label=label, queryset=rows, required=False, **how)
        choices = [(key, self.naming(team)) for key, team in self.listed.items() if team != without]
        widget = forms.Select(attrs={"class": "form-select"})
        how = {"coerce": self.listed.get, "empty_value": None, "widget": widget}
        return forms.TypedChoiceField(label=label, choices=[("", "–"), *choices], required=False, **how)
