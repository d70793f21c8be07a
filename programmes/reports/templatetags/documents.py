"""Asking for a document from any page: `{% load documents %}{% ask_for_document "action-plan" plan.pk %}`."""

from typing import Any

from django import template

from ..forms import AskForm
from ..registry import builder_of

register = template.Library()


@register.inclusion_tag("reports/_ask.html", takes_context=True)
def ask_for_document(
    context: dict[str, Any], kind: str, subject_id: int, version: int | None = None, label: str = ""
) -> dict[str, Any]:
    """A button that unfolds the choice of language, format and wording; its answer appears below it.

    `version` is the id of a frozen or shared version; without it the document holds what the person may read now.
    """
    builder = builder_of(kind)
    form = AskForm(
        builder=builder,
        initial={"kind": kind, "subject_id": subject_id, "version": version},
        auto_id=f"ask-{kind}-{subject_id}-{version or 'now'}-%s",
    )
    return {
        "form": form,
        "builder": builder,
        "label": label,
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }
