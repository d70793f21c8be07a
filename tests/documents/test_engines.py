"""Both engines on real files: tagged, complete, in every script; nothing but our own assets is opened."""

import io
import json
import re
import subprocess
import zipfile
from itertools import chain

import docx
import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from docx.oxml.ns import qn
from PIL import Image
from weasyprint.formatting_structure import boxes

from programmes.reports import blocks, fitting
from programmes.reports.engines import Unrenderable, assets, pdf
from programmes.reports.engines import docx as docx_engine

from . import samples

SENTENCES = (samples.LATVIAN, samples.GREEK, samples.CYRILLIC)


BETWEEN_MARGINS = ("-x", "0", "-y", "60", "-W", "595", "-H", "716")
"""What pdftotext reads of an upright page without its running head and foot, in points."""


def text_of_pdf(data: bytes, *crop: str) -> str:
    """The words in reading order, without line ends and soft hyphenation."""
    command = ["pdftotext", "-enc", "UTF-8", "-nopgbrk", *crop, "-", "-"]
    run = subprocess.run(command, input=data, capture_output=True, check=True)
    text = re.sub(r"[-\u2010\u00ad]\n", "", run.stdout.decode())
    return re.sub(r"\s+", " ", text)


def elements(pdf_file: pikepdf.Pdf, tag: str) -> list[pikepdf.Object]:
    return [
        thing
        for thing in pdf_file.objects
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/StructElem" and thing.get("/S") == tag
    ]


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    return pdf.render(samples.questionnaire())


@pytest.fixture(scope="module")
def plan_pdf() -> bytes:
    return pdf.render(samples.plan(rows=12, length=5000))


@pytest.mark.parametrize("content", [samples.questionnaire(), samples.plan(), samples.blank(), samples.many_scripts()])
def test_content_survives_json(content):
    assert blocks.from_data(json.loads(json.dumps(blocks.to_data(content)))) == content


def test_fingerprint_follows_content_and_parts():
    content = samples.questionnaire(length=100)
    assert blocks.fingerprint(content, 1, "pdf") == blocks.fingerprint(samples.questionnaire(length=100), 1, "pdf")
    prints = {
        blocks.fingerprint(content, 1, "pdf"),
        blocks.fingerprint(content, 2, "pdf"),
        blocks.fingerprint(content, 1, "docx"),
        blocks.fingerprint(samples.questionnaire("es", 100), 1, "pdf"),
    }
    assert len(prints) == 4


