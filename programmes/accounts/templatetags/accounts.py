"""`{% load accounts %}{% demo_accounts %}`: the accounts to try, on the sign-in page of the demo only."""

from typing import Any

from django import template
from django.conf import settings

from ..demo import DEMO_ACCOUNTS, PASSWORD

register = template.Library()


@register.inclusion_tag("accounts/_demo_accounts.html", takes_context=True)
def demo_accounts(context: template.Context) -> dict[str, Any]:
    """One form per account that signs in with a click; nothing at all outside the demo."""
    request = context.get("request")
    return {
        "accounts": DEMO_ACCOUNTS if getattr(settings, "DEMO", False) else (),
        "password": PASSWORD,
        "next": request.GET.get("next", "") if request else "",
        "csrf_token": context.get("csrf_token"),
    }
