"""Questionnaires as data, what cities and associations answer, what they share, and the needs drawn from it."""

from .answer import Answer, AnswerRevision, Response
from .needs import HelpStatement, Need, QuestionThread
from .questionnaire import Part, Question, Questionnaire, QuestionnaireVersion, Section
from .sharing import SharedVersion, ShareGrant

__all__ = [
    "Answer",
    "AnswerRevision",
    "HelpStatement",
    "Need",
    "Part",
    "Question",
    "QuestionThread",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "Section",
    "ShareGrant",
    "SharedVersion",
]