@pytest.mark.parametrize(
    ("content", "language"), [(samples.questionnaire("es", 300), "es"), (samples.plan(rows=3), "en")]
)
def test_pdf_is_tagged_titled_and_in_its_language(content, language):
    with pikepdf.open(io.BytesIO(pdf.render(content))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == language
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.docinfo["/Title"] == content.title
        assert b"pdfuaid" in file.Root.Metadata.read_bytes()
        assert elements(file, "/H1")


def test_header_cells_have_scope_and_are_indexed(plan_pdf):
    with pikepdf.open(io.BytesIO(plan_pdf)) as file:
        scopes = {str(cell.A.Scope) for cell in elements(file, "/TH")}
        leaf = file.Root.StructTreeRoot.IDTree.Kids[0]
        names = [bytes(name) for name in list(leaf.Names)[::2]]
        assert scopes == {"/Column", "/Row"}
        assert names == sorted(names)
        assert len(names) == len(elements(file, "/TH"))


def test_links_are_real_and_have_words(long_pdf):
    with pikepdf.open(io.BytesIO(long_pdf)) as file:
        links = [note for page in file.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        assert links
        assert {str(link.A.URI) for link in links} == {"https://example.org/strategy"}
        assert all(str(link.Contents) for link in links)


def test_pdf_is_complete_in_every_script(long_pdf):
    flow = text_of_pdf(long_pdf, *BETWEEN_MARGINS).replace(" ", "")
    for sentence, mark in zip(SENTENCES, ("LV", "EL", "UK"), strict=True):
        expected = samples.long_text(sentence, "").count(sentence.strip())
        assert flow.count(sentence.strip().replace(" ", "")) == expected
        assert f"{samples.END}{mark}" in flow
    text = text_of_pdf(long_pdf)
    assert "No answer yet" in text
    assert "○ Jelgava — ● Schaerbeek" in text
    assert text.count("Co-funded by") >= 5


def test_a_row_longer_than_a_page_goes_on_overleaf(plan_pdf):
    text = text_of_pdf(plan_pdf)
    assert f"{samples.END}CELL" in text
    assert "step 12" in text
    with pikepdf.open(io.BytesIO(plan_pdf)) as file:
        assert text.count("Expected results") == len(file.pages)
        assert f"Page {len(file.pages)} of {len(file.pages)}" in text


def test_the_number_of_a_row_comes_again_overleaf(plan_pdf):
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=plan_pdf, capture_output=True, check=True)
    pages = run.stdout.decode().split("\f")
    assert sum(bool(re.search(r"^\s*2\s", page, re.MULTILINE)) for page in pages) >= 4
    assert not any(re.search(r"^\s*3\s", page, re.MULTILINE) for page in pages[:3])


def test_a_plan_fits_two_actions_and_more_a_page():
    assert pdf.make(samples.plan(rows=12)).pages <= 3


OURS = ("Source-S", "SourceS", "Noto-Sans-Arabic", "Noto-Emoji")


@pytest.mark.parametrize("content", [samples.questionnaire(length=300), samples.many_scripts()])
def test_fonts_are_ours_and_embedded(content):
    run = subprocess.run(["pdffonts", "-"], input=pdf.render(content), capture_output=True, check=True)
    lines = run.stdout.decode().splitlines()[2:]
    assert lines
    assert all(any(name in line for name in OURS) for line in lines)
    assert all(re.search(r"\byes +yes +yes\b", line) for line in lines)


def test_addresses_are_broken_without_a_hyphen():
    text = text_of_pdf(pdf.render(samples.many_scripts())).replace(" ", "")
    assert samples.ADDRESS in text
    html = pdf.html_of(samples.many_scripts())
    assert f'<span class="address">{samples.MAIL}</span>' in html
    assert '<span class="address">www.integration' in html


def test_lines_run_their_own_way():
    html = pdf.html_of(samples.many_scripts())
    assert f'<p>An English answer.</p><p dir="rtl">{samples.ARABIC}</p><p>And on.</p>' in html
    assert f'<li dir="rtl">{samples.ARABIC}</li><li>English</li>' in html
    assert f'<div class="prose" lang="ar" dir="rtl"><p>{samples.ARABIC}</p><ul><li><strong>' in html


def lone_headings(document) -> list[str]:
    """What stands last on its page although it belongs to what follows."""
    lines = [[box for box in _lines(page._page_box) if box.element_tag != "html"] for page in document.pages]
    return [found[-1].element_tag for found in lines[:-1] if found and _is_heading(found[-1])]


def _lines(box):
    """Blocks that hold lines, as they stand on the page, margins aside."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.MarginBox):
            continue
        if isinstance(child, boxes.BlockBox) and any(isinstance(one, boxes.LineBox) for one in child.children):
            yield child
        else:
            yield from _lines(child)


def _is_heading(box) -> bool:
    return box.element_tag in ("h2", "h3", "h4", "th", "caption") or box.element.get("class") in ("label", "note")


@pytest.mark.parametrize("lines", [25, 30, 33, 36, 37, 38, 39, 40])
def test_no_heading_is_left_alone(lines):
    """A few lines more or less put the end of the page at every place of what follows."""
    filler = tuple(blocks.Paragraph("Text") for _line in range(lines))
    section = (
        blocks.Heading(2, "Section", beside="Answered by Jelgava"),
        blocks.Note("Version 1"),
        blocks.Heading(3, "Question", "1"),
        blocks.Paragraph("a) Part", "label"),
        blocks.Prose("An answer of one line"),
        *samples.narrow_columns().blocks,
    )
    content = blocks.DocumentContent(kind="s", title="T", language="en", dated=None, blocks=(*filler, *section))
    assert lone_headings(pdf.laid_out(pdf.html_of(content))) == []


def test_foreign_texts_carry_their_language():
    html = pdf.html_of(samples.questionnaire(length=50))
    assert '<div class="prose" lang="lv" dir="ltr">' in html
    assert '<html lang="en">' in html


def test_markup_of_people_stays_text():
    content = blocks.DocumentContent(
        kind="sample",
        title="<script>alert(1)</script>",
        language="en",
        dated=None,
        blocks=(blocks.Prose('<img src="file:///etc/passwd"> <style>p{}</style>'),),
    )
    html = pdf.html_of(content)
    assert "<script>" not in html
    assert "<img" not in html
    assert "file:///etc/passwd" in text_of_pdf(pdf.render(content))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "http://127.0.0.1:1/",
        "https://example.org/picture.png",
        "ftp://127.0.0.1/x",
        "/etc/passwd",
        "asset:styles/../manage.py",
        "asset:fonts/../../manage.py",
        "asset:media/../../etc/passwd",
        "asset:styles//etc/passwd",
        "asset:elsewhere/x",
    ],
)
def test_fetcher_opens_nothing_else(url):
    with pytest.raises((ValueError, OSError)):
        assets.Fetcher().fetch(url)


def test_fetcher_opens_data_and_our_own():
    assert assets.Fetcher().fetch("data:text/plain,hello").read() == b"hello"
    assert b"@font-face" in assets.Fetcher().fetch("asset:styles/print.css").read()


def test_missing_fonts_are_an_error_instead_of_a_dead_process(monkeypatch, settings, tmp_path):
    settings.NODE_MODULES = tmp_path
    with pytest.raises(Unrenderable, match="npm ci"):
        pdf.render(samples.blank())


def test_emblem_has_words():
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(buffer, "PNG")
    name = default_storage.save("tests/emblem.png", ContentFile(buffer.getvalue()))
    content = blocks.DocumentContent(
        kind="sample", title="With emblem", language="en", dated=None, emblem=blocks.Picture(name, "Flag of the funder")
    )
    with pikepdf.open(io.BytesIO(pdf.render(content))) as file:
        assert [str(figure.Alt) for figure in elements(file, "/Figure")] == ["Flag of the funder"]
    with zipfile.ZipFile(io.BytesIO(docx_engine.render(content))) as archive:
        assert 'descr="Flag of the funder"' in archive.read("word/document.xml").decode()


@pytest.fixture(scope="module")
def long_docx() -> docx.document.Document:
    return docx.Document(io.BytesIO(docx_engine.render(samples.questionnaire())))


def test_docx_has_headings_lists_and_properties(long_docx):
    headings = [(p.style.name, p.text) for p in long_docx.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert ("Title", "Needs analysis of Jelgava") in headings
    assert ("Heading 1", "The challenge") in headings
    assert ("Heading 2", "1 Which challenge do you want to work on?") in headings
    numbered = [p for p in long_docx.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None]
    assert {p._p.pPr.numPr.ilvl.val for p in numbered} == {0, 1}
    assert long_docx.core_properties.title == "Needs analysis of Jelgava"
    assert long_docx.core_properties.language == "en"


def test_docx_is_complete_in_every_script(long_docx):
    text = "\n".join(paragraph.text for paragraph in long_docx.paragraphs)
    for sentence, mark in zip(SENTENCES, ("LV", "EL", "UK"), strict=True):
        assert text.count(sentence.strip()) == samples.long_text(sentence, "").count(sentence.strip())
        assert f"{samples.END}{mark}" in text
    assert "No answer yet" in text


def test_docx_texts_carry_their_language_and_links_are_real(long_docx):
    codes = {node.get(qn("w:val")) for node in long_docx.element.body.iter(qn("w:lang"))}
    assert {"lv", "el", "uk"} <= codes
    default = long_docx.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert default.get(qn("w:val")) == "en"
    links = list(long_docx.element.body.iter(qn("w:hyperlink")))
    targets = {long_docx.part.rels[link.get(qn("r:id"))].target_ref for link in links}
    assert targets == {"https://example.org/strategy"}


def test_docx_lines_run_their_own_way():
    document = docx.Document(io.BytesIO(docx_engine.render(samples.many_scripts())))
    turned = {p.text: p._p.pPr is not None and p._p.pPr.find(qn("w:bidi")) is not None for p in document.paragraphs}
    assert turned[samples.ARABIC]
    assert not turned["An English answer."]
    assert not turned["English"]
    run = next(run for p in document.paragraphs if p.text == samples.ARABIC for run in p.runs)
    assert run.font.rtl


def test_docx_lists_in_lists_have_marks_of_their_own():
    document = docx.Document(io.BytesIO(docx_engine.render(samples.many_scripts())))
    marks = {node.get(qn("w:val")) for node in document.part.numbering_part.element.iter(qn("w:lvlText"))}
    assert {"•", "◦", "▪"} <= marks


def test_columns_are_as_wide_as_their_longest_word():
    (table,) = samples.narrow_columns().blocks
    parts = [float(width) for width in fitting.widths(table, wide=True)]
    letters = [part * fitting.LETTERS_WIDE / 100 for part in parts]
    longest = (4, 16, 31, 4, 23, 9, 7)
    assert sum(parts) == pytest.approx(100, abs=0.1)
    assert all(room + 0.1 >= word + fitting.PADDING for room, word in zip(letters, longest, strict=True))
    document = docx.Document(io.BytesIO(docx_engine.render(samples.narrow_columns())))
    (drawn,) = document.tables
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in drawn.rows[1:])
    assert [drawn.columns[place].width for place in (0, 2)] == [drawn.rows[1].cells[place].width for place in (0, 2)]


def test_docx_numbers_begin_where_they_were_typed(long_docx):
    starts = {node.get(qn("w:val")) for node in long_docx.part.numbering_part.element.iter(qn("w:start"))}
    assert "3" in starts


def test_docx_table_repeats_its_header():
    document = docx.Document(io.BytesIO(docx_engine.render(samples.plan(rows=3))))
    (table,) = document.tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 4
    assert "Expected results" in table.cell(0, 2).text
    assert document.sections[0].page_width > document.sections[0].page_height


def test_docx_xml_follows_the_order_of_its_schema():
    """Word refuses files in which properties stand in the wrong order; the library reads them all the same."""
    contents = (samples.plan(rows=2, length=300), samples.many_scripts(), samples.blank())
    documents = [docx.Document(io.BytesIO(docx_engine.render(content))) for content in contents]
    orders = {
        "w:rPr": ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "color", "sz", "u", "rtl", "cs", "lang"),
        "w:tcPr": ("tcW", "gridSpan", "vMerge", "tcBorders", "shd"),
        "w:tblPr": ("tblStyle", "tblW", "jc", "tblBorders", "tblLayout", "tblLook", "tblCaption"),
        "w:pPr": ("pStyle", "keepNext", "numPr", "pBdr", "bidi", "spacing", "ind", "jc", "rPr"),
    }
    for name, order in orders.items():
        for node in chain.from_iterable(document.element.body.iter(qn(name)) for document in documents):
            found = [child.tag.split("}")[1] for child in node]
            assert found == sorted(found, key=order.index), name
