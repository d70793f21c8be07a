"""What this app keeps of a person: for how long, as their own data, and when they ask to be erased."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.common.privacy import Period, blank_texts_naming

from . import kept
from .models import (
    AUDIT_KEPT_FOR,
    FORM_OWNER_KEPT_FOR,
    KEPT_FOR,
    OUTBOX_KEPT_FOR,
    AuditEvent,
    CalendarFeed,
    FormOwner,
    KeptPost,
    OutboxMessage,
    User,
)
from .selectors import addresses_of, kept_posts_of, mails_to, people_of

_SESSION_LASTS = timedelta(seconds=settings.SESSION_COOKIE_AGE)


def _forget_sessions(before: datetime) -> int:
    return Session.objects.filter(expire_date__lt=before + _SESSION_LASTS).delete()[0]


PERIODS = (
    Period(
        _("Forms that came after a sign-in had ended, for whoever typed them"),
        KEPT_FOR,
        _("they came"),
        lambda before: KeptPost.objects.filter(created_at__lt=before).delete()[0],
    ),
    Period(
        _("Mails in the outbox, where no mail server is set up; without links that let somebody in"),
        OUTBOX_KEPT_FOR,
        _("they were written"),
        lambda before: OutboxMessage.objects.filter(created_at__lt=before).delete()[0],
    ),
    Period(
        _("The record of steps: who did what and when, never the words"),
        AUDIT_KEPT_FOR,
        _("the step"),
        lambda before: AuditEvent.objects.filter(at__lt=before).delete()[0],
    ),
    Period(
        _("What administrators changed in the administration"),
        AUDIT_KEPT_FOR,
        _("the change"),
        lambda before: LogEntry.objects.filter(action_time__lt=before).delete()[0],
    ),
    Period(_("Sign-ins that last"), _SESSION_LASTS, _("the last visit"), _forget_sessions),
    Period(
        _("For whom a form was made, as a number from which nobody can be told"),
        FORM_OWNER_KEPT_FOR,
        _("the sign-in"),
        lambda before: FormOwner.objects.filter(created_at__lt=before).delete()[0],
    ),
)  # fmt: skip


def own_data(user: User) -> dict[str, Any]:
    profile = ("name", "email", "language", "time_zone", "shows_email", "created_at", "last_login", "seen_work_at")
    addresses = EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
    factors = Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
    steps = AuditEvent.objects.filter(by=user).values("at", "verb", "target_kind", "target_id")
    return {
        "profile": {name: getattr(user, name) for name in profile},
        "known_as": list(people_of(user).values("name", "email")),
        "addresses": list(addresses),
        "second_factor": list(factors),
        "kept_forms": [
            {"at": post.created_at, "page": post.path, "typed": dict(kept.fields_of(post))}
            for post in kept_posts_of(user)
        ],
        "calendar_address": list(CalendarFeed.objects.filter(user=user).values("created_at", "busy_only")),
        "mails": [
            {"at": mail.created_at, "subject": mail.subject, "text": mail.body} for mail in mails_to(addresses_of(user))
        ],
        "steps": list(steps),
    }


def anonymise(user: User, *, by: User) -> None:
    """Close the account and empty it: name and address go, the row and its number stay, because history points there.
    To be called last: what other apps know of the person, they find by the address."""
    _forget_notes_about(user)
    people_of(user).update(name="", email="")
    for model in (EmailAddress, Authenticator, FormOwner):
        model.objects.filter(user=user).delete()
    KeptPost.objects.filter(owner=user).delete()
    CalendarFeed.objects.filter(user=user).delete()
    # "invalid" is a domain that never exists (RFC 2606), so that no mail ever goes there.
    user.name, user.email = "", f"erased-{user.pk}@erased.invalid"
    user.time_zone, user.last_login, user.seen_work_at = settings.TIME_ZONE, None, None
    user.is_active = user.is_staff = user.is_superuser = user.shows_email = False
    user.erased_at = timezone.now()
    user.set_unusable_password()
    user.save()


def forget_naming(marks: Collection[str]) -> None:
    """In the outbox: mails to the person (`marks` are names and addresses), and what mails to others say of them."""
    for mail in list(mails_to(marks)):
        mail.delete()
    blank_texts_naming(OutboxMessage.objects.all(), ("subject", "body", "html"), marks)


def _forget_notes_about(user: User) -> None:
    """Django's administration notes things by their name."""
    named = Q(object_repr=str(user))
    for address in addresses_of(user):
        named |= Q(object_repr__icontains=address)
    LogEntry.objects.filter(named).update(object_repr="")
