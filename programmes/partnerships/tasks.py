from celery import shared_task

from .services import succession


@shared_task(name="partnerships.open_teams", ignore_result=True)
def open_teams() -> None:
    """Once an hour: invitations into empty teams go out when nobody objected within a week. Safe to run twice."""
    succession.open_due()
