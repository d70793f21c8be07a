"""How a DOCX looks: the word processor's own styles, so that whoever edits it finds them where they are expected.

Calibri and Georgia (or what stands in for them) are on practically every office computer; a font of ours would be
replaced by something unknown wherever it is not installed.
"""

from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

INK, MUTED = RGBColor(0x1D, 0x2B, 0x2F), RGBColor(0x56, 0x67, 0x6C)
PETROL, TERRACOTTA = RGBColor(0x0B, 0x5A, 0x66), RGBColor(0xB4, 0x47, 0x2E)
LINE = "D5CEC1"
SIDES = {"mentee": TERRACOTTA, "mentor": PETROL}
TEXT_FONT, HEADING_FONT = "Calibri", "Georgia"
HEADINGS = {"Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}


def prepare(document: Document, *, landscape: bool, close: bool = False) -> None:
    """`close`: smaller margins and less air, for forms that are filled in by hand."""
    _page(document, landscape, close)
    normal = document.styles["Normal"]
    _font(normal, TEXT_FONT, 10 if landscape else 10.5, INK)
    normal.paragraph_format.space_after = Pt(2 if close else 6)
    for name, size in HEADINGS.items():
        _heading(document.styles[name], size - (2 if close else 0), close)
    for name, colour, italic in (("Subtitle", MUTED, False), ("Caption", MUTED, False)):
        _font(document.styles[name], TEXT_FONT, 12 if name == "Subtitle" else 9, colour, italic=italic)
    _own(document, "Help", 9, MUTED)
    _own(document, "Label", None, INK, bold=True)
    _own(document, "Origin", 9, MUTED, italic=True)
    _own(document, "Unanswered", None, MUTED, italic=True)
    _gap(document)
    beside = document.styles.add_style("Beside", WD_STYLE_TYPE.CHARACTER)
    _font(beside, TEXT_FONT, 9, MUTED)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = PETROL, True


def _gap(document: Document) -> None:
    style = document.styles.add_style("Gap", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size, style.paragraph_format.space_after = Pt(4), Pt(0)


def _page(document: Document, landscape: bool, close: bool) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(1.5 if landscape else 1.8 if close else 2.2)
    section.top_margin = section.bottom_margin = Cm(1.5 if close else 2)
    section.header_distance = section.footer_distance = Cm(0.8 if close else 1.2)


def text_width(document: Document) -> int:
    """Width between the margins, in EMU."""
    section = document.sections[0]
    margins = (section.left_margin or 0) + (section.right_margin or 0)
    return (section.page_width or 0) - margins


def _heading(style: Any, size: float, close: bool) -> None:
    _font(style, HEADING_FONT, size, INK, bold=True)
    style.paragraph_format.keep_with_next = True
    style.paragraph_format.space_before, style.paragraph_format.space_after = (
        Pt(6 if close else 14),
        Pt(2 if close else 4),
    )
    if style.name == "Title":
        style.paragraph_format.space_before = Pt(6)
        for border in style.element.findall(f"{qn('w:pPr')}/{qn('w:pBdr')}"):
            border.getparent().remove(border)


def _own(document: Document, name: str, size: float | None, colour: RGBColor, **looks: bool) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _font(style, None, size, colour, **looks)
    style.paragraph_format.space_after = Pt(3)
    style.paragraph_format.keep_with_next = name in ("Help", "Label")


def _font(style: Any, name: str | None, size: float | None, colour: RGBColor, **looks: bool) -> None:
    style.font.color.rgb = colour
    if size:
        style.font.size = Pt(size)
    for look in ("bold", "italic"):
        setattr(style.font, look, looks.get(look, False))
    if name:
        _every_script(style, name)


def _every_script(style: Any, name: str) -> None:
    """The same font for Greek, Cyrillic and everything else, instead of the theme's."""
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), name)
