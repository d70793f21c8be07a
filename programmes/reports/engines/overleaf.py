"""The number of a row is written again where the row goes on overleaf.

No style sheet can say that: a header cell is laid out once, and the rest of its row has an empty one on the next page.
So the boxes are completed when the pages are laid out and before they are written.
"""

from collections.abc import Iterator

from weasyprint import Document
from weasyprint.formatting_structure.boxes import Box, TableCellBox, TableRowBox


def repeat_row_numbers(document: Document) -> None:
    """Give each continued row the header cell that it began with."""
    first_cells: dict[int, TableCellBox] = {}
    for page in document.pages:
        for row in _rows(page._page_box):
            if not row.children or row.children[0].element_tag != "th":
                continue
            cell = row.children[0]
            begun = first_cells.setdefault(id(row.element), cell)
            if not cell.children:
                cell.children = [_moved(child, begun, cell) for child in begun.children]


def _rows(box: Box) -> Iterator[TableRowBox]:
    if isinstance(box, TableRowBox):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _rows(child)


def _moved(child: Box, begun: TableCellBox, cell: TableCellBox) -> Box:
    copy = child.deepcopy()
    copy.translate(
        cell.content_box_x() - begun.content_box_x(),
        cell.content_box_y() - begun.content_box_y(),
    )
    return copy
