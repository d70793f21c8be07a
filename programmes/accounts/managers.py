"""How users are made and found: the e-mail address is the name, whatever its capitals."""

import unicodedata
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import BaseUserManager
from django.db.models import QuerySet

from programmes.common.prepared import prepared

if TYPE_CHECKING:
    from .models import User


def normalise_email(address: str) -> str:
    """One spelling per address: NFKC, no surrounding space, lower case throughout."""
    return unicodedata.normalize("NFKC", address or "").strip().lower()


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return normalise_email(email or "")

    def get(self, *args: Any, **named: Any) -> "User":
        """By its id alone each request asks for the account that is signed in: that question is prepared. Managers of
        relations are subclasses and know fewer accounts."""
        if type(self) is not UserManager or args or list(named) != ["pk"]:
            return super().get(*args, **named)
        for user in _accounts(named["pk"]):
            return user
        raise self.model.DoesNotExist(f"no account {named['pk']}")

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=normalise_email(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Without a password the account exists but cannot sign in until one is chosen."""
        address = normalise_email(email)
        if not address:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=address, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


@prepared
def _accounts(pk: int) -> QuerySet["User"]:
    return get_user_model().objects.filter(pk=pk)
