"""What a local support group is asked about a form: beside one of its questions, or about a version."""

from django.db import models

from programmes.conversations.models import Asking, GroupQuestion

from .answer import Response
from .sharing import SharedVersion


class QuestionBeside(models.Model):
    """Ties a question to the group to the box beside which its answers stand."""

    question = models.OneToOneField(GroupQuestion, models.CASCADE, related_name="beside_form")
    response = models.ForeignKey(Response, models.PROTECT, related_name="group_questions")
    part_key = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["response", "part_key"], name="assessments_beside_box")]

    def __str__(self):
        return self.part_key


class VersionAsking(models.Model):
    """Ties questions to the group to the shared version that they are about."""

    asking = models.OneToOneField(Asking, models.CASCADE, related_name="about_form")
    version = models.ForeignKey(SharedVersion, models.PROTECT, related_name="askings")

    def __str__(self):
        return str(self.version.number)
