"""What may be read of accounts."""

import rules
from django.db.models import QuerySet
from django.utils import timezone

from programmes.common.access import Access

from .managers import normalise_email
from .models import KEPT_FOR, OUTBOX_KEPT_FOR, AnyUser, KeptPost, OutboxMessage, User


def account_with_address(email: str) -> User | None:
    return User.objects.filter(email=normalise_email(email)).first()


def kept_posts_of(user: AnyUser) -> QuerySet[KeptPost]:
    """The person's own kept forms that have not expired; nobody ever sees another's."""
    if not user.is_authenticated:
        return KeptPost.objects.none()
    return KeptPost.objects.filter(owner=user, created_at__gt=timezone.now() - KEPT_FOR)


def outbox_messages_visible_to(access: Access) -> QuerySet[OutboxMessage]:
    if not rules.has_perm("accounts.view_outbox", access):
        return OutboxMessage.objects.none()
    return OutboxMessage.objects.filter(created_at__gt=timezone.now() - OUTBOX_KEPT_FOR)
