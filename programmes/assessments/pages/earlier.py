"""Answers to boxes that the form asks no more."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from .. import structure, versions
from ..boundary import Writing, keeps
from ..boxes import box_of, kind_of, slug
from ..models import Answer, AnswerRevision, Part, Response
from ..wording import worded


@dataclass(frozen=True)
class EarlierAnswer:
    """`question` and `label` are the words that were answered; `markup` is in `language`."""

    key: str
    question: str
    label: str
    markup: str
    language: str
    translation: str
    history_url: str

    @property
    def slug(self) -> str:
        return slug(self.key)


def asked_earlier(response: Response, writing: Writing, answers: Mapping[str, Answer]) -> list[EarlierAnswer]:
    """What `writing` answered to earlier versions of the form and the newer one does not ask; no query where there
    is none."""
    asked = structure.parts_of(response.questionnaire_version)
    unasked = [answer for key, answer in answers.items() if key not in asked and not answer.is_empty]
    if not unasked:
        return []
    parts = versions.earlier_parts(response)
    found = [(answer, parts[answer.part_key]) for answer in unasked if answer.part_key in parts]
    own = [(answer, part) for answer, part in found if _is_own(response, writing, part)]
    rows = AnswerRevision.objects.filter(owner__in=[answer for answer, _part in own]).order_by("revision")
    wordings = dict(rows.values_list("owner", "wording"))
    return [_earlier(response, answer, part, wordings.get(answer.pk) or {}) for answer, part in own]


def _is_own(response: Response, writing: Writing, part: Part) -> bool:
    section = part.question.section
    return keeps(response, section) and writing.writes(section)


def _earlier(response: Response, answer: Answer, part: Part, wording: Mapping) -> EarlierAnswer:
    variables = response.enrolment.programme.variables
    kind, box = kind_of(part), box_of(part)
    return EarlierAnswer(
        answer.part_key,
        worded(wording.get("question") or part.question.title, variables),
        worded(wording.get("label") or part.label, variables),
        kind.markup(answer.value, box),
        answer.language if kind.has_words(answer.value) else "",
        kind.translated(answer.value, answer.translation, box) if answer.translation else "",
        reverse("assessments:history", args=[response.pk, answer.part_key]),
    )
