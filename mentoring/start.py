"""What every way of starting the program shares: settings that cannot work are said in one sentence."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

WEB_SECONDS = 4
"""What a page waits for one statement of the database: with Redis's patience added, an answer takes less than 6 s."""

WORKER_SECONDS = 60


@contextmanager
def sentence() -> Iterator[None]:
    """A wrong or missing setting ends the program with its sentence and no traceback."""
    try:
        yield
    except ImproperlyConfigured as refusal:
        sys.exit(f"Cannot start: {refusal}")


def require_settings() -> None:
    with sentence():
        _ = settings.INSTALLED_APPS


def require_places(*, static: bool) -> None:
    """What only shows with the first page or the first document is asked at the start."""
    with sentence():
        _require_writable(Path(settings.MEDIA_ROOT))
        if static:
            _require_manifest()


def _require_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        words = f"MEDIA_ROOT cannot be written ({folder}: {error.strerror})"
        raise ImproperlyConfigured(
            f"{words}: let the user {os.getuid()}, as whom this runs, write there, and make room."
        ) from error


def _require_manifest() -> None:
    """Without it each page would fail that names a style sheet, the pages for errors among them."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    if not getattr(staticfiles_storage, "hashed_files", "not asked for, while developing"):
        raise ImproperlyConfigured(
            f"STATIC_ROOT holds no static files yet ({settings.STATIC_ROOT}): run `python manage.py collectstatic`."
        )
