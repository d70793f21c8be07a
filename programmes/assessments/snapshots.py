"""Forms as plain data: frozen when shared, and put together for a reader. Pages and documents read these alone.

The shape is `shapes.FormData`.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from programmes.common.access import Access
from programmes.common.held import hold
from programmes.common.prepared import prepared

from . import structure
from .boundary import context_responses, grants_on, keeps, reading_of, writes_needs
from .boxes import kind_of
from .enums import NEEDS_SECTION, Party, Purpose
from .models import (
    Answer,
    Part,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Response,
    Section,
    SharedVersion,
    ShareGrant,
)
from .shapes import FormData, PartData, SectionData


def place_of(section_key: str, question_key: str) -> str:
    """A question in its form, as one word."""
    return f"{section_key}:{question_key}"


def take(
    response: Response,
    section_keys: Collection[str],
    *,
    include_needs: bool = False,
    left_out: Collection[str] = (),
) -> FormData:
    """These sections of a response as they stand, without the questions `left_out`; what is frozen when a city shares.
    Whoever calls it has asked whether the person writes them."""
    answers = answers_of(response)
    sections = [_section(section, answers) for section in sections_of(response.questionnaire_version, section_keys)]
    for entry in sections:
        entry["questions"] = [q for q in entry["questions"] if place_of(entry["key"], q["key"]) not in left_out]
    return _head(response) | {"sections": sections, "needs": _needs(response) if include_needs else None}


def blank(version: QuestionnaireVersion, *, programme: Any = None) -> FormData:
    """The empty form, in the same shape."""
    sections = [_section(section, {}) for section in sections_of(version)]
    head: Any = {
        "questionnaire": _questionnaire(version, version.questionnaire),
        "organisation": None,
        "programme": _programme(programme) if programme else None,
    }
    return head | {"sections": sections, "needs": [] if version.questionnaire.purpose == Purpose.NEEDS else None}


def readable(response: Response, access: Access, *, sections: Collection[str] | None = None) -> FormData:
    """All this person may read of a form now: the own part as it stands, others' in the newest version shared with
    the person, the associations' context from the associations' own responses. `sections` limits it to these keys."""
    return Reading(response, access).data(sections)


def everything(response: Response) -> FormData:
    """A form as its writers together read it now, in the shape of `readable`: for an operator at the console, never
    for a page."""
    return _Everything(response).data(None)


def as_shared(version: SharedVersion) -> dict[str, Any]:
    """What `readable` adds to a section, for a section read out of this very version."""
    return _state("shared", version, _by(version))


def sections_of(version: QuestionnaireVersion, keys: Collection[str] | None = None) -> list[Section]:
    """Sections with their questions and parts."""
    return [section for section in structure.sections_of(version) if keys is None or section.key in keys]


def answers_of(response: Response) -> dict[str, Answer]:
    """By the keys of their boxes."""
    hold([response], "answers", _answers(response.pk))
    return {answer.part_key: answer for answer in response.answers.all()}


@prepared
def _answers(response: int) -> QuerySet[Answer]:
    return Answer.objects.filter(response=response).select_related("updated_by", "translation_by")


def parts_of(data: FormData) -> Iterator[PartData]:
    """All parts of a snapshot, in order."""
    for section in data["sections"]:
        yield from section_parts(section)


def section_parts(section: SectionData) -> Iterator[PartData]:
    for question in section["questions"]:
        yield from question["parts"]


class Reading:
    """One person's view of one response; what was granted is asked once, texts are read for the newest only."""

    def __init__(self, response: Response, access: Access):
        self.response, self.access = response, access
        self.writing = reading_of(access, response)

    @cached_property
    def sources(self) -> list[Response]:
        """Associations' own responses that complete this one."""
        if all(keeps(self.response, section) for section in sections_of(self.response.questionnaire_version)):
            return []
        rows = context_responses(self.response.team).select_related(
            "team__enrolment__organisation", "questionnaire_version"
        )
        return list(rows.order_by("pk"))

    @cached_property
    def grants(self) -> list[ShareGrant]:
        """All that was ever granted to the person's teams here, oldest version first, recalled ones too."""
        return list(grants_on(self.access, [self.response, *self.sources]))

    @cached_property
    def newest(self) -> dict[tuple[int, str], SharedVersion]:
        """The newest version this person may read, by response and section."""
        found = {
            (grant.version.response_id, grant.section_key): grant.version
            for grant in self.grants
            if grant.recalled_at is None
        }
        texts = SharedVersion.objects.filter(pk__in={version.pk for version in found.values()})
        data = dict(texts.values_list("pk", "data")) if found else {}
        for version in found.values():
            version.data = data[version.pk]
        return found

    def data(self, keys: Collection[str] | None) -> FormData:
        answers = self._answers()
        sections = [
            entry
            for section in sections_of(self.response.questionnaire_version, keys)
            for entry in self._entries(section, answers)
        ]
        needs = self._needs() if keys is None or NEEDS_SECTION in keys else _no_needs()
        return _head(self.response) | {"sections": sections} | needs

    def _answers(self) -> dict[str, Answer]:
        return answers_of(self.response) if self.writing else {}

    def _entries(self, section: Section, answers: dict[str, Answer]) -> Iterable[dict[str, Any]]:
        if not keeps(self.response, section):
            return [self._context(section, source) for source in self.sources] or [_frozen(section, None, "")]
        if self.writing and self.writing.writes(section):
            by = self.writing.team.enrolment.organisation.name
            return [_section(section, answers) | _state("current", None, by)]
        version = self.newest.get((self.response.pk, section.key))
        return [_frozen(section, version, _by(version) or _city(self.response, section))]

    def _context(self, section: Section, source: Response) -> dict[str, Any]:
        """One association's context, under this form's own numbers."""
        by = source.enrolment.organisation.name
        if reading_of(self.access, source):
            return _section(section, answers_of(source)) | _state("current", None, by)
        return _frozen(section, self.newest.get((source.pk, section.key)), by)

    def _needs(self) -> dict[str, Any]:
        if writes_needs(self.writing, self.response):
            return {"needs": _needs(self.response), "needs_state": "current", "needs_version": None}
        version = self.newest.get((self.response.pk, NEEDS_SECTION))
        if version is None:
            return _no_needs()
        return {"needs": version.content["needs"], "needs_state": "shared", "needs_version": _version(version)}


