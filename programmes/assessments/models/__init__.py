"""Questionnaires as data, what cities and associations answer, what they share, and the needs drawn from it."""

from .answer import Answer, AnswerRevision, Response
from .groups import QuestionBeside, VersionAsking
from .needs import AnswerConversation, HelpStatement, Need
from .questionnaire import Part, Question, Questionnaire, QuestionnaireVersion, Section
from .sharing import SharedVersion, ShareGrant

__all__ = [
    "Answer",
    "AnswerConversation",
    "AnswerRevision",
    "HelpStatement",
    "Need",
    "Part",
    "Question",
    "QuestionBeside",
    "Questionnaire",
    "QuestionnaireVersion",
    "Response",
    "Section",
    "ShareGrant",
    "SharedVersion",
    "VersionAsking",
]
