"""What every page may ask of the site itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """`DEMO`: whether this is the demo, which says so on every page and lists its accounts at sign-in."""
    return {"DEMO": settings.DEMO}
