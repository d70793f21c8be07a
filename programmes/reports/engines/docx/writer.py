"""Walks through the blocks and writes each as what a word processor calls it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.files.storage import default_storage
from docx import Document
from docx.shared import Cm

from programmes.common import markup
from programmes.common.directions import direction_of, parsed
from programmes.common.languages import direction

from ... import blocks, fitting, wording
from ...blocks import DocumentContent
from . import styles, xml

TWIPS_PER_LINE = 300
HIGHEST_PHOTOGRAPH = Cm(9)
STYLE_OF_PARAGRAPH = {"help": "Help", "label": "Label", "": "Normal", "lead": "Normal"}


class Writer:
    """Writes one document; `place` arguments are the body or a table cell, whatever has `add_paragraph`."""

    def __init__(self, content: DocumentContent):
        self.content = content
        self.document = Document()
        self.writers: dict[type, Callable[[Any, Any], None]] = {
            blocks.Prose: self._prose,
            blocks.Paragraph: self._paragraph,
            blocks.Unanswered: self._unanswered,
            blocks.Heading: self._heading,
            blocks.ListBlock: self._list,
            blocks.Note: self._note,
            blocks.Blank: self._blank,
            blocks.Lines: self._lines,
            blocks.Beside: self._beside,
            blocks.Choices: self._choices,
            blocks.Table: self._table,
            blocks.Photograph: self._photograph,
        }

    def write(self) -> Any:
        styles.prepare(self.document, landscape=self.content.landscape, close=self.content.is_blank)
        self._properties()
        self._opening()
        self._running()
        self._blocks(self.document, self.content.blocks)
        return self.document

    def _blocks(self, place: Any, these: Sequence[blocks.Block]) -> None:
        for block in these:
            self.writers[type(block)](place, block)

    # The document as a whole

    def _properties(self) -> None:
        core = self.document.core_properties
        core.title, core.language, core.author = self.content.title, self.content.language, self.content.programme
        core.subject, core.comments = self.content.subtitle, ""
        xml.set_default_language(self.document, self.content.language)

    def _opening(self) -> None:
        head = self.document.add_paragraph(self.content.programme, style="Label")
        for picture in (self.content.logo, self.content.emblem):
            if picture:
                self._picture(head, picture)
        self.document.add_paragraph(self.content.title, style="Title")
        if self.content.subtitle:
            self.document.add_paragraph(self.content.subtitle, style="Subtitle")
        if sides := wording.sides(self.content):
            line = self.document.add_paragraph()
            for side, mark, role, city in sides:
                line.add_run(f"{mark} {role}: ").font.color.rgb = styles.SIDES[side]
                line.add_run(f"{city}     ").bold = True
        if self.content.state or self.content.facts:
            line = self.document.add_paragraph()
            line.add_run(self.content.state).bold = True
            for fact in self.content.facts:
                line.add_run(f"     {fact.label}: ").font.color.rgb = styles.MUTED
                line.add_run(fact.value)
        self._funding()

    def _funding(self) -> None:
        if self.content.funding_line:
            xml.rule_above(self.document.add_paragraph(self.content.funding_line, style="Label"), styles.LINE)
        if self.content.disclaimer:
            self.document.add_paragraph(self.content.disclaimer, style="Help")

    @staticmethod
    def _picture(paragraph: Any, picture: blocks.Picture) -> None:
        paragraph.add_run("   ")
        with default_storage.open(picture.name) as file:
            drawn = paragraph.add_run().add_picture(file, height=Cm(1.3))
        drawn._inline.docPr.set("descr", picture.alt)

    def _running(self) -> None:
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        pair = " — ".join(f"{mark} {city}" for _side, mark, _role, city in wording.sides(self.content))
        head = section.header.paragraphs[0]
        head.style = self.document.styles["Help"]
        head.add_run("   ".join(part for part in (self.content.title, pair) if part))
        for footer in (section.footer, section.first_page_footer):
            self._footer(footer.paragraphs[0])

    def _footer(self, line: Any) -> None:
        line.style = self.document.styles["Help"]
        before, between, after = wording.page_of_pages()
        line.add_run(f"{wording.imprint(self.content)} · {before}")
        xml.add_field(line, "PAGE")
        line.add_run(between)
        xml.add_field(line, "NUMPAGES")
        line.add_run(after)

    # Blocks

    def _heading(self, place: Any, block: blocks.Heading) -> None:
        text = f"{block.number} {block.text}" if block.number else block.text
        paragraph = place.add_paragraph(text, style=f"Heading {block.level - 1}")
        if block.beside:
            paragraph.add_run(f"  {block.beside}", style="Beside")

    def _paragraph(self, place: Any, block: blocks.Paragraph) -> None:
        paragraph = place.add_paragraph(style=STYLE_OF_PARAGRAPH[block.style])
        self._turn(paragraph, direction_of(block.text, self._around(block.lang)))
        self._run(paragraph, markup.Run(block.text), block.lang)

    def _unanswered(self, place: Any, block: blocks.Unanswered) -> None:
        place.add_paragraph(block.text, style="Unanswered")

    def _note(self, place: Any, block: blocks.Note) -> None:
        place.add_paragraph(block.text, style="Intense Quote")

    def _list(self, place: Any, block: blocks.ListBlock) -> None:
        """Marks, and an item alone, are lines without a bullet."""
        style = "Help" if block.style else "Normal" if len(block.items) == 1 else "List Paragraph"
        numbering = xml.new_numbering(self.document, ordered=False) if style == "List Paragraph" else None
        for item in block.items:
            paragraph = place.add_paragraph(style=style)
            if numbering is not None:
                xml.put_in_list(paragraph, numbering, 0)
            self._turn(paragraph, direction_of(item, self._around(block.lang)))
            self._run(paragraph, markup.Run(item), block.lang)

    def _photograph(self, place: Any, block: blocks.Photograph) -> None:
        """As wide as the text, lower than half a page, with its caption below."""
        with default_storage.open(block.name) as file:
            drawn = place.add_paragraph().add_run().add_picture(file)
        scale = min(styles.text_width(self.document) / drawn.width, HIGHEST_PHOTOGRAPH / drawn.height, 1)
        drawn.width, drawn.height = int(drawn.width * scale), int(drawn.height * scale)
        drawn._inline.docPr.set("descr", block.alt)
        caption = place.add_paragraph(style="Help")
        self._run(caption, markup.Run(block.caption), block.lang)

    def _choices(self, place: Any, block: blocks.Choices) -> None:
        options = (f"{'☑' if option in block.chosen else '☐'}\N{NO-BREAK SPACE}{option}" for option in block.options)
        place.add_paragraph("     ".join(options))

    def _blank(self, place: Any, block: blocks.Blank) -> None:
        """Room to type in: its row is as high as the lines are, see `_room`."""
        place.add_paragraph()

    def _lines(self, place: Any, block: blocks.Lines) -> None:
        table = self.document.add_table(rows=-(-len(block.labels) // 2), cols=2)
        xml.set_borders(table, colour=styles.LINE, outside=False)
        cells = [cell for row in table.rows for cell in row.cells]
        for cell, label in zip(cells, block.labels, strict=False):
            cell.paragraphs[0].add_run(f"{label}: ").font.color.rgb = styles.MUTED
        for row in table.rows:
            xml.set_minimal_height(row, TWIPS_PER_LINE)
        self._gap()

    def _beside(self, place: Any, block: blocks.Beside) -> None:
        """A box with its label in it, or two beside each other."""
        for cells in block.rows:
            table = self.document.add_table(rows=1, cols=len(cells))
            xml.set_borders(table, colour=styles.LINE, between_columns=True)
            for target, cell in zip(table.rows[0].cells, cells, strict=True):
                self._fill(target, cell.blocks)
            xml.keep_whole(table.rows[0])
            xml.set_minimal_height(table.rows[0], max(_room(cell) for cell in cells))
            self._gap()

    def _gap(self) -> None:
        """Two tables with nothing between them would become one."""
        self.document.add_paragraph(style="Gap")

    def _prose(self, place: Any, block: blocks.Prose) -> None:
        around = self._around(block.lang)
        self._markup(place, parsed(block.markup, around), block.lang, around)
        if block.note:
            place.add_paragraph(block.note, style="Origin")

    def _around(self, lang: str) -> str:
        return direction(lang or self.content.language)

    def _markup(self, place: Any, these: Iterable[markup.Block], lang: str, around: str) -> None:
        for block in these:
            own = block.direction or around
            if isinstance(block, markup.List):
                self._markup_list(place, block, lang, own, level=0)
            else:
                paragraph = place.add_paragraph()
                self._turn(paragraph, own)
                self._runs(paragraph, block.runs, lang)

    def _markup_list(self, place: Any, block: markup.List, lang: str, around: str, level: int) -> None:
        numbering = xml.new_numbering(self.document, ordered=block.ordered, start=block.start if level == 0 else 1)
        for item in block.items:
            marked = False
            for part in item:
                own = part.direction or around
                if isinstance(part, markup.List):
                    self._markup_list(place, part, lang, own, level + 1)
                    continue
                paragraph = place.add_paragraph(style="List Paragraph")
                xml.indent_like_list(paragraph, level) if marked else xml.put_in_list(paragraph, numbering, level)
                marked = True
                self._turn(paragraph, own)
                self._runs(paragraph, part.runs, lang)

    @staticmethod
    def _turn(paragraph: Any, own: str) -> None:
        if own == "rtl":
            xml.turn_round(paragraph)

    def _runs(self, paragraph: Any, runs: Sequence[markup.Run], lang: str) -> None:
        for run in runs:
            self._run(paragraph, run, lang)

    def _run(self, paragraph: Any, piece: markup.Run, lang: str) -> None:
        run = xml.add_link(paragraph, piece.href) if piece.href else paragraph.add_run()
        if piece.href:
            run.style = self.document.styles["Hyperlink"]
        run.text = piece.text
        run.bold, run.italic = piece.bold or None, piece.italic or None
        xml.set_language(run, lang or self.content.language, direction_of(piece.text, self._around(lang)))

    # Tables

    def _table(self, place: Any, block: blocks.Table) -> None:
        place.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
        table = self.document.add_table(rows=1, cols=len(block.columns))
        table.autofit = False
        xml.set_borders(table, colour=styles.LINE)
        xml.set_caption(table, block.caption)
        xml.repeat_header(table.rows[0])
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            self._fill(cell, _head_of(column))
            xml.shade(cell, "F7F5F1")
        for row in block.rows:
            added = table.add_row()
            xml.keep_whole(added)
            for target, cell in zip(added.cells, row, strict=True):
                self._fill(target, cell.blocks)
            if room := max(_room(cell) for cell in row):
                xml.set_minimal_height(added, room)
        self._set_widths(table, block)
        self._gap()

    def _fill(self, target: Any, these: Sequence[blocks.Block]) -> None:
        """A new cell has an empty paragraph, which goes as soon as there is another."""
        self._blocks(target, these)
        if len(target.paragraphs) > 1:
            target._tc.remove(target.paragraphs[0]._p)

    def _set_widths(self, table: Any, block: blocks.Table) -> None:
        whole = styles.text_width(self.document)
        for place, share in enumerate(fitting.widths(block, wide=self.content.landscape)):
            width = int(whole * float(share) / 100)
            table.columns[place].width = width
            for cell in table.columns[place].cells:
                cell.width = width


def _room(cell: blocks.Cell) -> int:
    """Twips that an empty box takes with what stands over it; none where there is nothing to fill in."""
    lines = sum(block.lines for block in cell.blocks if isinstance(block, blocks.Blank))
    return TWIPS_PER_LINE * (lines + len(cell.blocks) - 1) if lines else 0


def _head_of(column: blocks.Column) -> list[blocks.Block]:
    title: list[blocks.Block] = [blocks.Paragraph(column.title, "label")]
    return [*title, blocks.Paragraph(column.help, "help")] if column.help else title
