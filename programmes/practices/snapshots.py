"""A practice as plain data: what is frozen when it is offered, what documents and pages are made from."""

from .models import Judgement, JudgementText, Practice, PracticeText
from .points import boxes, questions
from .shapes import JudgementData, PracticeData


def take(practice: Practice) -> PracticeData:
    """As it stands now; nothing of the contact."""
    texts = texts_of(practice)
    written = [(point.key, texts[point.key]) for point in boxes() if point.key in texts]
    return {
        "title": practice.title,
        "kind": practice.kind,
        "language": practice.language,
        "city_id": practice.city_id,
        "where": practice.where,
        "country": practice.city.country if practice.city else practice.country,
        "link": practice.link,
        "summary": practice.summary,
        "sources": practice.sources,
        "described_by": practice.team.enrolment.organisation.name,
        "is_of_another": practice.is_of_another,
        "themes": [theme.title for theme in practice.themes.all()],
        "points": [
            {"key": key, "text": row.value, "language": row.language or practice.language}
            for key, row in written
            if not row.is_empty
        ],
        "pictures": [{"id": row.pk, "caption": row.caption} for row in practice.pictures.all()],
    }


def texts_of(practice: Practice) -> dict[str, PracticeText]:
    """By the keys of their points; none where nobody wrote."""
    return {row.point_key: row for row in practice.texts.all()}


def take_judgement(judgement: Judgement) -> JudgementData:
    """As it stands now."""
    answers = answers_of(judgement)
    written = [(question.key, answers[question.key]) for question in questions() if question.key in answers]
    return {
        "practice_id": judgement.practice_id,
        "title": judgement.title,
        "where": judgement.place,
        "city": judgement.team.enrolment.organisation.name,
        "language": judgement.language,
        "decision": judgement.decision,
        "answers": [
            {"key": key, "text": row.value, "language": row.language or judgement.language}
            for key, row in written
            if not row.is_empty
        ],
    }


def answers_of(judgement: Judgement) -> dict[str, JudgementText]:
    return {row.question_key: row for row in judgement.texts.all()}
