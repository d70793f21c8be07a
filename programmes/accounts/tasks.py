from celery import shared_task

from . import services


@shared_task(name="accounts.forget_expired", ignore_result=True)
def forget_expired() -> None:
    """Every hour: what was kept for a day or a month is deleted. Safe to run twice."""
    services.forget_expired()
