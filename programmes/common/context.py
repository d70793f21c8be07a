"""What every page shows around its content: the sections, the languages and the account menu."""

from dataclasses import dataclass
from typing import Any

import rules
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

# Label, URL name, and what of the address's name belongs to the section: a namespace, or one "namespace:name".
SECTIONS = (
    (_("Programmes"), "partnerships:programmes", ("partnerships", "assessments", "action_plans", "overview")),
    (_("My work"), "overview:my_work", ("overview:my_work",)),
    (_("Cities & associations"), "participants:directory", ("participants",)),
    (_("Documents"), "reports:documents", ("reports",)),
)

ACCOUNT_ITEMS = (
    (_("Profile and language"), "accounts:profile", "person"),
    (_("Password"), "account_change_password", "key"),
    (_("Second factor"), "mfa_index", "shield-lock"),
)

# For some only; the outbox exists where no mail server is set up.
SPECIAL_ITEMS = (
    ((_("Outbox"), "accounts:outbox", "envelope"), lambda access: rules.has_perm("accounts.view_outbox", access)),
    ((_("Erasures"), "overview:erasures", "person"), lambda access: access.is_administrator),
    ((_("Administration"), "admin:index", "gear"), lambda access: access.user.is_staff),
)


@dataclass(frozen=True)
class Item:
    """A link of a menu."""

    label: str
    url: str
    icon: str = ""
    current: bool = False


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for the templates; nothing of it is computed before a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "demo": getattr(settings, "DEMO", False),
        "home_url": _url("overview:my_work") or "/",
        "sections": _sections(request) if signed_in else [],
        "account_items": _account_items(request) if signed_in else [],
        "sign_out_url": _url("account_logout"),
        "language_url": _url("accounts:language"),
        "language": get_language_info(get_language() or settings.LANGUAGE_CODE),
        "languages": [get_language_info(code) for code, _name in settings.LANGUAGES],
    }


def _sections(request: HttpRequest) -> list[Item]:
    here = _current_section(request)
    return [Item(str(label), url, current=name == here) for label, name, _belongs in SECTIONS if (url := _url(name))]


def _current_section(request: HttpRequest) -> str:
    """The URL name of the section this page belongs to; "" for none. The exact name wins over the namespace."""
    match = request.resolver_match
    if match is None:
        return ""
    for key in (match.view_name, match.namespace):
        for _label, name, belongs in SECTIONS:
            if key in belongs:
                return name
    return ""


def _account_items(request: HttpRequest) -> list[Item]:
    access = request.access  # type: ignore[attr-defined]
    places = [*ACCOUNT_ITEMS, *(place for place, may in SPECIAL_ITEMS if may(access))]
    return [Item(str(label), url, icon) for label, name, icon in places if (url := _url(name))]


def _url(name: str) -> str:
    """The address of a page that another app offers, "" where that app is not installed."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
