"""The web application for gunicorn."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.production")

from django.core.wsgi import get_wsgi_application

from mentoring.start import require_places, require_settings
from programmes.common.middleware import Utf8Request

require_settings()
application = get_wsgi_application()
require_places(static=True)
application.request_class = Utf8Request
