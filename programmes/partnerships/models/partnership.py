"""A partnership, who is in it as what, its dates and its tools."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from programmes.common.addresses import address
from programmes.common.fields import FixedChoicesField, MomentField
from programmes.common.models import TimeStamped, both_or_neither, from_before_to
from programmes.common.once import MadeOnce
from programmes.participants.models import Organisation

from ..enums import CITY_ROLES, SIDES, Role
from .programme import Programme, Stage, Theme
from .team import Team

USER = settings.AUTH_USER_MODEL


class Partnership(MadeOnce, TimeStamped):
    """Organisations that work on a theme together: in mentoring one mentee and its mentors. How many of which role is
    the programme's rule (`Programme.roles`), held by the services under a lock on this row.

    The current stage is recorded by people, never derived from dates. The last block is a summary kept by
    `services.summary`, so that a board of ten thousand rows sorts, filters and counts one table; `tools_used` is read
    through `tool_use`."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="partnerships")
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="partnerships", verbose_name=_("theme")
    )
    current_stage = models.ForeignKey(
        Stage,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("current stage"),
    )
    pairing_reason = models.TextField(
        _("why these cities"),
        blank=True,
        max_length=5000,
        help_text=_("In words. Everyone in the partnership reads it."),
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    sort_name = models.CharField(max_length=560, editable=False, default="")
    next_due = models.DateField(null=True, editable=False)
    tools_used = models.CharField(max_length=300, editable=False, default="")

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        indexes = [
            models.Index(fields=["programme", "sort_name", "id"], name="partnerships_board_order"),
            models.Index(fields=["programme", "next_due"], name="partnerships_board_due"),
        ]

    def __str__(self):
        rows = self.current_cities()
        sides = (", ".join(row.organisation.name for row in rows if row.role == role) for role in CITY_ROLES)
        return " — ".join(filter(None, sides)) or _("Partnership")

    def get_absolute_url(self):
        return address("overview:partnership", self.pk)

    def current(self) -> list["Participation"]:
        """Current participations, mentee first; uses a prefetch of `participations` where there is one."""
        order = {role: place for place, role in enumerate(Role.values)}
        rows = [row for row in self.participations.all() if row.ended_on is None]
        return sorted(rows, key=lambda row: (order[row.role], row.pk))

    def current_cities(self) -> list["Participation"]:
        return [row for row in self.current() if row.role in CITY_ROLES]

    def current_in(self, *roles: str) -> list["Participation"]:
        return [row for row in self.current() if row.role in roles]

    def former_in(self, *roles: str) -> list["Participation"]:
        """Those who took part earlier and are in none of these roles now, oldest first."""
        now = {row.team_id for row in self.current_in(*roles)}
        rows = [row for row in self.participations.all() if row.role in roles and row.team_id not in now]
        return sorted(rows, key=lambda row: row.pk)


class Participation(TimeStamped):
    """An organisation in a partnership as mentee, mentor, association…; ended and followed, never rewritten (G2).

    `organisation` repeats the team's, so that a constraint can hold a city back from mentoring itself. A city says with
    `keeps_conversations_at` that its conversations here outlast the partnership (`services.retention`)."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="participations")
    team = models.ForeignKey(Team, models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="participations")
    role = FixedChoicesField(_("role"), max_length=20, choices=Role.choices)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    reason = models.TextField(_("reason for the change"), blank=True, max_length=2000)
    keeps_conversations_at = MomentField(null=True, editable=False)
    keeps_conversations_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation"],
                condition=Q(ended_on=None, role__in=["mentee", "mentor", "peer"]),
                name="partnerships_participation_city_once",
                violation_error_message=_("This city already takes part; a city cannot mentor itself."),
            ),
            models.UniqueConstraint(
                fields=["partnership", "team", "role"],
                condition=Q(ended_on=None),
                name="partnerships_participation_once",
                violation_error_message=_("This team already takes part in this role."),
            ),
            both_or_neither("ended_on", "ended_by", name="partnerships_participation_end_complete"),
            both_or_neither(
                "keeps_conversations_at", "keeps_conversations_by", name="partnerships_participation_keeps_complete"
            ),
            from_before_to("partnerships_participation_dates"),
        ]
        indexes = [models.Index(fields=["team", "partnership"], name="partnerships_part_of_team")]

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        """In the programme's words."""
        return self.partnership.programme.role_word(Role(self.role))

    @property
    def side(self) -> str:
        """`mentee`, `mentor` or empty: whose ring or dot stands beside it."""
        return SIDES.get(Role(self.role), "")


class PartnershipCountry(models.Model):
    """A country of the partnership's current cities: part of the summary, a row each."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="countries")
    country = models.CharField(max_length=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "country"], name="partnerships_country_once"),
        ]
        indexes = [models.Index(fields=["country", "partnership"], name="partnerships_by_country")]


class StageDate(TimeStamped):
    """Dates of one stage in one partnership: agreed, begun, finished. Days in the programme's zone. `dropped_on`: the
    day that was agreed until nobody wanted it any more, so that calendars which know it can be told."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="stage_dates")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="dates")
    planned_on = models.DateField(_("agreed for"), null=True, blank=True)
    dropped_on = models.DateField(null=True, editable=False)
    begun_on = models.DateField(_("begun on"), null=True, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["stage__order"]
        indexes = [
            models.Index(fields=["planned_on"], condition=Q(finished_on=None), name="partnerships_dates_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "stage"], name="partnerships_stage_date_once"),
            models.CheckConstraint(
                condition=Q(begun_on=None) | Q(finished_on=None) | Q(finished_on__gte=models.F("begun_on")),
                name="partnerships_stage_date_order",
                violation_error_message=_("A stage cannot finish before it began."),
            ),
        ]

    @property
    def message(self) -> str:
        """In one line, for a messenger."""
        return f"{self.stage}, {date_format(self.planned_on, 'DATE_FORMAT')}" if self.planned_on else ""

    def agree(self, day: date | None) -> None:
        """Another agreed day, or none any more; saving is the caller's."""
        if day != self.planned_on:
            self.dropped_on = self.planned_on if day is None else None
        self.planned_on = day


class ToolUse(TimeStamped):
    """A tool switched on or off by a city of the partnership; switching off hides, it never deletes (X2)."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="tool_uses")
    tool = models.CharField(_("tool"), max_length=30)
    in_use = models.BooleanField(_("in use"), default=True)
    changed_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "tool"], name="partnerships_tool_once")]
