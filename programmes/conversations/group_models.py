"""What a city's team asks its local support group, and what each member answers, by a link or with an account."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.common import clock
from programmes.common.addresses import address
from programmes.common.fields import LanguageField, MomentField
from programmes.common.models import TimeStamped, both_or_neither
from programmes.common.once import MadeOnce
from programmes.partnerships.models import SupportGroup, SupportGroupMember, Team

from .enums import AskingKind

USER = settings.AUTH_USER_MODEL
ANSWER = "answer"
"""Purpose of the links by which members answer, where nothing has to be read first."""


class Asking(MadeOnce, TimeStamped):
    """One or several questions, asked in one go, open until a moment. They stay with the team that asked (`team`);
    the group reads them while that team keeps it. Each member answers alone and reads nobody else's answers.
    `purpose`: of the links by which they answer."""

    group = models.ForeignKey(SupportGroup, models.PROTECT, related_name="askings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="askings")
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=AskingKind.choices, default=AskingKind.QUESTIONS)
    purpose = models.CharField(max_length=40, default=ANSWER)
    introduction = models.TextField(_("a word before the questions"), max_length=2000, blank=True)
    language = LanguageField(_("language"), blank=True)
    until = MomentField(_("answers until"))
    closed_at = MomentField(null=True, editable=False)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("questions to the local support group")
        constraints = [both_or_neither("closed_at", "closed_by", name="conversations_asking_closed_complete")]

    def get_absolute_url(self):
        return address("conversations:asking", self.pk)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and self.until > clock.now()


class GroupQuestion(models.Model):
    """One of them, as it was asked."""

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = models.TextField(_("question"), max_length=2000)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["asking", "order"], name="conversations_group_question_order")]

    def __str__(self):
        return self.text


class GroupAnswer(TimeStamped):
    """What one member says to one question; they may change it while the asking is open. `as_group`: said for the
    group, shown without a name. `by_link`: whoever held the link wrote it last. What the team took up, and where, the
    group is told. Personal data: that a member said it; it stays with the team, as what is said in a conversation
    does."""

    question = models.ForeignKey(GroupQuestion, models.CASCADE, related_name="answers")
    author = models.ForeignKey(Person, models.PROTECT, related_name="group_answers")
    seat = models.ForeignKey(SupportGroupMember, models.SET_NULL, null=True, related_name="answers")
    text = models.TextField(_("answer"), max_length=10000)
    language = LanguageField(_("language"), blank=True)
    as_group = models.BooleanField(default=False)
    by_link = models.BooleanField(default=False)
    taken_up_at = MomentField(null=True, editable=False)
    taken_up_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    taken_up_in = models.CharField(_("where it went"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "author"], name="conversations_group_answer_once"),
            both_or_neither("taken_up_at", "taken_up_by", name="conversations_group_answer_taken_up_complete"),
            models.CheckConstraint(
                condition=Q(taken_up_in="") | Q(taken_up_at__isnull=False),
                name="conversations_group_answer_taken_up_in",
            ),
        ]

    @property
    def who(self) -> str:
        """As the team reads it."""
        if self.as_group:
            return str(_("As the group"))
        return str(self.seat) if self.seat and self.author.name else str(self.author)
