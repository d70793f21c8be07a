"""Rows of a table that somebody pasted or sent as a file: CSV, text with tabs, or XLSX. Nothing here judges a cell."""

import csv
import warnings
import zipfile
import zlib
from io import BytesIO, StringIO

from django.utils.translation import gettext_lazy as _

from programmes.common.errors import Refusal
from programmes.common.text import clean

LARGEST_FILE = 1024 * 1024
LARGEST_UNPACKED = 16 * 1024 * 1024
"""Bytes of all parts of an XLSX together: a list of 500 rows unpacks to less than one."""

MOST_PARTS = 200
MOST_COLUMNS = 40
LONGEST_CELL = 1000
DELIMITERS = "\t;,"

Rows = list[list[str]]

DAMAGED: tuple[type[Exception], ...] = (
    *(LookupError, ValueError, TypeError, AttributeError, SyntaxError, OSError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error),
)
"""What reading a damaged workbook raises: the library has no error of its own for it."""


class UnreadableTable(Refusal):
    message = _("This file cannot be read as a table. Please save it as XLSX or CSV, or paste its cells.")


class LargeTable(Refusal):
    message = _("This file is larger than 1 MB. Please leave out what is not part of the list.")


class LongTable(Refusal):
    def __init__(self, most: int) -> None:
        super().__init__(_("This list has more than %(most)s rows. Please divide it.") % {"most": most})


def rows_of_file(data: bytes, most: int) -> Rows:
    """Of an XLSX's first sheet or of a CSV, heading included. Raises LargeTable, LongTable, UnreadableTable."""
    if len(data) > LARGEST_FILE:
        raise LargeTable
    return _of_workbook(data, most) if data.startswith(b"PK") else rows_of_text(_decoded(data), most)


def rows_of_text(text: str, most: int) -> Rows:
    """Of text with tabs, semicolons or commas, whichever its first line has. Raises LongTable, UnreadableTable."""
    lines = clean(text).strip("\n")
    first = lines.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        return _tidy(csv.reader(StringIO(lines, newline=""), delimiter=delimiter), most)
    except csv.Error as error:
        raise UnreadableTable from error


def as_text(rows: Rows) -> str:
    """The same rows with tabs, as a spreadsheet copies them: no cell of ours holds a tab or a line break."""
    out = StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


def _decoded(data: bytes) -> str:
    """UTF-8 or UTF-16 where the file says so by its mark, else what a western Windows writes."""
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    for encoding in (marked.get(data[:2], "utf-8-sig"), "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable


def _tidy(rows, most: int) -> Rows:
    """Without empty rows, each cell in one line."""
    found: Rows = []
    for row in rows:
        cells = [" ".join(clean(str(cell)).split())[:LONGEST_CELL] for cell in list(row)[:MOST_COLUMNS]]
        if any(cells):
            found.append(cells)
        if len(found) > most + 1:
            raise LongTable(most)
    return found


def _of_workbook(data: bytes, most: int) -> Rows:
    from openpyxl import load_workbook  # half a second to import, for one page

    _refuse_bombs(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that we do not read
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            cells = sheet.iter_rows(max_row=4 * most, max_col=MOST_COLUMNS, values_only=True)
            return _tidy((["" if cell is None else cell for cell in row] for row in cells), most)
    except Refusal:
        raise
    except DAMAGED as error:
        raise UnreadableTable from error


def _refuse_bombs(data: bytes) -> None:
    """What an archive says of its parts holds: none unpacks to more. An XLSX declares no entities."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise LargeTable
            if any(b"<!DOCTYPE" in archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
                raise UnreadableTable
    except DAMAGED as error:
        raise UnreadableTable from error
