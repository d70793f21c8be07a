"""For the tests: PostgreSQL and Redis are private servers, their addresses come from tests/services.py."""

import os
import tempfile
from pathlib import Path

import environ

from mentoring.settings.base import *
from mentoring.settings.base import STORAGES
from mentoring.settings.parts import broker, postgresql, redis_cache

SECRET_KEY = "only-for-tests-and-known-to-everybody"  # noqa: S105
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

DATABASES = {
    "default": {
        **postgresql(
            environ.Env.db_url_config(os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:1/tests"))
        ),
        "CONN_MAX_AGE": 0,
    }
}
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:1/0")
# Apart from the broker's, so that emptying the cache between tests loses no task.
CACHES = redis_cache(os.environ.get("CACHE_URL", REDIS_URL))
CELERY_BROKER_URL = broker(REDIS_URL)

# Fast and not secret: passwords of tests protect nobody.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if os.environ.get("TEST_EMAIL_PORT"):
    # A worker of a test that has a mail server.
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["TEST_EMAIL_PORT"])
MEDIA_ROOT = Path(os.environ.get("TEST_MEDIA_ROOT") or tempfile.mkdtemp(prefix="mentoring-test-media-"))
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Limits on sign-in attempts have their own tests, which turn them on.
ACCOUNT_RATE_LIMITS = False

# Long enough for a slow machine to beat in time, short enough for tests that kill a worker.
DOCUMENT_STALE_AFTER = 3
