"""Pieces of WordprocessingML that python-docx has no words for."""

from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from programmes.common.languages import direction

BULLETS = "•◦▪"
EDGES = ("top", "left", "bottom", "right")


def element(name: str, **attributes: Any) -> Any:
    """`element("w:shd", fill="EEEEEE")`: an element with attributes of the same namespace."""
    node = OxmlElement(name)
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), str(value))
    return node


def set_language(run: Run, code: str, way: str) -> None:
    """The proofing language of a run, so that a text is neither marked as wrong nor read aloud in the wrong voice; and
    the way it is written, which need not be that of its language."""
    properties = run._r.get_or_add_rPr()
    if way == "rtl":
        run.font.rtl, run.font.cs_bold, run.font.cs_italic = True, run.bold, run.italic
    properties.append(element("w:lang", **{"bidi" if direction(code) == "rtl" else "val": code}))


def turn_round(paragraph: Paragraph) -> None:
    """The paragraph begins at the right."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(element("w:bidi"), "w:spacing", "w:ind", "w:jc", "w:rPr")


def set_default_language(document: Document, code: str) -> None:
    """The language of every text that says nothing else."""
    styles = document.styles.element
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("w:lang", val=code, eastAsia=code, bidi=code))


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field that the word processor fills in, such as PAGE."""
    field = element("w:fldSimple", instr=instruction)
    field.append(OxmlElement("w:r"))
    field[0].append(OxmlElement("w:t"))
    field[0][0].text = "1"
    paragraph._p.append(field)


def add_link(paragraph: Paragraph, url: str) -> Run:
    """A run inside a real hyperlink."""
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    link.append(OxmlElement("w:r"))
    paragraph._p.append(link)
    return Run(link[0], paragraph)


def repeat_header(row: _Row) -> None:
    """The row comes again on every page, and is known as the header of the table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def set_borders(table: Table, *, colour: str, outside: bool = True, between_columns: bool = False) -> None:
    """Thin lines between the rows and, as asked, all around and between the columns."""
    edges = [*(EDGES if outside else ("bottom",)), "insideH", *(("insideV",) if between_columns else ())]
    borders = OxmlElement("w:tblBorders")
    for edge in edges:
        borders.append(element(f"w:{edge}", val="single", sz=4, space=0, color=colour))
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")


def keep_whole(row: _Row) -> None:
    """The row goes to the next page as a whole, with its number, unless it is longer than a page."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def set_minimal_height(row: _Row, twips: int) -> None:
    row._tr.get_or_add_trPr().append(element("w:trHeight", val=twips, hRule="atLeast"))


def set_caption(table: Table, text: str) -> None:
    """The table's alternative text, read by screen readers."""
    table._tbl.tblPr.append(element("w:tblCaption", val=text))


def shade(cell: _Cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=colour))


def rule_above(style_or_paragraph: BaseStyle | Paragraph, colour: str) -> None:
    """A thin line over a paragraph."""
    node = style_or_paragraph._p if isinstance(style_or_paragraph, Paragraph) else style_or_paragraph.element
    borders = OxmlElement("w:pBdr")
    borders.append(element("w:top", val="single", sz=6, space=4, color=colour))
    properties = node.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def new_numbering(document: Document, *, ordered: bool, start: int = 1) -> int:
    """A list of its own in numbering.xml, nine levels deep; without one, numbers would run on from list to list."""
    numbering = document.part.numbering_part.element
    abstract_id = 1 + max(
        (int(n.get(qn("w:abstractNumId"))) for n in numbering.findall(qn("w:abstractNum"))), default=0
    )
    abstract = element("w:abstractNum", abstractNumId=abstract_id)
    abstract.append(element("w:multiLevelType", val="hybridMultilevel"))
    for level in range(9):
        abstract.append(_list_level(level, ordered=ordered, start=start if level == 0 else 1))
    first_num = numbering.find(qn("w:num"))
    first_num.addprevious(abstract) if first_num is not None else numbering.append(abstract)
    return numbering.add_num(abstract_id).numId


def _list_level(level: int, *, ordered: bool, start: int) -> Any:
    node = element("w:lvl", ilvl=level)
    node.append(element("w:start", val=start))
    node.append(element("w:numFmt", val="decimal" if ordered else "bullet"))
    node.append(element("w:lvlText", val=f"%{level + 1}." if ordered else BULLETS[level % len(BULLETS)]))
    node.append(element("w:lvlJc", val="left"))
    properties = OxmlElement("w:pPr")
    properties.append(element("w:ind", left=360 * (level + 1), hanging=280))
    node.append(properties)
    return node


def put_in_list(paragraph: Paragraph, numbering_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = min(level, 8)
    properties.get_or_add_numId().val = numbering_id


def indent_like_list(paragraph: Paragraph, level: int) -> None:
    """A further paragraph of a list item stands under its first."""
    paragraph._p.get_or_add_pPr().append(element("w:ind", left=360 * (min(level, 8) + 1)))
