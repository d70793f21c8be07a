"""The action plan of a city in a partnership (Annex 6, A1–A2)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.assessments.models import Need
from programmes.common.addresses import address
from programmes.common.designs import FromDesign
from programmes.common.fields import LanguageField, MomentField, MultilingualField, in_language
from programmes.common.kinds import KindField
from programmes.common.models import (
    RevisionedValue,
    TimeStamped,
    both_or_neither,
    history_of,
)
from programmes.common.once import MadeOnce
from programmes.conversations.models import Asking, Conversation
from programmes.participants.models import Organisation
from programmes.partnerships.models import Partnership, Programme, Team
from programmes.practices.models import Judgement, Practice
from programmes.sharing.models import Grant, SharedSnapshot

from .shapes import PLAN

USER = settings.AUTH_USER_MODEL


class PlanColumn(FromDesign):
    """A column of the programme's plans; columns of one `group` stand under one heading. Keys are stable. The box of
    a `folded` one waits folded below the action's first box.
    `options` of a choice: `[{"key": …, "label": {language: text}}]`."""

    design_fields = ("title", "help", "options", "group", "group_title")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="plan_columns")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    group = models.SlugField(max_length=40, blank=True)
    kind = KindField()
    folded = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True)
    title = MultilingualField(_("title"))
    help = MultilingualField(_("help"), blank=True)
    group_title = MultilingualField(_("group title"), blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="action_plans_column_key_once")]

    def __str__(self):
        return in_language(self.title)


class Plan(TimeStamped):
    """A team's plan within a partnership; stays the team's, under its city's name, when the city is replaced."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="plans")
    city = models.ForeignKey(Organisation, models.PROTECT, related_name="plans")
    team = models.ForeignKey(Team, models.PROTECT, related_name="plans")
    title = models.CharField(_("title"), max_length=200)
    language = LanguageField(_("language"), blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    created_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")

    class Meta:
        verbose_name = _("action plan")
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "team"],
                name="action_plans_plan_once",
                violation_error_message=_("This team has a plan in this partnership already."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return address("action_plans:plan", self.pk)


class Action(MadeOnce, TimeStamped):
    """A row of the plan. Removed rows keep their texts and can be brought back."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    order = models.PositiveIntegerField()
    needs = models.ManyToManyField(Need, through="ActionNeed", related_name="actions")
    removed_at = MomentField(null=True, editable=False)
    removed_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [both_or_neither("removed_at", "removed_by", name="action_plans_action_removed_complete")]


class AdaptedPractice(models.Model):
    """The practice of another city that an action adapts. `title` and `place` stay when that is withdrawn."""

    action = models.OneToOneField(Action, models.CASCADE, related_name="adapted")
    judgement = models.ForeignKey(Judgement, models.PROTECT, related_name="actions")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="actions")
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return f"{self.title}, {self.place}" if self.place else self.title


class ActionNeed(models.Model):
    """That an action answers a need of its city; an action may answer several."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="need_links")
    need = models.ForeignKey(Need, models.PROTECT, related_name="action_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "need"], name="action_plans_action_need_once")]

    def __str__(self):
        return str(self.need)


class Cell(RevisionedValue):
    """One box of the table; its own row, so that two people in different cells never disturb each other.
    Its
       value's shape goes by the column's kind, see `programmes.common.kinds`."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="cells")
    column_key = models.SlugField(max_length=40)

    class Meta:
        constraints = [
            *RevisionedValue.Meta.constraints,
            models.UniqueConstraint(fields=["action", "column_key"], name="action_plans_cell_once"),
        ]


class CellRevision(history_of("action_plans.Cell")):  # type: ignore[misc]
    """History of one cell."""


class PlanVersion(MadeOnce, SharedSnapshot):
    """A frozen plan with a name; readable and printable for ever by whoever may read it (see `snapshots.take`)."""

    shape = PLAN
    frozen_fields = (*SharedSnapshot.frozen_fields, "plan")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")

    class Meta(SharedSnapshot.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="action_plans_version_number_once")]

    @property
    def dated(self) -> date | None:
        """The date that its writers had given the plan; it was frozen on another."""
        day = self.content["plan"]["date"]
        return date.fromisoformat(day) if day else None


class PlanGrant(Grant):
    """A frozen version for one reader, always the whole."""

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="grants")


class PlanConversation(models.Model):
    """Ties a conversation to the action it is about; to a version where `action` is null (support group)."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="about_plan")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="conversations")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="conversations")
    version = models.ForeignKey(
        PlanVersion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conversations",
    )

    def __str__(self):
        return str(self.plan)


class PlanAsking(models.Model):
    """Ties questions to the support group to the version that they are about."""

    asking = models.OneToOneField(Asking, models.CASCADE, related_name="about_plan")
    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="askings")

    def __str__(self):
        return str(self.version.number)
