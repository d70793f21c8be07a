"""Production: everything that differs between installations comes from the environment (.env.example)."""

from django.core.exceptions import ImproperlyConfigured

from mentoring.settings.base import *
from mentoring.settings.base import BASE_DIR
from mentoring.settings.environment import Environment
from mentoring.settings.parts import broker, redis_cache

env = Environment()
env.refuse_demo()

SECRET_KEY = env.secret_key("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
SITE_URL = env.site("SITE_URL", hosts=ALLOWED_HOSTS)

# Ten minutes: with a connection go the plans that PostgreSQL made for it (`common.prepared`).
DATABASES = {"default": {**env.database("DATABASE_URL"), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}
REDIS_URL = env.redis("REDIS_URL")
CACHES = redis_cache(REDIS_URL)
CELERY_BROKER_URL = broker(REDIS_URL)

STATIC_ROOT = env.folder("STATIC_ROOT", default=BASE_DIR / "var" / "static")
MEDIA_ROOT = env.folder("MEDIA_ROOT")

globals().update(env.mail("EMAIL_URL", "DEFAULT_FROM_EMAIL"))

# The web server speaks plain HTTP to a proxy that ends TLS and says so in X-Forwarded-Proto.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# A town hall that shares its domain with others says no to the first. The second is a promise that takes months to
# take back, to be made by whoever owns the domain: Django's check that asks for it is silenced.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.flag("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if SECURE_HSTS_PRELOAD and not SECURE_HSTS_INCLUDE_SUBDOMAINS:
    raise ImproperlyConfigured("HSTS_PRELOAD needs the subdomains: set HSTS_SUBDOMAINS to yes, or HSTS_PRELOAD to no.")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR", default=True)
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PROXY_COUNT", default=1)
