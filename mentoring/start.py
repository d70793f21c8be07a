"""What every way of starting the program shares: settings that cannot work are said in one sentence."""

import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def require_settings() -> None:
    """Loads the settings; a wrong or missing one ends the program with its sentence and no traceback."""
    try:
        _ = settings.INSTALLED_APPS
    except ImproperlyConfigured as refusal:
        sys.exit(f"Cannot start: {refusal}")
