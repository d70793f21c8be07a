"""The background worker: renders documents, sends what may wait. Its settings are Django's, prefixed CELERY_."""

import logging
import os
import sys
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import setup_logging

if Path(sys.argv[0]).name == "celery" or sys.argv[0].endswith("celery/__main__.py"):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.production")
    from mentoring import deadline
    from mentoring.start import WORKER_SECONDS, require_places, require_settings

    require_settings()
    require_places(static=False)
    # What libraries warn of stands in the log as a line like all others.
    logging.captureWarnings(True)
    deadline.install(WORKER_SECONDS)

app = Celery("mentoring")
# The current app is a matter of the thread that imports this. A web server's other threads would otherwise send their
# tasks through an app of Celery's own making, to a broker that is not there.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["mentoring"], related_name="health")


@setup_logging.connect
def keep_our_logging(**kwargs: Any) -> None:
    """Celery would replace the logging of Django's settings by its own; being connected here, it does not."""
