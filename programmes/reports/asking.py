"""The button that asks for a document, wherever a page below leaves a slot for it."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from .forms import AskForm
from .registry import builder_of


def ask_for_document(
    context: Mapping[str, Any], kind: str, subject_id: int, version: int | None = None, label: str = ""
) -> str:
    """A button that unfolds the choice of language, format and wording; its answer appears below it:
    `{% slot "ask_for_document" "action-plan" plan.pk %}`.

    `version` is the id of a frozen or shared version; without it the document holds what the person may read now."""
    builder = builder_of(kind)
    form = AskForm(
        builder=builder,
        initial={"kind": kind, "subject_id": subject_id, "version": version},
        auto_id=f"ask-{kind}-{subject_id}-{version or 'now'}-%s",
    )
    return render_to_string(
        "reports/_ask.html", {"form": form, "builder": builder, "label": label}, context.get("request")
    )
