"""Boxes and questions to write in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from programmes.common.addresses import address
from programmes.common.kinds import Input, Kind
from programmes.conversations.models import Conversation, GroupQuestion

from ..boxes import box_of, kind_of, slug
from ..models import Answer, Need, Part, Question
from .choices import language_options


@dataclass
class WriteBox:
    """One box to write in."""

    part: Part
    answer: Answer | None
    value: Any
    label: str
    help: str
    language: str
    response_id: int
    languages: Sequence[tuple[str, str]] = ()
    needs: Sequence[Need] = ()
    translates: bool = False
    prompts: Sequence[str] = ()

    @property
    def key(self) -> str:
        return self.part.key

    @property
    def slug(self) -> str:
        return slug(self.part.key)

    @property
    def revision(self) -> int:
        return self.answer.revision if self.answer else 0

    @property
    def kind(self) -> Kind:
        return kind_of(self.part)

    @property
    def input(self) -> Input:
        """What the template of its kind draws."""
        hint = f"{self.slug}-help" if self.help or self.prompts else ""
        how = {"language": self.language, "hint": hint}
        return self.kind.input(box_of(self.part), self.value, id=self.input_id, label=self.label, **how)

    @property
    def input_id(self) -> str:
        """A row of the table of figures is the form itself and has the id already."""
        return self.slug if self.kind.is_tabular else f"{self.slug}-value"

    @property
    def is_written(self) -> bool:
        return self.answer is not None and not self.kind.is_empty(self.answer.value)

    @property
    def save_url(self) -> str:
        return address("assessments:answer", self.response_id, self.part.key)

    @property
    def language_options(self) -> str:
        return language_options(tuple(self.languages), self.language)

    @property
    def history_url(self) -> str:
        """Leads nowhere before the first revision."""
        return address("assessments:history", self.response_id, self.part.key)

    @property
    def translate_url(self) -> str:
        return address("assessments:translate", self.response_id, self.part.key) if self.translates else ""


@dataclass
class WriteCard:
    """One question with its boxes; `is_open` unless a newcomer is spared it, `is_left_out` of all that others read."""

    question: Question
    title: str
    help: str
    boxes: list[WriteBox]
    is_open: bool
    is_left_out: bool = False
    conversations: Sequence[tuple[str, Conversation]] = ()
    group_says: Sequence[GroupQuestion] = ()

    @property
    def number(self) -> int | None:
        return self.question.number

    @property
    def slug(self) -> str:
        """Anchor of the card, apart from those of its boxes."""
        return f"question-{slug(self.question.key)}"

    @property
    def tells_the_directory(self) -> bool:
        """Whether figures of a city stand here, which everybody signed in reads once they are shared."""
        return any(box.part.indicator for box in self.boxes)

    @property
    def tabular(self) -> list[WriteBox]:
        return [box for box in self.boxes if box.kind.is_tabular]

    @property
    def other(self) -> list[WriteBox]:
        return [box for box in self.boxes if not box.kind.is_tabular]
