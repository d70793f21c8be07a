"""The Django project: settings, addresses, background worker. It knows the apps; no app knows it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
