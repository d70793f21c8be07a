"""What signing in, failing to, and changing an address leave behind: an audit event, a mail to whom it concerns."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.account.signals import email_added
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from .models import User
from .selectors import account_with_address
from .services import record, record_failed_sign_in


@receiver(user_logged_in, dispatch_uid="accounts.audit.signed_in")
def note_sign_in(user: User, **kwargs: Any) -> None:
    record(by=user, verb="signed in", target=user)


@receiver(user_login_failed, dispatch_uid="accounts.audit.failed")
def note_failed_sign_in(credentials: dict[str, Any], **kwargs: Any) -> None:
    """What was typed is not noted: it may be a password in the wrong box, or somebody who has no account here."""
    record_failed_sign_in(user=account_with_address(str(credentials.get("email") or "")))


@receiver(authentication_failed, sender=Authenticator, dispatch_uid="accounts.audit.failed_code")
def note_failed_code(user: User, **kwargs: Any) -> None:
    record_failed_sign_in(user=user)


@receiver(email_added, sender=EmailAddress, dispatch_uid="accounts.address_asked_for")
def tell_old_address(request: HttpRequest, user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    """Told when it is asked for, not only when it is done: there is still time to say no."""
    context = {"user": user, "new_address": email_address.email}
    get_adapter(request).send_notification_mail("account/email/address_asked_for", user, context, email=user.email)
