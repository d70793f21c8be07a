"""Asking for documents. Making them is the worker's part, see `rendering`."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import clock, worker
from programmes.common.access import Access
from programmes.common.errors import Refusal
from programmes.common.languages import complete_languages, endonym, is_complete

from . import blocks
from .enums import Phase, State
from .models import UNFINISHED, Document, DocumentRequest
from .registry import Builder, DocumentOptions, Gathered, builder_of

RENDER = "reports.render"
"""The task (`tasks.py`)."""

MOST_AT_ONCE = 10
"""Documents of one person that are waiting or being made."""


class UnknownKind(Refusal):
    message = _("There is no document of this kind.")


class LanguageIncomplete(Refusal):
    """The document would come out half translated."""

    def __init__(self, language: str):
        known = ", ".join(name for _code, name in complete_languages())
        super().__init__(
            _("Documents are not available in %(language)s yet, because their wording is not completely translated. "
              "Choose one of these: %(known)s.") % {"language": endonym(language), "known": known}
        )  # fmt: skip


class FormatUnknown(Refusal):
    message = _("This document is not made in that format.")


class TooManyAtOnce(Refusal):
    message = _("Ten documents of yours are being made already. Please wait until one of them is ready.")


class NoBlankForm(Refusal):
    message = _("There is no blank form of this document.")


def builder_for(kind: str, *, language: str, file_format: str, blank: bool) -> Builder:
    """The builder, once it is certain that it can make this. Raises a Refusal that says what it can't."""
    try:
        builder = builder_of(kind)
    except KeyError as unknown:
        raise UnknownKind from unknown
    if file_format not in builder.formats:
        raise FormatUnknown
    if blank and not builder.has_blank:
        raise NoBlankForm
    if not is_complete(language):
        raise LanguageIncomplete(language)
    return builder


@transaction.atomic
def request_document(
    *, kind: str, subject_id: int, file_format: str, options: DocumentOptions, access: Access
) -> Document:
    """The document of what this person may read of the subject now; made if this content was never made before.

    Raises a Refusal, or SubjectMissing where the person may read nothing of it.
    """
    builder = builder_for(kind, language=options.language, file_format=file_format, blank=options.blank)
    options = replace(options, reader=access)
    with translation.override(options.language):
        gathered = builder.gather(subject_id, options)
    key = {
        "kind": kind,
        "subject_id": subject_id,
        "language": options.language,
        "format": file_format,
        "fingerprint": _fingerprint(builder, gathered, file_format, options),
    }
    known = Document.objects.filter(**key).first()
    if known is None or _has_to_be_made(known):
        _refuse_too_many(access.user)
    document, made = Document.objects.get_or_create(**key, defaults=_new_row(gathered, options))
    if not made:
        document = _wake(document.pk, gathered.content)
    _note_request(document, access.user)
    if document.state == State.WAITING:
        queue(document.pk)
    return document


def _refuse_too_many(by: User) -> None:
    """Counted behind a lock on the person, so that a fast clicker gets no eleventh."""
    User.objects.select_for_update().get(pk=by.pk)
    if Document.objects.filter(requests__user=by, state__in=UNFINISHED).count() >= MOST_AT_ONCE:
        raise TooManyAtOnce


def _fingerprint(builder: Builder, gathered: Gathered, file_format: str, options: DocumentOptions) -> str:
    """Two requests share a file only if content, builder, format and what their readers may read are the same."""
    return blocks.fingerprint(
        gathered.content, builder.version, file_format, gathered.holds, options.blank, options.texts
    )


def _new_row(gathered: Gathered, options: DocumentOptions) -> dict[str, Any]:
    return {
        "holds": gathered.holds,
        "version": options.version,
        "blank": options.blank,
        "texts": options.texts,
        "title": gathered.content.title[:300],
        "state_of_texts": gathered.content.state[:400],
        "content": blocks.to_data(gathered.content),
    }


def _wake(pk: int, content: blocks.DocumentContent) -> Document:
    """The row again; back in the queue if it failed or if its file was lost."""
    document = Document.objects.select_for_update().get(pk=pk)
    if _has_to_be_made(document):
        document.state, document.progress, document.attempts, document.error = State.WAITING, Phase.QUEUED, 0, ""
        document.content, document.file, document.ready_at = blocks.to_data(content), "", None
        document.heartbeat_at = clock.now()
    document.asked_at = clock.now()
    document.save()
    return document


def _has_to_be_made(document: Document) -> bool:
    """It failed, or its file was lost."""
    lost = document.state == State.READY and not document.file.storage.exists(document.file.name or "")
    return lost or document.state == State.FAILED


def _note_request(document: Document, by: User) -> None:
    DocumentRequest.objects.update_or_create(document=document, user=by, defaults={"asked_at": clock.now()})
    record(by=by, verb="asked for", target=document)


def queue(pk: int) -> None:
    """Tell a worker once this is committed."""
    transaction.on_commit(lambda: worker.queue(RENDER, document_id=pk), robust=True)


@transaction.atomic
def request_again(*, document: Document, access: Access) -> Document:
    """Ask once more for what failed, of the texts as they are now."""
    options = DocumentOptions(document.language, version=document.version, blank=document.blank, texts=document.texts)
    return request_document(
        kind=document.kind, subject_id=document.subject_id, file_format=document.format, options=options, access=access
    )
