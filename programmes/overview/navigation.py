"""What every page shows around its content: where one can go, the languages and the account menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import rules
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from programmes.common.access import Access
from programmes.common.addresses import address
from programmes.partnerships.boundary import places_of, support_groups_of
from programmes.partnerships.enums import STEERING_TEAMS

from . import counting


@dataclass(frozen=True)
class Section:
    """An entry of the main menu. `holds`: the first words of the addresses that belong to it; `shown` to whom."""

    label: Any
    url_name: str
    holds: frozenset[str]
    shown: Callable[[Access], bool]


def works_in_partnerships(access: Access) -> bool:
    places = places_of(access)
    return bool(places.own or places.coordinated)


def _steers(access: Access) -> bool:
    return access.is_administrator or not places_of(access).roles.isdisjoint(STEERING_TEAMS)


def _sits_in_a_group(access: Access) -> bool:
    return bool(support_groups_of(access))


def _has_dates(access: Access) -> bool:
    return works_in_partnerships(access) or _sits_in_a_group(access)


SECTIONS = (
    Section(_("My work"), "overview:my_work", frozenset({""}), lambda access: True),
    Section(_("Support group"), "overview:my_groups", frozenset({"my-groups"}), _sits_in_a_group),
    Section(
        _("Partnerships"),
        "overview:partnerships",
        frozenset({"partnerships", "participations", "shared", "forms", "plans", "conversations"}),
        works_in_partnerships,
    ),
    Section(_("Calendar"), "overview:calendar", frozenset({"calendar"}), _has_dates),
    Section(
        _("Programme"),
        "overview:programme",
        frozenset({"programmes", "stages", "themes", "enrolments", "backings", "teams", "members", "seats"}),
        _steers,
    ),
    Section(
        _("Library"),
        "practices:library",
        frozenset({"library", "practices", "judgements", "mentoring", "benchmarks"}),
        lambda access: True,
    ),
    Section(_("Directory"), "participants:directory", frozenset({"directory"}), lambda access: True),
    Section(_("Administration"), "admin:index", frozenset({"admin"}), lambda access: access.user.is_staff),
)
"""Of those that are shown. A later one appears with the feature behind it."""

ACCOUNT_ITEMS = (
    (_("Profile and language"), "accounts:profile", "person"),
    (_("My documents"), "reports:documents", "file-earmark-text"),
    (_("Password"), "account_change_password", "key"),
    (_("Two-step sign-in"), "mfa_index", "shield-lock"),
)

# For some only; the outbox exists where no mail server is set up.
SPECIAL_ITEMS = (
    ((_("Outbox"), "accounts:outbox", "envelope"), lambda access: rules.has_perm("accounts.view_outbox", access)),
    ((_("Mails not delivered"), "notices:not_delivered", "envelope"), lambda access: access.is_administrator),
    ((_("Erasures"), "overview:erasures", "person"), lambda access: access.is_administrator),
)


@dataclass(frozen=True)
class Item:
    """A link of a menu. `count` is shown beside it; where it has a `count_url`, it comes after the page."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int | None = None
    count_url: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for the templates; nothing of it is computed before a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, Any]:
    signed_in = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "demo": getattr(settings, "DEMO", False),
        "home_url": address("overview:my_work"),
        "sections": _sections(request) if signed_in else [],
        "account_items": _account_items(request) if signed_in else [],
        "sign_out_url": address("account_logout"),
        "language_url": address("accounts:language"),
        "language": get_language_info(get_language() or settings.LANGUAGE_CODE),
        "languages": [get_language_info(code) for code, _name in settings.LANGUAGES],
    }


def _sections(request: HttpRequest) -> list[Item]:
    access = request.access  # type: ignore[attr-defined]
    here = request.path.strip("/").split("/")[0]
    return [
        Item(str(row.label), address(row.url_name), current=here in row.holds, **_counted(access, row))
        for row in SECTIONS
        if row.shown(access)
    ]


def _counted(access: Access, section: Section) -> dict[str, Any]:
    if section.url_name != "overview:my_work":
        return {}
    number = counting.known_number(access)
    return {"count_url": address("overview:waiting_number")} if number is None else {"count": number}


def _account_items(request: HttpRequest) -> list[Item]:
    access = request.access  # type: ignore[attr-defined]
    places = [*ACCOUNT_ITEMS, *(place for place, may in SPECIAL_ITEMS if may(access))]
    return [Item(str(label), address(name), icon) for label, name, icon in places]
