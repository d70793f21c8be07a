"""How allauth behaves here: nobody opens an account by themselves, and mails speak the reader's language."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

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

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile")

    def _language_of(self, email: str, user: User | None) -> str | None:
        if user is None:
            user = User.objects.filter(email=normalise_email(email)).first()
        return user.language if user else translation.get_language()
