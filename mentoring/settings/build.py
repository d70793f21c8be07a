"""For building and checking, where there is neither a database nor a secret."""

from mentoring.settings.base import *
from mentoring.settings.base import BASE_DIR

SECRET_KEY = "used while building, never while serving"  # noqa: S105
STATIC_ROOT = BASE_DIR / "var" / "static"
