"""Conversations as they are shown: with messages and readers, in a fixed number of queries."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from .enums import OpenedTo
from .models import Consent, Conversation, Message, Reader


def with_messages(conversations: QuerySet[Conversation]) -> QuerySet[Conversation]:
    """With who said what, who reads it (`now_reading`), and per reader to whom it agreed to open it
    (`agreed_associations`, `agreed_facilitator`)."""
    messages = Message.objects.select_related("author", "reader__participation__organisation", "reader__support_group")
    agreed = {
        f"agreed_{to}": Exists(Consent.objects.filter(reader=OuterRef("pk"), opening__to=to)) for to in OpenedTo.values
    }
    readers = Reader.objects.filter(closed_at=None).annotate(**agreed)
    named = readers.select_related("participation__organisation", "support_group", "person")
    return conversations.select_related("partnership").prefetch_related(
        Prefetch("messages", messages), Prefetch("readers", named, to_attr="now_reading")
    )
