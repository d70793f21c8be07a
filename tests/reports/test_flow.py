"""Asked for, made, found again, failed: each step against the row in the database."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from programmes.accounts.models import AuditEvent
from programmes.common.access import Access
from programmes.reports import rendering, services, tasks
from programmes.reports.engines import Unrenderable, pdf
from programmes.reports.enums import Phase, Reason, State
from programmes.reports.models import MAX_ATTEMPTS, Document, DocumentRequest
from programmes.reports.registry import DocumentOptions, SubjectMissing


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    """Where no worker is asked for, none is told."""
    monkeypatch.setattr(services, "queue", lambda pk: None)


@pytest.fixture
def ask(reader):
    def ask(**changes):
        options = {name: changes.pop(name) for name in ("language", "blank", "texts") if name in changes}
        wanted = {"kind": "sample", "subject_id": reader.pk, "file_format": "pdf", "access": Access(reader)} | changes
        return services.request_document(**wanted, options=DocumentOptions(**{"language": "en"} | options))

    return ask


def aged(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))


def test_request_makes_a_waiting_row_and_notes_who_asked(ask, reader):
    document = ask()
    assert (document.state, document.progress, document.attempts) == (State.WAITING, Phase.QUEUED, 0)
    assert document.content["title"] == document.title
    assert DocumentRequest.objects.get().user == reader
    assert AuditEvent.objects.filter(target_kind="reports.document", by=reader).count() == 1


def test_worker_makes_the_file_and_forgets_the_content(ask):
    document = ask()
    assert rendering.run(document.pk)
    document.refresh_from_db()
    assert (document.state, document.content, document.error) == (State.READY, None, "")
    assert document.pages >= 1
    assert document.file.read().startswith(b"%PDF")
    assert not rendering.run(document.pk)


def test_docx_is_made_too(ask):
    document = ask(file_format="docx")
    assert rendering.run(document.pk)
    document.refresh_from_db()
    assert document.pages is None
    assert document.file.read().startswith(b"PK")


def test_same_content_is_one_document(ask, reader, stranger, sample):
    first = ask()
    rendering.run(first.pk)
    sample.readers.add(stranger.pk)
    second = ask(access=Access(stranger))
    assert second.pk == first.pk
    assert second.state == State.READY
    assert Document.objects.count() == 1
    assert DocumentRequest.objects.count() == 2


@pytest.mark.parametrize("change", [{"language": "es"}, {"file_format": "docx"}, {"blank": True}, {"texts": "working"}])
def test_another_language_format_or_wording_is_another_document(ask, change):
    assert ask().pk != ask(**change).pk


def test_changed_content_and_audience_are_another_document(ask, sample):
    first = ask()
    sample.length = 900
    second = ask()
    sample.version_read = 2
    assert len({first.pk, second.pk, ask().pk}) == 3


def test_what_was_asked_is_printed_though_the_text_changed_since(ask, sample):
    document = ask()
    sample.length = 20000
    rendering.run(document.pk)
    document.refresh_from_db()
    assert document.pages <= 3


def test_a_lost_file_is_made_again(ask):
    document = ask()
    rendering.run(document.pk)
    document.refresh_from_db()
    default_storage.delete(document.file.name)
    again = ask()
    assert (again.pk, again.state) == (document.pk, State.WAITING)
    assert rendering.run(again.pk)


@pytest.mark.parametrize(
    ("change", "refusal", "words"),
    [
        ({"kind": "nothing"}, services.UnknownKind, "no document"),
        ({"language": "lv"}, services.LanguageIncomplete, "Latviešu"),
        ({"language": "xx"}, services.LanguageIncomplete, "English, Español"),
        ({"file_format": "odt"}, services.FormatUnknown, "format"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(ask, change, refusal, words):
    with pytest.raises(refusal, match=words):
        ask(**change)
    assert not Document.objects.exists()


def test_nobody_gets_what_they_may_not_read(ask, stranger):
    with pytest.raises(SubjectMissing):
        ask(access=Access(stranger))


def test_failure_says_where_and_may_be_asked_for_again(ask, monkeypatch):
    document = ask()
    monkeypatch.setattr(pdf, "laid_out", _explode)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with pytest.raises(ZeroDivisionError):
            rendering.run(document.pk)
        document.refresh_from_db()
        assert document.attempts == attempt
    assert (document.state, document.error, document.content) == (State.FAILED, Reason.LAYOUT, None)
    assert "laid out" in document.get_error_display()
    monkeypatch.undo()
    monkeypatch.setattr(services, "queue", lambda pk: None)
    again = services.request_again(document=document, access=Access(document.requests.get().user))
    assert (again.pk, again.state, again.attempts) == (document.pk, State.WAITING, 0)
    assert rendering.run(again.pk)


def test_missing_fonts_fail_at_once(ask, monkeypatch):
    document = ask()
    monkeypatch.setattr(pdf, "laid_out", _no_fonts)
    with pytest.raises(Unrenderable):
        rendering.run(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error) == (State.FAILED, Reason.INSTALLATION)


def test_storage_that_refuses_is_named(ask, monkeypatch):
    document = ask()
    Document.objects.filter(pk=document.pk).update(attempts=MAX_ATTEMPTS - 1)
    monkeypatch.setattr(document.file.storage._wrapped, "_save", _disk_full)
    with pytest.raises(OSError, match="full"):
        rendering.run(document.pk)
    document.refresh_from_db()
    assert (document.state, document.error) == (State.FAILED, Reason.STORING)


def test_only_one_worker_takes_a_row(ask):
    document = ask()
    assert rendering.take(document.pk) is not None
    assert rendering.take(document.pk) is None


def test_a_worker_that_was_given_up_does_not_store(ask):
    document = ask()
    slow = rendering.take(document.pk)
    made = slow.make()
    aged(document)
    assert rendering.sweep().again == [document.pk]
    assert rendering.run(document.pk)
    assert not slow.store(made)
    document.refresh_from_db()
    assert document.attempts == 2


def test_sweeper_leaves_the_living_and_gives_up_after_three(ask):
    document = ask()
    rendering.take(document.pk)
    assert rendering.sweep() == rendering.SweepResult([], 0)
    Document.objects.filter(pk=document.pk).update(attempts=MAX_ATTEMPTS)
    aged(document)
    assert rendering.sweep() == rendering.SweepResult([], 1)
    document.refresh_from_db()
    assert (document.state, document.error) == (State.FAILED, Reason.LOST)


def test_sweeper_queues_what_waits_for_long_without_counting_an_attempt(ask, monkeypatch):
    document, sent = ask(), []
    aged(document)
    monkeypatch.setattr(tasks.render, "delay", lambda **kwargs: sent.append(kwargs))
    assert tasks.sweep() == 1
    assert sent == [{"document_id": document.pk}]
    document.refresh_from_db()
    assert document.attempts == 0


def test_heart_beats_while_the_renderer_blocks(ask, settings, transactional_db):
    import time

    settings.DOCUMENT_STALE_AFTER = 0.5
    document = ask()
    with rendering.take(document.pk):
        begun = Document.objects.get(pk=document.pk).heartbeat_at
        time.sleep(0.6)
        assert Document.objects.get(pk=document.pk).heartbeat_at > begun


def test_old_documents_are_forgotten_with_their_files(ask):
    document = ask()
    rendering.run(document.pk)
    document.refresh_from_db()
    name = document.file.name
    year_ago = timezone.now() - rendering.KEPT_FOR
    assert rendering.forget(year_ago) == 0
    Document.objects.update(asked_at=year_ago - timedelta(days=1))
    rendering.forget(year_ago)
    assert not Document.objects.exists()
    assert not default_storage.exists(name)


def _explode(html):
    return 1 / 0


def _no_fonts(html):
    raise Unrenderable("no fonts")


def _disk_full(name, content):
    raise OSError("disk full")
