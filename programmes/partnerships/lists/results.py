"""A list as it was understood: its cells, the organisations in it, and the questions that stay open."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from programmes.participants.models import Organisation

from ..models import Enrolment
from . import words


@dataclass
class Cell:
    """What stands in one cell; `fault` has to be mended, `note` is good to know."""

    column: str
    text: str = ""
    fault: str = ""
    note: str = ""
    line: int = 0

    @property
    def field(self) -> str:
        """Its input in the preview."""
        return f"cell-{self.line}-{self.column}"

    @property
    def label(self) -> str:
        return str(words.HEADINGS[self.column])


@dataclass
class Addressee:
    """Somebody to be invited; `known` where that was prepared or done before."""

    name: str
    email: str
    function: str
    known: bool = False


@dataclass(eq=False)
class Body:
    """An organisation of the list, said in one row or in several."""

    name: str
    kind: str
    country: str = ""
    role: str = ""
    organisation: Organisation | None = None
    enrolment: Enrolment | None = None
    """In the programme already, or made."""

    themes: list[str] = field(default_factory=list)
    associations: list["Body"] = field(default_factory=list)
    people: list[Addressee] = field(default_factory=list)
    backed_by: set[int] = field(default_factory=set)
    line: int = 0

    @property
    def unbacked(self) -> list["Body"]:
        """Associations that do not stand behind the city yet."""
        return [row for row in self.associations if not row.organisation or row.organisation.pk not in self.backed_by]

    @property
    def key(self) -> str:
        """Of the question about it; stays the same while its cells do."""
        words = repr((self.kind, self.country, self.name.casefold()))
        return hashlib.sha256(words.encode()).hexdigest()[:12]

    @property
    def is_new(self) -> bool:
        return self.organisation is None


@dataclass
class Question:
    """Is this name one of these? `answer`: the id of one, `NEW`, or nothing yet."""

    body: Body
    choices: list[tuple[str, str]]
    answer: str = ""

    @property
    def field(self) -> str:
        return f"same-{self.body.key}"


@dataclass
class Checked:
    """A list that was looked at. Nothing of it is stored."""

    columns: list[str]
    left_out: list[str]
    lines: list[list[Cell]]
    bodies: list[Body]
    questions: list[Question]
    new_themes: list[str]

    @cached_property
    def faults(self) -> list[Cell]:
        return [cell for line in self.lines for cell in line if cell.fault]

    @property
    def is_ready(self) -> bool:
        return not self.faults and all(question.answer for question in self.questions)

    @property
    def made(self) -> list[Body]:
        return [body for body in self.bodies if body.is_new]

    @property
    def enrolled(self) -> list[Body]:
        return [body for body in self.bodies if body.enrolment is None]

    @property
    def addressees(self) -> int:
        return sum(not person.known for body in self.bodies for person in body.people)

    @property
    def shown(self) -> str:
        """A fingerprint of what it would do: whoever confirms has seen the same."""
        told = [
            (
                (body.name, body.kind, body.country, body.role, body.organisation and body.organisation.pk),
                (body.enrolment is not None, body.themes, [other.key for other in body.associations]),
                [(person.email, person.known) for person in body.people],
            )
            for body in self.bodies
        ]
        return hashlib.sha256(repr((told, self.new_themes)).encode()).hexdigest()[:16]
