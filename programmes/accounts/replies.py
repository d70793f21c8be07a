"""The answer to a request that would need a sign-in, or whose form is too old, as the caller can use it."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from . import kept
from .models import KeptPost


def signed_out(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there to what was asked for or, after a form, to what was kept of it. A page that
    fetches or sends a part of itself stays as it is, with all that is typed in it, and asks to sign in
    (`shell/htmx.js`)."""
    if wants_json(request):
        words = {"errors": {"": [_("Please sign in again.")]}, "sign_in": sign_in_url(_page_of(request))}
        return JsonResponse({"signed_in": False, **words}, status=401)
    if HtmxDetails(request):
        return HttpResponse(status=401)
    post = kept.keep(request)
    return _go(request, sign_in_url(kept_url(post) if post else _page_of(request)))


def form_too_old(request: HttpRequest) -> HttpResponse:
    """The token of the form is not the one of this sign-in (`CSRF_FAILURE_VIEW` ends here)."""
    if wants_json(request):
        return JsonResponse({"signed_in": request.user.is_authenticated, "token": "old"}, status=403)
    if HtmxDetails(request) and not request.user.is_authenticated:
        return signed_out(request)
    post = kept.keep(request)
    if post and request.user == post.owner:
        return _go(request, kept_url(post))
    if post and not request.user.is_authenticated:
        return _go(request, sign_in_url(kept_url(post)))
    return render(request, "accounts/form_too_old.html", {"page": _page_of(request)}, status=403)


def wants_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def sign_in_url(next_url: str) -> str:
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': next_url})}"


def kept_url(post: KeptPost) -> str:
    return reverse("accounts:kept", args=[post.pk])


def _page_of(request: HttpRequest) -> str:
    """A page that can be shown again: the one asked for, or the one whose script or form was asking."""
    if htmx := HtmxDetails(request):
        return htmx.current_url_abs_path or "/"
    if request.method in ("GET", "HEAD") and not wants_json(request):
        return request.get_full_path()
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc == request.get_host():
        return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path
    return "/"


def _go(request: HttpRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if HtmxDetails(request) else HttpResponseRedirect(url)
