"""What this app does when something changes of which it keeps a summary."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from programmes.participants.models import Organisation

from .models import Partnership, Programme, ToolUse
from .services.summary import refresh_names_of, refresh_tools, tools_text


@receiver(post_save, sender=Organisation, dispatch_uid="partnerships.names")
def follow_names(sender: Any, instance: Organisation, created: bool, raw: bool, **kwargs: Any) -> None:
    """The board sorts by names that the directory may change."""
    if not created and not raw:
        transaction.on_commit(partial(refresh_names_of, instance))


@receiver([post_save, post_delete], sender=ToolUse, dispatch_uid="partnerships.tool")
def follow_choice(sender: Any, instance: ToolUse, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        refresh_tools(Partnership.objects.filter(pk=instance.partnership_id))


@receiver(post_save, sender=Partnership, dispatch_uid="partnerships.tools")
def begin_with_tools(sender: Any, instance: Partnership, created: bool, raw: bool, **kwargs: Any) -> None:
    if created and not raw:
        instance.tools_used = tools_text(instance.programme.tools_proposed)
        Partnership.objects.filter(pk=instance.pk).update(tools_used=instance.tools_used)


@receiver(post_save, sender=Programme, dispatch_uid="partnerships.proposed")
def follow_proposed(sender: Any, instance: Programme, created: bool, raw: bool, **kwargs: Any) -> None:
    """What the programme proposes holds wherever nobody chose."""
    if created or raw:
        return
    text, rows = tools_text(instance.tools_proposed), Partnership.objects.filter(programme=instance)
    rows.filter(tool_uses=None).exclude(tools_used=text).update(tools_used=text)
    refresh_tools(rows.filter(tool_uses__isnull=False).distinct())
