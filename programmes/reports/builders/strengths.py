"""The strengths and experience of a mentor city (Annex 3)."""

from programmes.assessments.enums import QuestionnaireKey
from programmes.partnerships.enums import Role

from ..registry import register
from .questionnaires import QuestionnaireBuilder


@register
class Strengths(QuestionnaireBuilder):
    kind = "strengths"
    title = QuestionnaireKey.STRENGTHS.label
    questionnaire = QuestionnaireKey.STRENGTHS.value
    own_role = Role.MENTOR.value
