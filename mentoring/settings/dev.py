"""For developers: reload and debug pages, on the data of the demo."""

from mentoring.settings.demo import *
from mentoring.settings.demo import STORAGES

DEBUG = True
INTERNAL_IPS = ["127.0.0.1"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
