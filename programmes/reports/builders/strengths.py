"""The strengths and experience of a mentor city (Annex 3)."""

from programmes.assessments.enums import Purpose
from programmes.partnerships.enums import Role

from ..registry import register
from .questionnaires import QuestionnaireBuilder


@register
class Strengths(QuestionnaireBuilder):
    kind = "strengths"
    title = Purpose.STRENGTHS.label
    purpose = Purpose.STRENGTHS.value
    own_role = Role.MENTOR.value
