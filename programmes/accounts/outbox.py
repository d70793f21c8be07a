"""A mail backend that sends nothing: mails wait on a page, so that invitations can be followed without a server."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from programmes.common.text import clean

from .models import OUTBOX_KEPT_FOR, OutboxMessage


class OutboxBackend(BaseEmailBackend):
    """Keeps recipients (copies included), subject and plain text of each mail as an OutboxMessage."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        OutboxMessage.objects.filter(created_at__lt=timezone.now() - OUTBOX_KEPT_FOR).delete()
        rows = [
            OutboxMessage(
                recipients=mail.recipients(), subject=clean(str(mail.subject))[:998], body=clean(str(mail.body))
            )
            for mail in email_messages
            if mail.recipients()
        ]
        return len(OutboxMessage.objects.bulk_create(rows))
