"""What a city or an association answers: its own until it shares a version."""

from django.db import models

from programmes.common.addresses import address
from programmes.common.models import RevisionedValue, TimeStamped, history_of
from programmes.partnerships.models import Enrolment, Team

from .questionnaire import Questionnaire, QuestionnaireVersion


class Response(TimeStamped):
    """A team's answers to one questionnaire. Belongs to the team, neither to a person, an organisation nor a
    partnership: it exists before the mentor is found. Read through `boundary`, never directly.

    `questionnaire_version` is a version of `questionnaire`; a newer one is asked from the team's click on."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="responses")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="responses")
    questionnaire_version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="responses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "questionnaire"], name="assessments_response_once"),
        ]

    def __str__(self):
        return f"{self.questionnaire} · {self.enrolment.organisation}"

    @property
    def enrolment(self) -> Enrolment:
        """Names the organisation and the programme; nobody's right hangs on it."""
        return self.team.enrolment

    def get_absolute_url(self):
        return address("assessments:form", self.pk)


class Answer(RevisionedValue):
    """The text or value in one box. The value's shape goes by the part's kind, see `programmes.common.kinds`."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="answers")
    part_key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            *RevisionedValue.Meta.constraints,
            models.UniqueConstraint(fields=["response", "part_key"], name="assessments_answer_once"),
        ]


class AnswerRevision(history_of("assessments.Answer")):  # type: ignore[misc]
    """History of one answer."""
