from celery import shared_task

from .services import history, invitations, succession


@shared_task(name="partnerships.forget_invitations", ignore_result=True)
def forget_invitations() -> None:
    """Once a day: names and addresses of invitations a year past their time are deleted, from the histories of teams,
    too. Safe to run twice."""
    invitations.forget_old()
    history.forget_names()


@shared_task(name="partnerships.open_teams", ignore_result=True)
def open_teams() -> None:
    """Once an hour: invitations into empty teams go out when nobody objected within a week. Safe to run twice."""
    succession.open_due()
