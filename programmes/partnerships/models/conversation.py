"""What is said between the cities, and what they open to others (P7; architecture, idea 4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import LanguageField
from programmes.common.models import TimeStamped, both_or_neither

from ..enums import Audience, OpenedTo
from .partnership import Participation, Partnership

USER = settings.AUTH_USER_MODEL


class Thread(TimeStamped):
    """A question with its answers. It is tied to the two *participations* between which it was said, not to the
    roles: when a city is replaced, its successor does not read what the predecessor said in confidence.

    Read by current members of the two teams while their participation lasts; more only through `audience` or
    `ThreadOpening`. See `boundary.may_read_thread`, the one place of the rule. Deleted a year after the partnership
    ended, unless both sides keep it (`services.retention`)."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="threads")
    audience = models.CharField(
        _("who reads it"),
        max_length=10,
        choices=Audience.choices,
        default=Audience.CITIES,
    )
    mentee = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    mentor = models.ForeignKey(Participation, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Participation, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            both_or_neither(
                "resolved_at",
                "resolved_by",
                name="partnerships_thread_resolved_complete",
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=False) | Q(audience=Audience.GROUP),
                name="partnerships_thread_two_sides",
            ),
        ]


class Message(models.Model):
    """One contribution to a thread; stands as it was said. Belongs to the author's side at that moment."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    author = models.ForeignKey(USER, models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("text"), max_length=10000)
    language = LanguageField(_("language"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]


class ThreadOpening(models.Model):
    """A side's consent to open a private thread; effective once both sides agreed, closed again by either."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="openings")
    to = models.CharField(max_length=20, choices=OpenedTo.choices)
    mentee_at = models.DateTimeField(null=True)
    mentee_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    mentor_at = models.DateTimeField(null=True)
    mentor_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "to"], name="partnerships_thread_opening_once"),
            both_or_neither(
                "mentee_at",
                "mentee_by",
                name="partnerships_thread_opening_mentee_complete",
            ),
            both_or_neither(
                "mentor_at",
                "mentor_by",
                name="partnerships_thread_opening_mentor_complete",
            ),
        ]
