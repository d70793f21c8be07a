"""Some need a second factor: whoever steers a programme or looks after the site could do harm with a stolen password.

Who that is, apps above say too, with ``rules.set_rule("accounts.needs_second_factor", …)``, as `partnerships.rules`
does. Asked for only where SECOND_FACTOR_REQUIRED is on, as production has it.
"""

from collections.abc import Callable
from typing import Any

import rules
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from programmes.common.access import Access

from . import kept, replies

OPEN_WITHOUT = frozenset({"account_logout", "account_reauthenticate", "accounts:language"})
"""With the pages of the factor itself, all that somebody can reach who needs one and has none."""


def is_missing(access: Access) -> bool:
    """Whether the person has to set one up before anything else."""
    if not settings.SECOND_FACTOR_REQUIRED or not access.user.is_authenticated:
        return False
    needed = rules.test_rule("accounts.needs_second_factor", access)
    return needed and not is_mfa_enabled(access.user, types=[Authenticator.Type.TOTP])


class SecondFactorMiddleware:
    """Leads whoever lacks the second factor to the page that sets it up. A form that somebody was filling in when
    they were given the task is kept for them, see `kept`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in OPEN_WITHOUT or name.startswith("mfa_") or not is_missing(request.access):  # type: ignore[attr-defined]
            return None
        return _to_the_setup(request)


def _to_the_setup(request: HttpRequest) -> HttpResponse:
    page = reverse("mfa_activate_totp")
    words = _("Your task here needs two-step sign-in. Set it up now; everything else opens afterwards.")
    if replies.wants_json(request):
        return JsonResponse({"errors": {"": [words]}}, status=403)
    kept.keep(request)
    if HtmxDetails(request):
        return HttpResponseClientRedirect(page)
    messages.info(request, words)
    return HttpResponseRedirect(page)
