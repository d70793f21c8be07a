"""What this app does when something below it changes."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from programmes.participants.models import Organisation

from .services.summary import refresh_names_of


@receiver(post_save, sender=Organisation, dispatch_uid="partnerships.names")
def follow_names(sender: Any, instance: Organisation, created: bool, raw: bool, **kwargs: Any) -> None:
    """The board sorts by names that the directory may change."""
    if not created and not raw:
        transaction.on_commit(partial(refresh_names_of, instance))
