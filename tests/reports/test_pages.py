"""The pages of documents: mine, asking, progress, the file; for whom."""

from functools import partial

import pytest
from django.core.files.storage import default_storage
from django.template import RequestContext, Template
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.models import AuditEvent
from programmes.common.access import Access
from programmes.reports import rendering, services
from programmes.reports.enums import Reason, State
from programmes.reports.models import Document
from programmes.reports.registry import DocumentOptions


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(services, "queue", lambda pk: None)


@pytest.fixture
def document(reader) -> Document:
    return services.request_document(
        kind="sample", subject_id=reader.pk, file_format="pdf", options=DocumentOptions("en"), access=Access(reader)
    )


def posted(reader, **changes) -> dict[str, object]:
    return {"kind": "sample", "subject_id": reader.pk, "language": "en", "format": "pdf", "texts": "original"} | changes


def test_asking_leads_to_the_page_of_the_document(client, reader):
    client.force_login(reader)
    reply = client.post(reverse("reports:ask"), posted(reader))
    document = Document.objects.get()
    assert reply.url == reverse("reports:document", args=[document.pk])
    page = client.get(reply.url).content.decode()
    assert "Waiting for its turn" in page
    assert document.title in page


def test_htmx_gets_the_row_and_asks_until_it_is_ready(client, reader):
    client.force_login(reader)
    row = client.post(reverse("reports:ask"), posted(reader), headers={"HX-Request": "true"}).content.decode()
    document = Document.objects.get()
    assert 'hx-trigger="every 2s"' in row
    assert "<html" not in row
    rendering.run(document.pk)
    address = reverse("reports:document", args=[document.pk])
    row = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in row
    assert reverse("reports:file", args=[document.pk]) in row


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"language": "lv"}, "not completely translated"),
        ({"language": "x" * 5000}, "at most 10 characters"),
        ({"format": "odt"}, "Select a valid choice"),
        ({"kind": "nothing"}, "no document of this kind"),
        ({"kind": "<script>"}, "letters, numbers"),
        ({"subject_id": "abc"}, "whole number"),
        ({"subject_id": 10**40}, "less than or equal"),
        ({"subject_id": -1}, "greater than or equal"),
        ({"version": "x"}, "whole number"),
        ({"texts": "both"}, "Select a valid choice"),
    ],
)
def test_bad_input_is_answered_in_words(client, reader, change, words):
    client.force_login(reader)
    for headers in ({}, {"HX-Request": "true"}):
        reply = client.post(reverse("reports:ask"), posted(reader, **change), headers=headers)
        assert reply.status_code == 200
        assert words in reply.content.decode()
    assert not Document.objects.exists()


def test_somebody_elses_subject_is_not_found(client, stranger, reader):
    client.force_login(stranger)
    assert client.post(reverse("reports:ask"), posted(reader)).status_code == 404
    assert client.post(reverse("reports:ask"), posted(reader, subject_id=4711)).status_code == 404


def test_everybody_else_is_kept_out(client, document, stranger):
    rendering.run(document.pk)
    pages = [reverse(f"reports:{name}", args=[document.pk]) for name in ("document", "file")]
    for page in pages:
        assert client.get(page).status_code == 302
    client.force_login(stranger)
    for page in pages:
        assert client.get(page).status_code == 404
    assert client.post(reverse("reports:renew", args=[document.pk])).status_code == 404
    assert document.title not in client.get(reverse("reports:documents")).content.decode()


def test_the_file_comes_as_an_attachment(client, document, reader):
    rendering.run(document.pk)
    client.force_login(reader)
    reply = client.get(reverse("reports:file", args=[document.pk]))
    assert AuditEvent.objects.filter(verb="downloaded", target_id=document.pk, by=reader).exists()
    assert b"".join(reply.streaming_content).startswith(b"%PDF")
    assert reply["Content-Type"] == "application/pdf"
    assert reply["Content-Disposition"] == 'attachment; filename="needs-analysis-of-jelgava-version-2-en.pdf"'
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Cache-Control"] == "private, no-store"


def test_what_was_recalled_is_not_handed_out(client, document, reader, sample):
    rendering.run(document.pk)
    client.force_login(reader)
    sample.version_read = 2
    assert client.get(reverse("reports:file", args=[document.pk])).status_code == 403
    sample.readers.clear()
    assert client.get(reverse("reports:file", args=[document.pk])).status_code == 404
    assert document.title not in client.get(reverse("reports:documents")).content.decode()


