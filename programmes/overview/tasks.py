from celery import shared_task
from django.utils import timezone

from programmes.notices import sending, waking

from . import digests, notices, privacy, reminders


@shared_task(name="overview.expire", ignore_result=True)
def expire() -> None:
    """Every hour: whatever has been kept long enough is deleted. Safe to run twice."""
    privacy.expire(timezone.now())


@shared_task(name=waking.SEND, ignore_result=True)
def send_mails() -> None:
    """Mails whose time has come; safe to run twice, because each is claimed in the database first."""
    notices.send()


@shared_task(name="notices.sweep", ignore_result=True)
def sweep_notices() -> None:
    """Every minute: what lost its worker or its message to one goes on."""
    notices.handle()
    if sending.sweep():
        notices.send()


@shared_task(name=waking.HANDLE, ignore_result=True)
def handle_happenings() -> None:
    """Whoever is to know of what happened gets a notice, and a mail where it is told at once."""
    notices.handle()


@shared_task(name="notices.digests", ignore_result=True)
def post_digests() -> None:
    """Every ten minutes: summaries whose hour has come, and once a day reminders. Safe to run twice."""
    reminders.remind()
    digests.post_due()