class _Everything(Reading):
    """The view of all writers at once."""

    def __init__(self, response: Response):
        self.response = response

    def _answers(self) -> dict[str, Answer]:
        return answers_of(self.response)

    def _entries(self, section: Section, answers: dict[str, Answer]) -> Iterable[dict[str, Any]]:
        if keeps(self.response, section):
            return [_section(section, answers) | _state("current", None, _city(self.response, section))]
        return [
            _section(section, answers_of(source)) | _state("current", None, source.enrolment.organisation.name)
            for source in self.sources
        ] or [_section(section, {}) | _state("current", None, "")]

    def _needs(self) -> dict[str, Any]:
        if self.response.questionnaire.purpose != Purpose.NEEDS:
            return _no_needs()
        return {"needs": _needs(self.response), "needs_state": "current", "needs_version": None}


def _no_needs() -> dict[str, Any]:
    return {"needs": None, "needs_state": "not_shared", "needs_version": None}


def _frozen(section: Section, version: SharedVersion | None, by: str) -> dict[str, Any]:
    """A section as it was shared, or without answers where it was not."""
    if version is None:
        return _section(section, {}) | _state("not_shared", None, by)
    found = next(entry for entry in version.content["sections"] if entry["key"] == section.key)
    numbers = {question.key: question.number for question in section.questions.all()}
    questions = [entry | {"number": numbers.get(entry["key"], entry["number"])} for entry in found["questions"]]
    return found | {"questions": questions} | _state("shared", version, by)


def _state(state: str, version: SharedVersion | None, by: str) -> dict[str, Any]:
    return {"state": state, "version": _version(version) if version else None, "by": by}


def _city(response: Response, section: Section) -> str:
    return response.enrolment.organisation.name if section.answered_by == Party.CITY else ""


def _by(version: SharedVersion | None) -> str:
    return version.shared_by.enrolment.organisation.name if version else ""


def _version(version: SharedVersion) -> dict[str, Any]:
    on = version.created_at.date().isoformat()
    return {"id": version.pk, "number": version.number, "name": version.name, "on": on}


def _head(response: Response) -> Any:
    organisation = response.enrolment.organisation
    return {
        "questionnaire": _questionnaire(response.questionnaire_version, response.questionnaire),
        "organisation": {name: getattr(organisation, name) for name in ("id", "name", "acronym", "kind", "country")},
        "programme": _programme(response.enrolment.programme),
    }


def _questionnaire(version: QuestionnaireVersion, questionnaire: Questionnaire) -> dict[str, Any]:
    return {
        "key": questionnaire.key,
        "version": version.number,
        "title": questionnaire.title,
        "purpose": version.intro,
        "source": version.source,
    }


def _programme(programme: Any) -> dict[str, Any]:
    return {name: getattr(programme, name) for name in ("id", "title", "variables", "working_language")}


def _section(section: Section, answers: dict[str, Answer]) -> dict[str, Any]:
    head = {name: getattr(section, name) for name in ("key", "title", "purpose", "answered_by", "kept_by")}
    return head | {"questions": [_question(question, answers) for question in section.questions.all()]}


def _question(question: Question, answers: dict[str, Answer]) -> dict[str, Any]:
    head = {name: getattr(question, name) for name in ("key", "number", "title", "help")}
    return head | {"parts": [_part(part, answers.get(part.key)) for part in question.parts.all()]}


def _part(part: Part, answer: Answer | None) -> dict[str, Any]:
    names = ("key", "letter", "kind", "label", "help", "prompts", "indicator", "options")
    return {name: getattr(part, name) for name in names} | {"answer": _answer(part, answer)}


def _answer(part: Part, answer: Answer | None) -> dict[str, Any] | None:
    if answer is None or kind_of(part).is_empty(answer.value):
        return None
    return {
        "value": answer.value,
        "language": answer.language,
        "revision": answer.revision,
        "translation": answer.translation,
        "translation_stale": answer.translation_is_stale,
        "on_behalf": answer.on_behalf,
    }


def _needs(response: Response) -> list[dict[str, Any]]:
    names = ("id", "number", "title", "language", "kind", "scope", "sector", "policy", "reach", "part_key", "on_behalf")
    rows = response.needs.filter(retired_at=None)
    return [{name: getattr(need, name) for name in names} for need in rows]
