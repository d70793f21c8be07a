"""Each request in its person's language and time zone, and no typed text lost to an expired sign-in."""

import zoneinfo
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.deprecation import MiddlewareMixin

from . import kept, replies


class PersonMiddleware(MiddlewareMixin):
    """Activates the language and the time zone of the account.

    LocaleMiddleware went before and chose by cookie and browser, which stays for whoever is not signed in.
    Both stay active while a streamed response (a CSV file) is written; the next request sets its own.
    """

    def process_request(self, request: HttpRequest) -> None:
        person = request.user if request.user.is_authenticated else None
        if person and person.language in dict(settings.LANGUAGES):
            translation.activate(person.language)
            request.LANGUAGE_CODE = person.language
        zone = _zone(person.time_zone) if person else None
        if zone:
            timezone.activate(zone)
        else:
            timezone.deactivate()


class KeptPostMiddleware:
    """What was typed into a form whose sign-in had expired is kept and offered; see `kept`.

    The innermost of our middlewares. A page's own script (`Accept: application/json`) gets 401 with the address
    of the sign-in page, and keeps the text in the browser itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept.restore_form_secret(request)
        response = self.get_response(request)
        if not request.user.is_authenticated:
            return replies.signed_out(request) if _sends_to_sign_in(request, response) else response
        if request.method == "POST" and kept.FIELD in request.POST and _has_arrived(response):
            kept.forget_sent(request)
        return response


def _has_arrived(response: HttpResponse) -> bool:
    """A saved form redirects; one that comes back with errors, or with a conflict, stays kept."""
    return 300 <= response.status_code < 400


def _sends_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """A redirect to the sign-in page and from there back here, as Django's own checks make it.

    Signing out, or switching the language there, leads to the sign-in page as well, but not back here.
    """
    if response.status_code != 302:
        return False
    target = urlsplit(response.headers["Location"])
    back = parse_qs(target.query).get(REDIRECT_FIELD_NAME)
    return target.path == resolve_url(settings.LOGIN_URL) and back == [request.get_full_path()]


def _zone(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
