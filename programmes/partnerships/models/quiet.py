"""What somebody wants to hear nothing of."""

from django.db import models

from programmes.accounts.models import Person
from programmes.common.models import TimeStamped

from .partnership import Partnership


class QuietPartnership(TimeStamped):
    """A person gets no mails about a partnership but those that need them or change their rights. The row goes when
    they want to hear of it again."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="quiet_partnerships")
    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "partnership"], name="partnerships_quiet_once")]
