"""What `make run` uses: as production, but on SQLite and an embedded Redis, all of it below VAR_DIR.

With DEMO=0 there is no demo in it, but somebody's own programme."""

import os
import secrets
from pathlib import Path
from urllib.parse import quote

from mentoring.settings.base import *
from mentoring.settings.base import BASE_DIR
from mentoring.settings.parts import broker, redis_cache, sqlite

DEMO = os.environ.get("DEMO") != "0"
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / ("var" if DEMO else "var/own")).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)
VAR_DIR.chmod(0o700)


def _kept_secret(path: Path) -> str:
    """Made once and kept, readable by its owner only, so that a restart signs nobody out."""
    try:
        with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as new:
            new.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _kept_secret(VAR_DIR / "secret")
SITE_URL = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

DATABASES = {"default": sqlite(VAR_DIR / ("demo.sqlite3" if DEMO else "own.sqlite3"))}
REDIS_URL = os.environ.get("REDIS_URL") or f"unix://{quote(str(VAR_DIR))}/redis.sock"
CACHES = redis_cache(REDIS_URL)
CELERY_BROKER_URL = broker(REDIS_URL)

STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = VAR_DIR / "media"

if not DEMO:  # whoever started it reads its files; nobody reads others' mails on a page
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mails"
