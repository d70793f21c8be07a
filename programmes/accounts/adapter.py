"""How allauth behaves here: closed to strangers, mails in the reader's language, no second factor in the clear."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from . import services
from .managers import normalise_email
from .models import User


class ClosedAdapter(DefaultAccountAdapter):
    """Accounts come from invitations only; see `services.create_account`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_email(self, email: str) -> str:
        return normalise_email(super().clean_email(email))

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of the account; an address without one gets the language of the page."""
        with translation.override(self._language_of(email, context.get("user"))):
            super().send_mail(template_prefix, email, context)

    def set_password(self, user: User, password: str) -> None:
        """A new password, by mail or by hand; an address that somebody merely claimed goes with the old one."""
        super().set_password(user, password)
        services.forget_claimed_addresses(user=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def _language_of(self, email: str, user: User | None) -> str | None:
        if user is None:
            user = User.objects.filter(email=normalise_email(email)).first()
        return user.language if user else translation.get_language()


class SecondFactorAdapter(DefaultMFAAdapter):
    """Stores the keys of authenticator apps encrypted: a copy of the database alone gives no codes.

    The key comes from SECRET_KEY; after a change, SECRET_KEY_FALLBACKS still opens what older ones closed.
    """

    def encrypt(self, text: str) -> str:
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def _cipher(self) -> MultiFernet:
        secrets = [str(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
        digests = [hashlib.sha256(f"second-factor:{secret}".encode()).digest() for secret in secrets]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
