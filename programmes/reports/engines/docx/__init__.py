"""DocumentContent → editable DOCX: real headings, lists, tables and links, the language set on every text."""

from io import BytesIO

from django.utils import translation

from ...blocks import DocumentContent
from ...enums import Phase
from .. import RenderedFile, Report, nobody
from .writer import Writer


def make(content: DocumentContent, report: Report = nobody) -> RenderedFile:
    """The DOCX; it has no pages before somebody opens it."""
    report(Phase.LAYOUT)
    with translation.override(content.language):
        document = Writer(content).write()
    report(Phase.TAGGING)
    buffer = BytesIO()
    document.save(buffer)
    return RenderedFile(buffer.getvalue())


def render(content: DocumentContent) -> bytes:
    return make(content).data
