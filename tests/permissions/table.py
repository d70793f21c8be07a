"""Who may what: every named address × every member of the cast.

The sets are written by hand from the issue and the design; where a run disagrees, somebody has to decide who is right.
"""

from collections.abc import Iterator

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from .row import Row
from .rows import (
    accounts,
    action_plans,
    assessments,
    benchmarks,
    conversations,
    enrolments,
    groups,
    links,
    overview,
    pairs,
    participants,
    practices,
    programmes,
    reports,
    succession,
    support_groups,
    teams,
)

ROWS: list[Row] = [
    *accounts.ROWS,
    *participants.ROWS,
    *programmes.ROWS,
    *enrolments.ROWS,
    *teams.ROWS,
    *succession.ROWS,
    *support_groups.ROWS,
    *pairs.ROWS,
    *conversations.ROWS,
    *groups.ROWS,
    *links.ROWS,
    *benchmarks.ROWS,
    *assessments.ROWS,
    *practices.ROWS,
    *action_plans.ROWS,
    *reports.ROWS,
    *overview.ROWS,
]

LIBRARIES = {
    "account_change_password",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
}
"""Pages of django-allauth, which has tests of its own; Django's admin is the namespace `admin`."""


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespace, pattern) of every address of the site; a nameless one has its route for a name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name or f'(nameless) {entry.pattern}'}", entry


def addresses() -> dict[str, URLPattern]:
    """Our own, by name."""
    return {name: entry for name, entry in patterns() if not name.startswith("admin:") and name not in LIBRARIES}
