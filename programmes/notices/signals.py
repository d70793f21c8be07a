"""What accounts say, which know no mails."""

from typing import Any

from django.dispatch import receiver

from programmes.accounts.models import User
from programmes.accounts.services import erasure_noted
from programmes.common import clock

from .services import post


@receiver(erasure_noted, dispatch_uid="notices.erasure_noted")
def tell_of_erasure(user: User, **kwargs: Any) -> None:
    moment = clock.now().isoformat()
    post(
        "erasure_noted",
        address=user.email,
        person=getattr(user, "person", None),
        language=user.language,
        subject_id=user.pk,
        identity=f"erasure_noted:{user.pk}:{moment}",
    )
