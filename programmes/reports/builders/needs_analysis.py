"""The needs analysis of a mentee city (Annex 2)."""

from programmes.assessments.enums import QuestionnaireKey
from programmes.partnerships.enums import Role

from ..registry import register
from .questionnaires import QuestionnaireBuilder


@register
class NeedsAnalysis(QuestionnaireBuilder):
    kind = "needs-analysis"
    title = QuestionnaireKey.NEEDS.label
    questionnaire = QuestionnaireKey.NEEDS.value
    own_role = Role.MENTEE.value
