"""The address of a person's calendar feed: made, renewed, switched off; and whose it is."""

import secrets

from django.core import signing
from django.db import transaction

from .models import AnyUser, CalendarFeed, User
from .services import record

SIGNER = signing.Signer(sep=".", salt="accounts.calendar")


def feed_of(user: AnyUser) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first() if user.is_authenticated else None


def token_of(feed: CalendarFeed) -> str:
    return SIGNER.sign_object([feed.pk, feed.nonce])


def feed_behind(token: str) -> CalendarFeed | None:
    """The feed that this address opens today: of an account in use, and not an address from before it was renewed."""
    try:
        pk, nonce = SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return CalendarFeed.objects.select_related("user").filter(pk=pk, nonce=nonce, user__is_active=True).first()


@transaction.atomic
def make_feed(*, user: User) -> CalendarFeed:
    """The person's feed; the one that is there already stays as it is."""
    feed, made = CalendarFeed.objects.get_or_create(user=user, defaults={"nonce": secrets.token_urlsafe(24)})
    if made:
        record(by=user, verb="made", target=feed)
    return feed


@transaction.atomic
def renew_feed(*, user: User) -> None:
    """Another address; the one from before opens nothing any more."""
    for feed in CalendarFeed.objects.select_for_update().filter(user=user):
        feed.nonce = secrets.token_urlsafe(24)
        feed.save(update_fields=["nonce"])
        record(by=user, verb="renewed", target=feed)


@transaction.atomic
def show_busy_only(*, user: User, busy_only: bool) -> None:
    CalendarFeed.objects.filter(user=user).update(busy_only=busy_only)


@transaction.atomic
def end_feed(*, user: User) -> None:
    """The address opens nothing any more, and there is none."""
    for feed in CalendarFeed.objects.select_for_update().filter(user=user):
        record(by=user, verb="ended", target=feed)
        feed.delete()
