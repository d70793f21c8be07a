"""Mails that were accepted and came back: what mail servers write of them to the sender (RFC 3464)."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser

from .enums import MailState
from .models import Mail

LARGEST = 1024 * 1024
HEADERS = "text/rfc822-headers"


def note_returned(data: bytes) -> int:
    """A report as it came by mail. What it says could not be delivered for good is marked as refused, like what the
    server refused at once; how many mails. Delays, answers from holidays and reports of others' mails mark nothing."""
    report = _parsed(data[:LARGEST])
    if report.get_content_type() != "multipart/report":
        return 0
    said = next(_refusals(report), "")
    mine = Mail.objects.filter(message_id__in=_originals(report), state=MailState.SENT)
    return mine.update(state=MailState.REFUSED, problem=said[:300]) if said else 0


def _refusals(report: Message) -> Iterator[str]:
    """What is said of each recipient who will never get it."""
    for part in report.walk():
        if str(part.get("Action", "")).strip().lower() == "failed" and str(part.get("Status", "")).startswith("5"):
            yield str(part.get("Diagnostic-Code") or part["Status"]).strip()


def _originals(report: EmailMessage) -> list[str]:
    """`Message-ID` of what came back, which stands there whole or by its headers."""
    parts = [part for part in report.walk() if part is not report]
    listed = [_parsed(part.get_payload(decode=True)) for part in parts if part.get_content_type() == HEADERS]
    return [str(part["Message-ID"]).strip() for part in [*parts, *listed] if part["Message-ID"]]


def _parsed(data: object) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(data if isinstance(data, bytes) else b"")
