"""Versions of questionnaires as they stand in memory, read once per process and change stamp.

The stamp is on the version's row, which pages read with the response: a correction shows at once in every process.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q

from .models import Part, Question, QuestionnaireVersion, Section

KEPT = 32
"""Versions kept in memory; a questionnaire takes about a tenth of a megabyte."""


def sections_of(version: QuestionnaireVersion) -> tuple[Section, ...]:
    """Sections in order, with `questions` and their `parts` at hand. Not to be changed by whoever reads them."""
    return _sections(version.pk, version.stamp)


def parts_of(version: QuestionnaireVersion) -> dict[str, Part]:
    """Every box of a version by its key, in order, with its question and section."""
    return _parts(version.pk, version.stamp)


def newest_for(programme: Any, purpose: str) -> QuestionnaireVersion | None:
    """What a programme asks for this purpose now: its own questionnaire where it has one, else everybody's."""
    return newest_by_purpose([programme.pk if programme else None]).get((programme and programme.pk, purpose))


def newest_by_purpose(programmes: list[int | None]) -> dict[tuple[int | None, str], QuestionnaireVersion]:
    """The same for several programmes (ids; None asks for everybody's) and every purpose, in one query."""
    rows = QuestionnaireVersion.objects.filter(published_at__isnull=False).select_related("questionnaire")
    asked = rows.filter(Q(questionnaire__owner=None) | Q(questionnaire__owner__in=[pk for pk in programmes if pk]))
    found: dict[tuple[int | None, str], QuestionnaireVersion] = {}
    for version in asked.order_by(F("questionnaire__owner").asc(nulls_first=True), "number"):
        owner, purpose = version.questionnaire.owner_id, version.questionnaire.purpose
        for programme in programmes if owner is None else [owner]:
            found[programme, purpose] = version
    return found


@lru_cache(maxsize=KEPT)
def _sections(version: int, stamp: UUID) -> tuple[Section, ...]:
    parts = Prefetch("parts", Part.objects.all())
    questions = Prefetch("questions", Question.objects.prefetch_related(parts))
    return tuple(Section.objects.filter(version=version).prefetch_related(questions))


@lru_cache(maxsize=KEPT)
def _parts(version: int, stamp: UUID) -> dict[str, Part]:
    return {
        part.key: part
        for section in _sections(version, stamp)
        for question in section.questions.all()
        for part in question.parts.all()
    }
