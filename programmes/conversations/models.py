"""What is said in a partnership, who reads it, and what the cities open to others (P7; architecture, idea 4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.common.addresses import address
from programmes.common.fields import LanguageField, MomentField
from programmes.common.markup import first_words
from programmes.common.models import TimeStamped, both_or_neither
from programmes.common.once import MadeOnce
from programmes.partnerships.models import Participation, Partnership, SupportGroup

from .enums import OpenedTo
from .group_models import ANSWER, Asking, GroupAnswer, GroupQuestion

__all__ = [
    "ANSWER",
    "Asking",
    "Consent",
    "Conversation",
    "GroupAnswer",
    "GroupQuestion",
    "Message",
    "Opening",
    "Reader",
]


class Conversation(MadeOnce, TimeStamped):
    """A question or remark with what was said to it. Whoever reads it stands in a `Reader` row.

    Deleted a year after the partnership ended, unless every city side keeps it (`privacy`)."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="conversations")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    resolved_at = MomentField(null=True, editable=False)
    resolved_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("conversation")
        constraints = [
            both_or_neither("resolved_at", "resolved_by", name="conversations_conversation_resolved_complete")
        ]

    def get_absolute_url(self):
        return address("conversations:conversation", self.pk)

    @property
    def first_words(self) -> str:
        """What it is called where it stands in a list or by itself: how it began; reads a prefetch of `messages`."""
        return next((first_words(message.text) for message in self.messages.all()), "")


class Opening(TimeStamped):
    """An offer to let others read a conversation, opened once every side has given its `Consent`."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="openings")
    to = models.CharField(max_length=20, choices=OpenedTo.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "to"], name="conversations_opening_once"),
            models.CheckConstraint(condition=Q(to__in=OpenedTo.values), name="conversations_opening_to_known"),
        ]


class Reader(TimeStamped):
    """Who reads a conversation: the team of one *participation*, a support group, or a person with a link.

    Written when the conversation begins (`opening` null) or is opened, for those who are there at that moment: a city
    that replaces another, a new association, a team begun anew read nothing of it. `is_side`: the conversation belongs
    to it; it is waited for, resolves, and a city may open it. `keeps`: its team reads on after the participation ended
    (what it noted for itself). `seen_at`: when somebody of those to whom it was opened said that they have read
    it; until then it waits for them, and nobody is shown it. See `boundary.readings`, the one place of the rule."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="readers")
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, related_name="readings")
    support_group = models.ForeignKey(SupportGroup, models.PROTECT, null=True, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="readings")
    is_side = models.BooleanField(default=False)
    keeps = models.BooleanField(default=False)
    opening = models.ForeignKey(Opening, models.CASCADE, null=True, related_name="readers")
    closed_at = MomentField(null=True, editable=False)
    seen_at = MomentField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(participation__isnull=False, support_group=None, person=None)
                | Q(participation=None, support_group__isnull=False, person=None)
                | Q(participation=None, support_group=None, person__isnull=False),
                name="conversations_reader_one_kind",
            ),
            models.CheckConstraint(
                condition=Q(opening=None) | Q(is_side=False, keeps=False), name="conversations_reader_opened_is_no_side"
            ),
            *(
                models.UniqueConstraint(
                    fields=["conversation", kind],
                    condition=Q(closed_at=None, **{f"{kind}__isnull": False}),
                    name=f"conversations_reader_{kind}_once",
                )
                for kind in ("participation", "support_group", "person")
            ),
        ]


class Consent(models.Model):
    """A side agrees to an opening. Taken back, the row goes; the audit trail tells."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="consents")
    reader = models.ForeignKey(Reader, models.CASCADE, related_name="consents")
    at = MomentField(auto_now_add=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["opening", "reader"], name="conversations_consent_once"),
        ]


class Message(MadeOnce):
    """One contribution to a conversation; stands as it was said, for the side (`reader`) it was said for then."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    author = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    reader = models.ForeignKey(Reader, models.RESTRICT, related_name="messages")
    text = models.TextField(_("text"), max_length=10000)
    language = LanguageField(_("language"), blank=True)
    at = MomentField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("message")
