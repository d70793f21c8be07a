"""What a coordinator or facilitator writes to many at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.common.models import TimeStamped
from programmes.common.once import MadeOnce

from ..enums import Addressees
from .partnership import Partnership
from .programme import Programme


class Letter(MadeOnce, TimeStamped):
    """Written once, mailed to each of those it is for, and kept for them in the history of their partnerships; nobody
    else reads it, and nobody sees who else got it. Kept until a year after the programme ended."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="letters")
    partnership = models.ForeignKey(Partnership, models.CASCADE, null=True, related_name="+")
    to = models.CharField(_("to"), max_length=20, choices=Addressees.choices)
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("text"), max_length=5000)
    language = models.CharField(max_length=10, blank=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to="pair", partnership__isnull=False) | (~Q(to="pair") & Q(partnership=None)),
                name="partnerships_letter_pair_named",
            )
        ]

    def __str__(self):
        return self.subject


class LetterCopy(models.Model):
    """Somebody whom a letter was for, and in which of their partnerships it is kept."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="copies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "person", "partnership"], name="partnerships_letter_copy_once")
        ]
