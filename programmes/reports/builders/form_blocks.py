"""A form's snapshot as blocks: headings, questions, answers, key figures, needs."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.assessments.boxes import box_of, kind_of
from programmes.assessments.enums import NeedKind, NeedScope, Party, PolicyAnswer
from programmes.assessments.shapes import FormData, NeedData, PartData, QuestionData, SectionData, VersionData
from programmes.assessments.wording import worded
from programmes.common.fields import in_language

from ..blocks import Beside, Blank, Block, Cell, Choices, Column, Heading, Note, Paragraph, Prose, Table, Unanswered
from . import texts


def versions_in(data: FormData) -> list[VersionData | None]:
    """The version of each part that is printed, None for what is as of now."""
    versions = [section["version"] for section in data["sections"] if section["state"] != "not_shared"]
    return versions if data["needs"] is None else [*versions, data.get("needs_version")]


def one_version(data: FormData) -> str:
    """The name of the version where all is of one; else each section says its own."""
    versions = versions_in(data)
    first = versions[0] if versions else None
    return version_name(first) if first and all(version == first for version in versions) else ""


def version_name(version: VersionData) -> str:
    if version["name"]:
        return _("Version %(number)s, %(name)s") % {"number": version["number"], "name": version["name"]}
    return _("Version %(number)s") % {"number": version["number"]}


class FormWriter:
    """A form's snapshot as blocks, in the active language."""

    def __init__(self, data: FormData, *, is_blank: bool = False, texts: str = ""):
        self.data, self.is_blank, self.texts = data, is_blank, texts
        programme = data["programme"]
        self.variables = programme["variables"] if programme else None
        self.working_language = programme["working_language"] if programme else "en"
        self.several_versions = not is_blank and not one_version(data)

    def blocks(self) -> Iterator[Block]:
        if self.is_blank and (purpose := self._words(self.data["questionnaire"]["purpose"])):
            yield Paragraph(purpose, "lead")
        for section in self.data["sections"]:
            yield from self._section(section)
        if self.data["needs"] is not None and not self.is_blank:
            yield from self._needs(self.data["needs"])

    def _words(self, wording: dict[str, str]) -> str:
        return worded(wording, self.variables)

    def _section(self, section: SectionData) -> Iterator[Block]:
        yield Heading(2, self._words(section["title"]), beside=self._who(section))
        if self.is_blank:
            yield Paragraph(self._words(section["purpose"]), "help")
        elif section["state"] == "not_shared":
            yield Unanswered(_("This part has not been shared."))
            return
        elif version := self._version_of(section):
            yield Note(version)
        for question in section["questions"]:
            yield from self._blank_question(question) if self.is_blank else self._question(question)

    def _who(self, section: SectionData) -> str:
        """Who answers the section: by name where that is known."""
        if name := section.get("by"):
            return _("Answered by %(name)s") % {"name": name}
        if section["answered_by"] == Party.ASSOCIATION:
            return _("The association answers")
        return _("The city answers")

    def _version_of(self, section: SectionData) -> str:
        """Where the document holds several versions, which one this section is of."""
        version = section["version"]
        if not (version and self.several_versions):
            return ""
        day = date_format(date.fromisoformat(version["on"]), "DATE_FORMAT")
        shared = {"by": section["by"], "version": version_name(version), "day": day}
        return _("%(version)s, shared by %(by)s on %(day)s") % shared

    # A blank form

    def _blank_question(self, question: QuestionData) -> Iterator[Block]:
        yield Heading(3, self._words(question["title"]), str(question["number"] or ""))
        if help_text := self._words(question["help"]):
            yield Paragraph(help_text, "help")
        alone = len(question["parts"]) == 1
        for how, parts in groupby(question["parts"], _how_to_fill_in):
            if how == "table":
                yield self._figures(list(parts))
            elif how == "choice":
                for part in parts:
                    yield from self._over_the_box(part, alone=alone)
                    yield Choices(tuple(in_language(option["label"]) for option in part["options"]))
            else:
                yield Beside(tuple(self._box(part, alone=alone) for part in parts))

    def _box(self, part: PartData, *, alone: bool) -> Cell:
        return Cell((*self._over_the_box(part, alone=alone), Blank(kind_of(part).blank_lines)))

    def _over_the_box(self, part: PartData, *, alone: bool) -> Iterator[Block]:
        if not alone:
            yield Paragraph(self._label(part), "label")
        if help_text := self._help(part):
            yield Paragraph(help_text, "help")

    # A filled one

    def _question(self, question: QuestionData) -> Iterator[Block]:
        """What was answered; what was not is one line, beside the question where that is all of it."""
        written = [part for part in question["parts"] if self._is_written(part)]
        beside = "" if written else texts.unanswered().text
        yield Heading(3, self._words(question["title"]), str(question["number"] or ""), beside)
        if not written:
            return
        alone = len(question["parts"]) == 1
        for tabular, parts in groupby(written, lambda part: kind_of(part).is_tabular):
            if tabular:
                yield self._figures(list(parts))
            else:
                for part in parts:
                    yield from self._part(part, alone=alone)
        if left := [self._label(part) for part in question["parts"] if part not in written]:
            yield texts.still_open(left)

    def _is_written(self, part: PartData) -> bool:
        return part["answer"] is not None and not isinstance(self._answer(part), Unanswered)

    def _part(self, part: PartData, *, alone: bool) -> Iterator[Block]:
        if not alone:
            yield Paragraph(self._label(part), "label")
        yield self._answer(part)

    def _help(self, part: PartData) -> str:
        """What to think of, the prompts in one line with it."""
        prompts = "; ".join(self._words(prompt) for prompt in part["prompts"])
        return " ".join(filter(None, [self._words(part["help"]), prompts]))

    def _label(self, part: PartData) -> str:
        label = self._words(part["label"])
        return f"{part['letter']}) {label}" if part["letter"] else label

    def _answer(self, part: PartData) -> Block:
        how = {"texts": self.texts, "working_language": self.working_language}
        return texts.answered(part["answer"], box_of(part), **how)

    def _figures(self, parts: Sequence[PartData]) -> Table:
        """Figures and sums side by side: what, how much, of which year, from where."""
        columns = (
            Column(_("Figure"), 10),
            Column(_("Value"), 6),
            Column(_("Year"), 3),
            Column(_("Source"), 7),
        )
        return Table(
            _("Figures"),
            columns,
            tuple((self._named(part), *self._amounts(part)) for part in parts),
            style="figures",
        )

    def _named(self, part: PartData) -> Cell:
        named: list[Block] = [Paragraph(self._label(part))]
        if self.is_blank and (help_text := self._words(part["help"])):
            named.append(Paragraph(help_text, "help"))
        return Cell(tuple(named), heads_row=True)

    def _amounts(self, part: PartData) -> tuple[Cell, Cell, Cell]:
        if self.is_blank:
            return (Cell((Blank(1),)), Cell((Blank(1),)), Cell((Blank(1),)))
        answer = part["answer"] or {"value": "", "language": ""}
        row = kind_of(part).row(answer["value"])
        return (
            Cell((Paragraph(row.number),) if row.number else (texts.unanswered(),)),
            Cell((Paragraph(row.year),) if row.year else ()),
            Cell((Prose(row.source, answer["language"]),) if row.source else ()),
        )

    def _needs(self, needs: Sequence[NeedData]) -> Iterator[Block]:
        """The needs drawn from the answers (NE1)."""
        yield Heading(2, _("Needs"))
        if not needs:
            yield Unanswered(_("No needs have been named yet."))
            return
        columns = (
            Column(_("No."), 2),
            Column(_("Need"), 12),
            Column(_("What it is"), 8),
            Column(_("Where it lies"), 6),
            Column(_("What it calls for"), 6),
        )
        yield Table(_("Needs drawn from the answers"), columns, tuple(_need(need) for need in needs))


def _how_to_fill_in(part: PartData) -> str:
    if kind_of(part).is_tabular:
        return "table"
    return "choice" if part["options"] else "box"


def _need(need: NeedData) -> tuple[Cell, ...]:
    scope = _label_of(NeedScope, need["scope"])
    where = f"{scope}: {need['sector']}" if scope and need["sector"] else scope or need["sector"]
    return (
        Cell((Paragraph(str(need["number"])),), heads_row=True),
        Cell(_need_words(need)),
        *(_cell(text) for text in (_label_of(NeedKind, need["kind"]), where, _label_of(PolicyAnswer, need["policy"]))),
    )


def _need_words(need: NeedData) -> tuple[Block, ...]:
    """The need, and whom it reaches differently where somebody said so."""
    said: list[Block] = [Paragraph(need["title"], lang=need["language"])]
    if need["reach"]:
        said += [Paragraph(_("Whom it reaches differently"), "label"), Paragraph(need["reach"], lang=need["language"])]
    return tuple(said)


def _label_of(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def _cell(text: str) -> Cell:
    return Cell((Paragraph(text),)) if text else Cell()
