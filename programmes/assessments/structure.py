"""Questionnaires as they stand in memory: read once per process, because their rows change with a release only.

After `load_questionnaires` corrected a wording, other processes show it from their next start.
"""

from functools import cache

from django.db.models import Prefetch

from .models import Part, Question, Section


@cache
def sections_of(questionnaire_id: int) -> tuple[Section, ...]:
    """Sections in order, with `questions` and their `parts` at hand. Not to be changed by whoever reads them."""
    parts = Prefetch("parts", Part.objects.all())
    questions = Prefetch("questions", Question.objects.prefetch_related(parts))
    return tuple(Section.objects.filter(questionnaire=questionnaire_id).prefetch_related(questions))


@cache
def parts_of(questionnaire_id: int) -> dict[str, Part]:
    """Every box of a questionnaire by its key, in order, with its question and section."""
    sections = sections_of(questionnaire_id)
    return {
        part.key: part for section in sections for question in section.questions.all() for part in question.parts.all()
    }


def forget() -> None:
    """After the rows were written."""
    sections_of.cache_clear()
    parts_of.cache_clear()
