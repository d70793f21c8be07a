"""Settings that do not depend on where the program runs. What differs: dev.py, demo.py, production.py, test.py."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from mentoring.logs import logging_settings
from mentoring.settings.parts import REDIS_PATIENCE

BASE_DIR = Path(__file__).resolve().parents[2]

DEBUG = False
DEMO = False
"""The demo shows its accounts at sign-in and its mails in the outbox; production refuses it."""

INSTALLED_APPS = [
    # Ours first: their templates and translations go before those of the libraries below.
    "programmes.overview",
    "programmes.reports",
    "programmes.action_plans",
    "programmes.practices",
    "programmes.assessments",
    "programmes.benchmarks",
    "programmes.sharing",
    "programmes.conversations",
    "programmes.partnerships",
    "programmes.participants",
    "programmes.links",
    "programmes.notices",
    "programmes.accounts",
    "programmes.common",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_htmx",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "mentoring.health.ProbesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mentoring.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "mentoring.headers.HeadersMiddleware",
    # Before anything reads a form: NULs and lone surrogates never reach a view or the database.
    "programmes.common.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "programmes.common.access.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # After LocaleMiddleware: the signed-in person's own language and time zone go before the browser's.
    "programmes.accounts.middleware.PersonMiddleware",
    "programmes.accounts.second_factor.SecondFactorMiddleware",
    "programmes.accounts.middleware.KeptPostMiddleware",
    "programmes.overview.counting.CountAgainMiddleware",
]

ROOT_URLCONF = "mentoring.urls"
WSGI_APPLICATION = "mentoring.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "Mentoring"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "django",
        "OPTIONS": {
            "loaders": [("programmes.common.folding.Loader", ["django.template.loaders.app_directories.Loader"])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "programmes.overview.navigation.shell",
            ],
        },
    },
    {
        # Printed documents know no request: what is on paper comes from the builder's content alone.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": "docs",
        "DIRS": [BASE_DIR / "templates_docs"],
        "APP_DIRS": False,
        "OPTIONS": {"context_processors": []},
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5"]
CRISPY_TEMPLATE_PACK = "bootstrap5"

# People and sign-in

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview:start"
LOGOUT_REDIRECT_URL = "account_login"
CSRF_FAILURE_VIEW = "programmes.accounts.views.csrf_failure"

ACCOUNT_ADAPTER = "programmes.accounts.adapter.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# An address is proved by following the invitation sent to it, so allauth need not ask again.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "programmes.accounts.forms.SignInForm",
    "add_email": "programmes.accounts.forms.NewAddressForm",
    "reset_password": "programmes.accounts.forms.NewPasswordForm",
    "reset_password_from_key": "programmes.accounts.forms.ChosenPasswordForm",
}
# One address per account, changed once the new one is confirmed; whoever may be concerned hears of changes.
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever sits down at an open session changes no address.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Nobody registers here with somebody else's address, and an address that still waits must not keep a factor out.
MFA_ALLOW_UNVERIFIED_EMAIL = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
SECOND_FACTOR_REQUIRED = False
"""Of administrators and coordinators; production says yes, unless the environment says no."""
MFA_ADAPTER = "programmes.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
FORMAT_MODULE_PATH = "programmes.common.formats"

# Static files: ours and, from the npm packages, only what is listed in the finder

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "programmes.common.finders.NodePackagesFinder",
]
NODE_MODULES = BASE_DIR / "node_modules"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# No address serves media: every file goes through a view that asks who may have it.
MEDIA_URL = ""
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# What a browser is told

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        # data: for Bootstrap's own icons and the picture of the second factor's key
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_ENGINE = "programmes.accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# Mail: without mail settings it stays in the outbox, a page for administrators (in the demo for coordinators, too)

EMAIL_BACKEND = "programmes.accounts.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = "Mentoring <no-reply@localhost>"
EMAIL_TIMEOUT = 5
SITE_URL = "http://localhost:8000"
"""Where this site is, for mails that no request causes; without a slash at the end."""

# Background work: the row in the database is the truth, so any loss in the broker heals by itself

CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A killed worker's task comes back after the timeout, asked for every ten seconds and not each hundredth look.
# A timeout below the longest task would run it for ever.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    # Whoever queues while the broker is away is not kept waiting six seconds: the sweeper queues again.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
    "socket_timeout": REDIS_PATIENCE,
    "socket_connect_timeout": REDIS_PATIENCE,
}
# Each queue has workers of its own (docker-compose.yml, tools/supervisor.py): a hundred documents keep no mail waiting.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {"light": {}, "documents": {}}
CELERY_TASK_DEFAULT_QUEUE = "light"
CELERY_TASK_ROUTES = {"reports.render": {"queue": "documents"}}
# Whatever a library keeps in memory goes with its process.
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
CELERY_BEAT_SCHEDULE = {
    # An order older than its successor is worth nothing: it expires instead of piling up behind a long task.
    **{
        f"health.beat.{queue}": {
            "task": "health.beat",
            "args": [queue],
            "schedule": 15.0,
            "options": {"expires": 15, "queue": queue},
        }
        for queue in CELERY_TASK_QUEUES
    },
    # Every hour: some things are kept for hours only, and a scheduler that is started anew each night would never come
    # to the end of a day.
    "overview.expire": {"task": "overview.expire", "schedule": 3600.0, "options": {"expires": 3600}},
    "partnerships.open_teams": {
        "task": "partnerships.open_teams",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "notices.sweep": {"task": "notices.sweep", "schedule": 60.0, "options": {"expires": 60}},
    "notices.digests": {"task": "notices.digests", "schedule": 600.0, "options": {"expires": 600}},
    "reports.sweep": {"task": "reports.sweep", "schedule": 30.0, "options": {"expires": 30}},
}

# Seconds after which a document without a heartbeat is taken from its worker and queued again.
DOCUMENT_STALE_AFTER = 20

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings()
