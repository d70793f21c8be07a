"""The web application for gunicorn."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.production")

from django.core.wsgi import get_wsgi_application

from mentoring.start import require_settings

require_settings()
application = get_wsgi_application()