def test_an_unfinished_or_lost_file_leads_back_to_its_page(client, document, reader):
    client.force_login(reader)
    address, page = (reverse(f"reports:{name}", args=[document.pk]) for name in ("file", "document"))
    assert client.get(address).url == page
    rendering.run(document.pk)
    document.refresh_from_db()
    default_storage.delete(document.file.name)
    assert "ask for the document again" in client.get(address, follow=True).content.decode()


def test_a_failure_says_why_and_has_a_button(client, document, reader):
    Document.objects.filter(pk=document.pk).update(state=State.FAILED, error=Reason.STORING, content=None, attempts=3)
    client.force_login(reader)
    page = client.get(reverse("reports:documents")).content.decode()
    assert "could not be stored" in page
    assert "Try again" in page
    client.post(reverse("reports:renew", args=[document.pk]))
    document.refresh_from_db()
    assert document.state == State.WAITING


def test_an_eleventh_document_has_to_wait_for_one_of_ten(client, reader, sample):
    """Who clicks fast does not keep everybody else's documents waiting; what is being made already is no new one."""
    ask = partial(
        services.request_document, kind="sample", subject_id=reader.pk, file_format="docx", access=Access(reader)
    )
    for number in range(10):
        sample.length = 300 + 1000 * number
        ask(options=DocumentOptions("en"))
    assert ask(options=DocumentOptions("en")).is_unfinished
    sample.length = 300 + 1000 * 10
    with pytest.raises(services.TooManyAtOnce):
        ask(options=DocumentOptions("en"))
    Document.objects.update(state=State.FAILED, error=Reason.LAYOUT, content=None)
    assert ask(options=DocumentOptions("en")).is_unfinished
    Document.objects.update(state=State.FAILED, error=Reason.LAYOUT, content=None)
    for number in range(10):
        sample.length = 300 + 1000 * number
        assert ask(options=DocumentOptions("en")).is_unfinished
    sample.length = 300 + 1000 * 10
    with pytest.raises(services.TooManyAtOnce):
        ask(options=DocumentOptions("en"))


def test_my_documents_in_a_constant_number_of_queries(
    client, reader, sample, django_assert_max_num_queries, monkeypatch
):
    monkeypatch.setattr(services, "MOST_AT_ONCE", 40)
    client.force_login(reader)
    empty = client.get(reverse("reports:documents")).content.decode()
    assert "You have not asked for a document yet." in empty
    for number in range(33):
        sample.length = 300 + 1000 * number
        services.request_document(
            kind="sample",
            subject_id=reader.pk,
            file_format="docx",
            options=DocumentOptions("en"),
            access=Access(reader),
        )
    with django_assert_max_num_queries(15):
        page = client.get(reverse("reports:documents")).content.decode()
    assert page.count('class="document-state"') == 30


def test_the_newest_request_comes_first(client, document, reader):
    later = services.request_document(
        kind="sample", subject_id=reader.pk, file_format="docx", options=DocumentOptions("es"), access=Access(reader)
    )
    document.requests.update(asked_at=timezone.now())
    client.force_login(reader)
    page = client.get(reverse("reports:documents")).content.decode()
    assert page.index(f'id="document-{document.pk}"') < page.index(f'id="document-{later.pk}"')


def test_the_list_tells_versions_apart(client, document, reader):
    client.force_login(reader)
    assert document.state_of_texts == "Version 2"
    Document.objects.filter(pk=document.pk).update(state_of_texts="Version 2, Refined · frozen on 12 October 2026")
    page = client.get(reverse("reports:documents")).content.decode()
    assert "Version 2, Refined · frozen on 12 October 2026" in page


def test_the_form_for_any_page_offers_what_the_kind_has(rf, reader):
    request = rf.get("/")
    request.user = reader
    html = Template('{% load ui %}{% slot "ask_for_document" "sample" 7 version=3 label="As a file" %}').render(
        RequestContext(request)
    )
    assert "As a file" in html
    for field in ('name="kind" value="sample"', 'name="subject_id" value="7"', 'name="version" value="3"'):
        assert field in html
    assert 'value="es"' in html
    assert "Blank form" in html
    assert 'id="ask-sample-7-3-language"' in html
    assert "style=" not in html
