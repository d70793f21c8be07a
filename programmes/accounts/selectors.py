"""What may be read of accounts."""

from collections.abc import Collection, Iterator

import rules
from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from programmes.common.access import Access

from .managers import normalise_email
from .models import KEPT_FOR, OUTBOX_KEPT_FOR, AnyUser, KeptPost, OutboxMessage, Person, User


def account_with_address(email: str) -> User | None:
    return User.objects.filter(email=normalise_email(email)).first()


def addresses_of(user: User) -> set[str]:
    """Every address that is the person's: not one that they asked for and never confirmed."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {normalise_email(address) for address in (user.email, *proved)}


def people_of(user: User) -> QuerySet[Person]:
    """The person of the account, and whoever is known by one of its addresses."""
    known = Q(user=user)
    for address in addresses_of(user):
        known |= Q(email__iexact=address, user=None)
    return Person.objects.filter(known)


def names_of(user: User) -> set[str]:
    """What the person is called, in the account and in the directory."""
    return {name for name in (user.name, *people_of(user).values_list("name", flat=True)) if name}


def mails_to(addresses: Collection[str]) -> Iterator[OutboxMessage]:
    """Mails in the outbox that went to one of these, newest first. Addresses are compared here, because the lists they
    stand in cannot be searched in every database."""
    wanted = set(addresses)
    for mail in OutboxMessage.objects.iterator():
        if wanted & {normalise_email(address) for address in mail.recipients}:
            yield mail


def kept_posts_of(user: AnyUser) -> QuerySet[KeptPost]:
    """The person's own kept forms that have not expired; nobody ever sees another's."""
    if not user.is_authenticated:
        return KeptPost.objects.none()
    return KeptPost.objects.filter(owner=user, created_at__gt=timezone.now() - KEPT_FOR)


def outbox_messages_visible_to(access: Access) -> QuerySet[OutboxMessage]:
    if not rules.has_perm("accounts.view_outbox", access):
        return OutboxMessage.objects.none()
    return OutboxMessage.objects.filter(created_at__gt=timezone.now() - OUTBOX_KEPT_FOR)
