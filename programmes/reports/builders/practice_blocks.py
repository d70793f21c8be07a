"""A good practice (Annex 4) as blocks: blank, whole, or as an article in a booklet."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from programmes.common.countries import COUNTRIES
from programmes.common.fields import in_language
from programmes.practices.enums import PracticeKind
from programmes.practices.models import Practice
from programmes.practices.pages import pictures_still_there
from programmes.practices.points import Point, Section, sections
from programmes.practices.shapes import PointData, PracticeData

from ..blocks import Beside, Blank, Block, Cell, Choices, Fact, Heading, Lines, Note, Paragraph, Photograph, Prose
from . import texts

ASKING = 11
"""The section that names whom to ask."""
LINES_ALONE, LINES_BESIDE = 4, 6
"""What stands on three pages: a point that has its row for itself, and one beside another."""


def blank() -> Iterator[Block]:
    """The twelve sections to fill in by hand."""
    yield Paragraph(
        _("A policy, project, service or activity that worked in one place and could be taken up in another."), "lead"
    )
    yield Choices(tuple(str(label) for label in PracticeKind.labels))
    for section in sections():
        yield Heading(2, section.title, str(section.number))
        if section.boxes:
            yield from _to_fill_in(section)
        else:
            yield Lines(_lines_of(section.points[0]))


def _lines_of(point: Point) -> tuple[str, ...]:
    if point.key == "contact":
        return (_("Person"), _("Post"), _("E-mail"), _("Agreed to be named on"))
    if point.key == "place":
        return (_("City or area"), _("Country"))
    return (point.title,)


def _to_fill_in(section: Section) -> Iterator[Block]:
    alone = len(section.boxes) == 1
    lines = LINES_ALONE if alone else LINES_BESIDE
    yield Beside(tuple(Cell((*_over_the_box(point, alone=alone), Blank(lines))) for point in section.boxes))


def _over_the_box(point: Point, *, alone: bool) -> Iterator[Block]:
    if not alone:
        yield Paragraph(point.title, "label")
    if point.hint:
        yield Paragraph(point.hint, "help")


def facts(content: PracticeData) -> tuple[Fact, ...]:
    """What stands at the head."""
    named = [
        (_("City or area"), where(content)),
        (_("Kind"), str(PracticeKind(content["kind"]).label) if content["kind"] else ""),
        (_("Themes"), ", ".join(in_language(theme) for theme in content["themes"])),
        (_("Described by"), content["described_by"]),
    ]
    return tuple(Fact(label, value) for label, value in named if value)


def where(content: PracticeData) -> str:
    country = str(COUNTRIES.get(content["country"], ""))
    return f"{content['where']} ({country})" if country else content["where"]


def filled(content: PracticeData, practice: Practice, *, level: int = 2, as_article: bool = False) -> Iterator[Block]:
    """`practice` gives what may be taken back: its pictures, and the person to ask. As an article, what was not told is
    left out; else it is said."""
    if practice.team.enrolment.programme.is_demo:
        yield Note(example_words())
    if content["summary"]:
        yield Paragraph(content["summary"], "lead", content["language"])
    if content["link"]:
        yield Prose(f"{_('Described at')} {content['link']}")
    for picture in pictures_still_there(content, practice):
        yield Photograph(str(picture.file.name), picture.caption, content["language"])
    told = {point["key"]: point for point in content["points"]}
    for section in sections():
        if section.number == ASKING:
            yield from _contact(section, practice, level, as_article=as_article)
        elif told:
            yield from _section(section, told, level, as_article=as_article)
    if content["sources"]:
        yield Heading(level, _("Sources"))
        yield Prose(content["sources"], content["language"])


def example_words() -> str:
    """The same sentence as on the page."""
    return _(
        "Demonstration: apart from what the sources at the end tell, this is example text. No city or other body named"
        " here has written or approved it."
    )


def _section(section: Section, told: dict[str, PointData], level: int, *, as_article: bool) -> Iterator[Block]:
    if not section.boxes:
        return
    written = [point for point in section.boxes if point.key in told]
    if not written and as_article:
        return
    number = "" if as_article else str(section.number)
    yield Heading(level, section.title, number, "" if written else texts.unanswered().text)
    for point in written:
        if len(section.boxes) > 1:
            yield Heading(level + 1, point.title)
        yield Prose(told[point.key]["text"], told[point.key]["language"])
    left = [point.title for point in section.boxes if point not in written]
    if written and left and not as_article:
        yield texts.still_open(left)


def _contact(section: Section, practice: Practice, level: int, *, as_article: bool) -> Iterator[Block]:
    if practice.contact_is_named:
        yield Heading(level, section.title, "" if as_article else str(section.number))
        yield Paragraph(", ".join(filter(None, [practice.contact_name, practice.contact_post, practice.contact_email])))
