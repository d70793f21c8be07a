"""A mail backend that sends nothing: mails wait on a page, so that they can be read without a mail server.

A link that lets somebody in never gets there: whoever reads the outbox would enter in another's place.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.common.text import clean

from .models import OUTBOX_KEPT_FOR, OutboxMessage, User

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


class OutboxBackend(BaseEmailBackend):
    """Keeps recipients (copies included), subject and plain text of each mail as an OutboxMessage, and what a mailbox
    shows of those to the demo's own accounts."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        OutboxMessage.objects.filter(created_at__lt=timezone.now() - OUTBOX_KEPT_FOR).delete()
        rows = [_row(mail) for mail in email_messages if mail.recipients()]
        return len(OutboxMessage.objects.bulk_create(rows))


def _row(mail: EmailMessage) -> OutboxMessage:
    recipients = mail.recipients()
    body, html = clean(str(mail.body)), _html(mail)
    if not _for_demo_accounts(recipients):
        body, html = without_ways_in(body), ""
    return OutboxMessage(recipients=recipients, subject=clean(str(mail.subject))[:998], body=body, html=html)


def _html(mail: EmailMessage) -> str:
    found = (content for content, kind in getattr(mail, "alternatives", ()) if kind == "text/html")
    return clean(str(next(found, "")))


def without_ways_in(text: str) -> str:
    """The text with a sentence in place of each link that could let somebody in, in the language in force."""
    return _ADDRESS.sub(lambda found: found[0] if leads_to_a_page(found[0]) else _withheld(), text)


def _withheld() -> str:
    return _("[The link that stood here was withheld: it lets somebody in, and this page is read by others.]")


def leads_to_a_page(address: str) -> bool:
    """Whether everybody may know the address: one of our pages, named by numbers alone. A key, a token or a query may
    open something, so whatever is not known to be harmless is withheld."""
    parts = urlsplit(address)
    if parts.query or parts.fragment:
        return False
    try:
        match = resolve(parts.path or "/")
    except Resolver404:
        return False
    return not match.args and all(isinstance(value, int) for value in _typed(match))


def _typed(match: Any) -> list[Any]:
    """What the address names, without what the map of the site adds itself."""
    return [value for name, value in match.kwargs.items() if name not in (match.extra_kwargs or {})]


def _for_demo_accounts(recipients: Sequence[str]) -> bool:
    """In the demo, whose passwords are public, mails to its own accounts are whole; never an administrator's."""
    if not getattr(settings, "DEMO", False):
        return False
    addresses = {address.lower() for address in recipients}
    known = User.objects.filter(email__in=addresses, is_demo=True, is_staff=False, is_superuser=False)
    return known.count() == len(addresses)
