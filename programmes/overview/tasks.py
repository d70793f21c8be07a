from celery import shared_task
from django.utils import timezone

from . import privacy


@shared_task(name="overview.expire", ignore_result=True)
def expire() -> None:
    """Every hour: whatever has been kept long enough is deleted. Safe to run twice."""
    privacy.expire(timezone.now())
