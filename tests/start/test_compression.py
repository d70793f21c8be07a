"""What travels compressed, and what is left as it is."""

import gzip

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from mentoring.compression import CompressionMiddleware

TEXT = "Cities learn from cities. " * 100


def answered(response, accepts: str = "gzip, deflate, br"):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return CompressionMiddleware(lambda request: response)(request)


@pytest.mark.django_db
def test_a_page_comes_compressed_to_whoever_can_read_it():
    page = Client().get("/sign/login/", headers={"Accept-Encoding": "gzip"})
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"csrfmiddlewaretoken" in gzip.decompress(page.content)
    assert "Accept-Encoding" in page.headers["Vary"]
    assert "Content-Encoding" not in Client().get("/sign/login/").headers


def test_what_a_page_holds_cannot_be_guessed_from_its_weight():
    assert len({len(answered(HttpResponse(TEXT)).content) for _ in range(30)}) > 1


def test_a_file_that_is_written_as_it_is_sent_comes_compressed():
    answer = answered(StreamingHttpResponse(iter([TEXT, TEXT]), content_type="text/csv; charset=utf-8"))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(answer.streaming_content)).decode() == TEXT * 2


def test_a_document_keeps_its_length(tmp_path):
    file = tmp_path / "plan.pdf"
    file.write_bytes(TEXT.encode())
    with open(file, "rb") as opened:
        answer = answered(FileResponse(opened))
        assert "Content-Encoding" not in answer.headers
        assert answer.headers["Content-Length"] == str(len(TEXT))
