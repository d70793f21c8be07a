"""Needs as records (NE1), who feels able to help (N2), and questions asked on an answer or a need."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import LanguageField, MomentField
from programmes.common.models import TimeStamped
from programmes.common.once import MadeOnce
from programmes.conversations.models import Conversation
from programmes.partnerships.models import Team

from ..enums import HelpAnswer, NeedKind, NeedScope, PolicyAnswer
from .answer import Response

USER = settings.AUTH_USER_MODEL


class Need(MadeOnce, TimeStamped):
    """A gap or coordination problem a mentee names; matching, scope and actions point at it. Numbers are never
    given twice; a retired need keeps its row, because actions may point at it."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="needs")
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.CharField(_("the need, in one sentence"), max_length=300)
    language = LanguageField(_("language"), blank=True)
    kind = models.CharField(_("what it is"), max_length=20, choices=NeedKind.choices, blank=True)
    scope = models.CharField(_("where it lies"), max_length=20, choices=NeedScope.choices, blank=True)
    sector = models.CharField(
        _("sector"),
        max_length=120,
        blank=True,
        help_text=_("For example housing or employment."),
    )
    policy = models.CharField(_("what it calls for"), max_length=20, choices=PolicyAnswer.choices, blank=True)
    reach = models.TextField(
        _("whom it reaches differently"),
        blank=True,
        max_length=2000,
        help_text=_("Women, men, others: who feels this need more, or otherwise, and who may be overlooked?"),
    )
    part_key = models.CharField(_("drawn from the answer"), max_length=80, blank=True)
    on_behalf = models.BooleanField(_("typed by the facilitator on behalf of the city"), default=False, editable=False)
    retired_at = MomentField(null=True, editable=False)
    created_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="assessments_need_number_once"),
        ]

    def __str__(self):
        return self.title


class HelpStatement(TimeStamped):
    """A would-be mentor's word, need by need, on whether it feels able to help. Read by that team, by the mentee's
    team and by the coordinator, who pairs cities; the page says so."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="help_statements")
    team = models.ForeignKey(Team, models.PROTECT, related_name="help_statements")
    able = models.CharField(_("can you help?"), max_length=10, choices=HelpAnswer.choices)
    words = models.TextField(_("in words"), blank=True, max_length=2000)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["need", "team"], name="assessments_help_once")]


class AnswerConversation(models.Model):
    """Ties a conversation to the answer (`part_key`) or the need it is about."""

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="about_answer")
    response = models.ForeignKey(Response, models.PROTECT, related_name="conversations")
    part_key = models.CharField(max_length=80, blank=True)
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="conversations")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(need=None) & ~Q(part_key="") | Q(need__isnull=False, part_key=""),
                name="assessments_answer_conversation_one_subject",
            )
        ]
