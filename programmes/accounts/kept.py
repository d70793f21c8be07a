"""Nothing typed is lost because a sign-in ran out: forms that come too late are kept for whoever filled them in.

Whose form is it? Django draws a new CSRF secret at each sign-in, and every form carries a token made from that
secret. Here each sign-in notes `hash of the secret → user` (`FormOwner`), and a secret is drawn anew on signing
out too. The token of a late form thus proves for whom it was rendered, with an expired session as well as with
an old token, without a field in any form, and whoever else uses the browser meanwhile. It cannot be forged into
somebody's list either: a form made by an attacker carries no token, or the attacker's own.

While somebody is signed in, forms must carry the secret of that sign-in: the session remembers it, and it is
put back when the cookie that holds it was lost or swapped.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import (  # type: ignore[attr-defined]
    CSRF_SECRET_LENGTH,
    CSRF_TOKEN_LENGTH,
    InvalidTokenFormat,
    _check_token_format,
    _unmask_cipher_token,
    rotate_token,
)
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from .models import FormOwner, KeptPost, User
from .selectors import kept_posts_of

SESSION_KEY = "form_secret"
FIELD = "_kept"
MOST_KEPT = 20
_DROPPED = {"csrfmiddlewaretoken", FIELD}
_NOTHING_TYPED = {"accounts:language", "accounts:kept"}


def fingerprint(secret: str) -> str:
    return hashlib.sha256(f"form-owner:{secret}".encode()).hexdigest()


@receiver(user_logged_in)
def note_owner_of_forms(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Django has just rotated the secret; it belongs to this sign-in from now on."""
    if request is None:
        return
    secret = request.META.get("CSRF_COOKIE")
    if secret:
        FormOwner.objects.update_or_create(fingerprint=fingerprint(secret), defaults={"user": user})
        request.session[SESSION_KEY] = secret


@receiver(user_logged_in)
def offer_after_sign_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    """Say so on the next page, unless that page is the kept form itself."""
    if request is None or not hasattr(request, "_messages") or not kept_posts_of(user).exists():
        return
    page = reverse("accounts:kept_list")
    if not request.POST.get("next", "").startswith(page):
        with translation.override(user.language):
            words = _(
                'Something you typed came after your sign-in had ended. <a href="{}">Look at it and send it again</a>.'
            )
            messages.info(request, format_html(words, page))


@receiver(user_logged_out)
def disown_forms(request: HttpRequest | None, **kwargs: Any) -> None:
    if request is not None:
        rotate_token(request)


def restore_form_secret(request: HttpRequest) -> None:
    """Pages of somebody signed in carry the secret of that sign-in, whatever happened to the cookie."""
    if request.method not in ("GET", "HEAD") or not request.user.is_authenticated:
        return
    secret = request.session.get(SESSION_KEY)
    if secret and request.META.get("CSRF_COOKIE") != secret:
        request.META["CSRF_COOKIE"] = secret
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True


def owner_of(request: HttpRequest) -> User | None:
    """For whom the form of this POST was rendered; None if its token is missing, malformed or nobody's."""
    secret = _secret_of(request.POST.get("csrfmiddlewaretoken") or request.headers.get("X-CSRFToken") or "")
    if not secret:
        return None
    owner = FormOwner.objects.select_related("user").filter(fingerprint=fingerprint(secret)).first()
    return owner.user if owner and owner.user.is_active else None


def keep(request: HttpRequest) -> KeptPost | None:
    """Keep this POST for its owner; None if it is nobody's, unreadable, or of a kind never kept.

    Its size is bounded by what Django reads at all (`DATA_UPLOAD_MAX_MEMORY_SIZE`).
    """
    if not _may_be_kept(request):
        return None
    try:
        owner = owner_of(request)
        files = bool(request.FILES)
    except (UnreadablePostError, MultiPartParserError):
        return None
    if owner is None:
        return None
    body = json.dumps(list(_typed(request)))
    post = KeptPost.objects.create(owner=owner, path=request.get_full_path(), body=body, lost_files=files)
    _drop_oldest(owner)
    return post


def fields_of(post: KeptPost) -> list[tuple[str, list[str]]]:
    return [(name, values) for name, values in json.loads(post.body)]


def forget_sent(request: HttpRequest) -> None:
    """The kept form that this POST sent again has arrived."""
    number = request.POST.get(FIELD, "")
    if number.isdecimal() and len(number) < 19:
        kept_posts_of(request.user).filter(pk=int(number)).delete()


def _may_be_kept(request: HttpRequest) -> bool:
    """Never what belongs to signing in (allauth's pages) or to the administration, nor a mere switch."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.view_name in _NOTHING_TYPED:
        return False
    if match.namespaces:
        return match.namespaces[0] != "admin"
    return not (match.url_name or "").startswith(("account_", "mfa_"))


def _typed(request: HttpRequest) -> Iterable[tuple[str, list[str]]]:
    for name, values in request.POST.lists():
        if name not in _DROPPED and "password" not in name.lower():
            yield name, values


def _secret_of(token: str) -> str | None:
    """Django's own unmasking, which has no public name; a test holds the two together."""
    try:
        _check_token_format(token)
    except InvalidTokenFormat:
        return None
    if len(token) == CSRF_TOKEN_LENGTH:
        return _unmask_cipher_token(token)
    return token if len(token) == CSRF_SECRET_LENGTH else None


def _drop_oldest(owner: User) -> None:
    """So that a page gone wild cannot fill the disk; nobody loses twenty forms in a day."""
    beyond = kept_posts_of(owner).order_by("-pk").values_list("pk", flat=True)[MOST_KEPT:]
    KeptPost.objects.filter(pk__in=list(beyond)).delete()
