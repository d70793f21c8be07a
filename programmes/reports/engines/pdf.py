"""DocumentContent → HTML → tagged PDF/UA.

WeasyPrint writes the structure tree; what PDF/UA asks of tables and links beyond that is added to its objects before
they are written, so that the file is neither parsed nor written a second time.
"""

from itertools import chain

import pydyf
from django.template import engines
from django.utils import translation
from weasyprint import HTML, Document

from ..blocks import DocumentContent
from ..enums import Phase
from . import RenderedFile, Report, Unrenderable, nobody
from .assets import Fetcher, missing_fonts
from .overleaf import repeat_row_numbers

# The hints make a numbered list begin where its writer began it.
WRITE_OPTIONS = {"pdf_variant": "pdf/ua-1", "presentational_hints": True}


def html_of(content: DocumentContent) -> str:
    """The HTML that becomes the PDF; its assets need `Fetcher`."""
    template = engines["docs"].get_template("document.html")
    with translation.override(content.language):
        return template.render({"content": content})


def laid_out(html: str) -> Document:
    """WeasyPrint's document, before it is written."""
    if missing := missing_fonts():
        raise Unrenderable(f"{missing[0].name} is missing: run npm ci")
    document = HTML(string=html, url_fetcher=Fetcher()).render(**WRITE_OPTIONS)
    repeat_row_numbers(document)
    return document


def make(content: DocumentContent, report: Report = nobody) -> RenderedFile:
    """The PDF and its number of pages."""
    report(Phase.LAYOUT)
    document = laid_out(html_of(content))
    report(Phase.TAGGING)
    return RenderedFile(document.write_pdf(finisher=complete_tags, **WRITE_OPTIONS), len(document.pages))


def render(content: DocumentContent) -> bytes:
    return make(content).data


def complete_tags(document: Document, pdf: pydyf.PDF) -> None:
    """Give every header cell its scope, the structure tree its index of ids, every link its words."""
    ids = []
    for thing in pdf.objects:
        if not isinstance(thing, pydyf.Dictionary):
            continue
        if thing.get("S") == "/TH":
            thing["A"]["Scope"] = "/Column" if _is_in_head(thing, pdf) else "/Row"
            ids.append((thing["ID"], thing.reference))
        elif thing.get("Subtype") == "/Link" and "Contents" not in thing:
            thing["Contents"] = _words_of_link(thing)
    if ids:
        _index_ids(ids, pdf)


def _is_in_head(cell: pydyf.Dictionary, pdf: pydyf.PDF) -> bool:
    row = _parent(cell, pdf)
    return _parent(row, pdf)["S"] == "/THead"


def _parent(element: pydyf.Dictionary, pdf: pydyf.PDF) -> pydyf.Dictionary:
    return pdf.objects[int(element["P"].split()[0])]


def _words_of_link(annotation: pydyf.Dictionary) -> pydyf.String:
    action = annotation.get("A", {})
    return action["URI"] if "URI" in action else pydyf.String("")


def _index_ids(ids: list[tuple[pydyf.String, bytes]], pdf: pydyf.PDF) -> None:
    """/IDTree: a name tree of one leaf; its names must be in ascending order."""
    names = sorted(ids, key=lambda item: item[0].string)
    dictionaries = (thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary))
    root = next(thing for thing in dictionaries if thing.get("Type") == "/StructTreeRoot")
    leaf = pydyf.Dictionary(
        {
            "Names": pydyf.Array(chain.from_iterable(names)),
            "Limits": pydyf.Array([names[0][0], names[-1][0]]),
        }
    )
    pdf.add_object(leaf)
    root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
