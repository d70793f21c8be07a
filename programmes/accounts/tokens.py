"""Signed, expiring strings for links in mails. Single use is the caller's: compare with a column and clear it."""

import datetime
from typing import Any

from django.core import signing


class BadTokenError(Exception):
    """Not ours, for another purpose, or damaged on the way."""


class ExpiredTokenError(BadTokenError):
    """Ours, but older than allowed."""


def sign(purpose: str, value: Any) -> str:
    """A URL-safe string that says `value` (anything JSON can hold) for one purpose, such as "invitation"."""
    return signing.dumps(value, salt=f"accounts.token.{purpose}", compress=True)


def read(purpose: str, token: str, *, max_age: datetime.timedelta) -> Any:
    """The signed value. Raises ExpiredTokenError or BadTokenError."""
    try:
        return signing.loads(token, salt=f"accounts.token.{purpose}", max_age=max_age)
    except signing.SignatureExpired as error:
        raise ExpiredTokenError from error
    except (signing.BadSignature, ValueError) as error:
        raise BadTokenError from error
