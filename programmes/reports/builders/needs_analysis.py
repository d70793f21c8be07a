"""The needs analysis of a mentee city (Annex 2)."""

from programmes.assessments.enums import Purpose
from programmes.partnerships.enums import Role

from ..registry import register
from .questionnaires import QuestionnaireBuilder


@register
class NeedsAnalysis(QuestionnaireBuilder):
    kind = "needs-analysis"
    title = Purpose.NEEDS.label
    purpose = Purpose.NEEDS.value
    own_role = Role.MENTEE.value
