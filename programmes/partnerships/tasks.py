from celery import shared_task

from .services import invitations


@shared_task(name="partnerships.forget_invitations", ignore_result=True)
def forget_invitations() -> None:
    """Once a day: names and addresses of invitations a year past their time are deleted. Safe to run twice."""
    invitations.forget_old()
