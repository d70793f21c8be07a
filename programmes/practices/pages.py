"""What the pages of a practice show: its boxes to write in, and a version to read like an article."""

from dataclasses import dataclass
from typing import Any

from programmes.common.access import Access
from programmes.common.addresses import address
from programmes.common.fields import in_language
from programmes.common.kinds import Input
from programmes.common.languages import CONTENT_LANGUAGES

from . import boundary, selectors, snapshots
from .enums import Decision, PracticeKind
from .models import Judgement, JudgementText, JudgementVersion, Practice, PracticePicture, PracticeText
from .points import Point, Section, questions, sections
from .shapes import JudgementData, PointData, PracticeData


@dataclass(frozen=True)
class WriteBox:
    """One point of a practice, or one question about it, to write in. `spoken` is the language of texts that say none;
    the addresses are where it is saved and where its history stands."""

    point: Point
    text: PracticeText | JudgementText | None
    spoken: str
    save_url: str
    history_url: str

    @property
    def revision(self) -> int:
        return self.text.revision if self.text else 0

    @property
    def language(self) -> str:
        return (self.text.language if self.text else "") or self.spoken

    @property
    def is_written(self) -> bool:
        return self.text is not None and not self.text.is_empty

    @property
    def input(self) -> Input:
        hint = f"{self.point.slug}-help" if self.point.hint else ""
        return self.point.kind.input(
            self.point.box,
            self.text.value if self.text else "",
            id=f"{self.point.slug}-value",
            label=self.point.title,
            language=self.language,
            hint=hint,
        )

    @property
    def languages(self) -> list[tuple[str, str]]:
        return CONTENT_LANGUAGES


@dataclass(frozen=True)
class WriteCard:
    """A section with its boxes; `is_open` unless a newcomer is spared it."""

    section: Section
    boxes: list[WriteBox]
    is_open: bool

    @property
    def slug(self) -> str:
        return f"section-{self.section.number}"


def cards(practice: Practice) -> list[WriteCard]:
    texts = snapshots.texts_of(practice)
    return [_card(section, practice, texts) for section in sections() if section.boxes]


def _card(section: Section, practice: Practice, texts: dict[str, PracticeText]) -> WriteCard:
    boxes = [
        WriteBox(
            point,
            texts.get(point.key),
            practice.language,
            address("practices:text", practice.pk, point.key),
            address("practices:history", practice.pk, point.key),
        )
        for point in section.boxes
    ]
    opens = any(point.opens_first for point in section.boxes) or any(box.is_written for box in boxes)
    return WriteCard(section, boxes, opens)


@dataclass(frozen=True)
class ReadPoint:
    title: str
    text: str
    language: str


@dataclass(frozen=True)
class ReadSection:
    """A section with the points that were told; sections of which nothing was told are left out."""

    number: int
    title: str
    points: list[ReadPoint]


def read_sections(content: PracticeData) -> list[ReadSection]:
    told = {point["key"]: point for point in content["points"]}
    found = []
    for section in sections():
        points = [
            ReadPoint(point.title, told[point.key]["text"], told[point.key]["language"])
            for point in section.boxes
            if point.key in told
        ]
        if points:
            found.append(ReadSection(section.number, section.title, points))
    return found


def article(content: PracticeData, practice: Practice | None = None) -> dict[str, Any]:
    """A version, or the practice as it stands, as the template of the article reads it. What may be taken back is read
    from the `practice`: pictures, and the person to ask."""
    return {
        "content": content,
        "pictures": pictures_still_there(content, practice),
        "is_example": practice is not None and practice.team.enrolment.programme.is_demo,
        "sections": read_sections(content),
        "kind": PracticeKind(content["kind"]).label if content["kind"] else "",
        "themes": ", ".join(in_language(title) for title in content["themes"]),
    }


def pictures_still_there(content: PracticeData, practice: Practice | None) -> list[PracticePicture]:
    there = {row.pk: row for row in practice.pictures.all()} if practice else {}
    return [there[row["id"]] for row in content["pictures"] if row["id"] in there]


def frame(access: Access, practice: Practice) -> dict[str, Any]:
    """What stands around every page of a practice that one keeps."""
    return {
        "practice": practice,
        "may_write": boundary.writes(access, practice),
        "on_behalf": boundary.writes_on_behalf(access, practice),
        "offers": list(selectors.open_offers(practice)),
    }


def question_boxes(judgement: Judgement) -> list[WriteBox]:
    answers = snapshots.answers_of(judgement)
    return [
        WriteBox(
            question,
            answers.get(question.key),
            judgement.language,
            address("practices:answer", judgement.pk, question.key),
            address("practices:answer_history", judgement.pk, question.key),
        )
        for question in questions()
    ]


def judged(content: JudgementData) -> dict[str, Any]:
    """A judgement to read, as the template takes it."""
    written = {answer["key"]: answer for answer in content["answers"]}
    return {
        "content": content,
        "decision": decision_of(content),
        "answers": [
            ReadPoint(question.title, written[question.key]["text"], written[question.key]["language"])
            for question in questions()
            if question.key in written
        ],
    }


def decision_of(content: JudgementData) -> str:
    return str(Decision(content["decision"]).label) if content["decision"] else ""


@dataclass(frozen=True)
class Beside:
    """What another city decided about a practice, as it offers it to the practice's readers."""

    version: JudgementVersion

    @property
    def city(self) -> str:
        return self.version.content["city"]

    @property
    def decision(self) -> str:
        return decision_of(self.version.content)

    @property
    def reason(self) -> PointData | None:
        return next((row for row in self.version.content["answers"] if row["key"] == "reason"), None)
