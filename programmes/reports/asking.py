"""The button that asks for a document, wherever a page below leaves a slot for it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .forms import AskForm
from .registry import builder_of

SUBJECT, VERSION, TOKEN = "place-of-the-subject", "place-of-the-version", "place-of-the-token"


def ask_for_document(
    context: Mapping[str, Any], kind: str, subject_id: int, version: int | None = None, label: str = ""
) -> SafeString:
    """A button that unfolds the choice of language, format and wording; its answer appears below it:
    `{% slot "ask_for_document" "action-plan" plan.pk %}`.

    `version` is the id of a frozen or shared version; without it the document holds what the person may read now."""
    html = _panel(kind, version is not None, str(label), get_language() or "")
    here = {SUBJECT: subject_id, VERSION: version, TOKEN: get_token(context["request"])}
    for place, value in here.items():
        html = html.replace(place, escape(value))
    return mark_safe(html)  # noqa: S308 (our own template, with numbers and a token in their places)


@lru_cache(maxsize=200)
def _panel(kind: str, of_version: bool, label: str, language: str) -> str:
    """The same for everybody but for the subject, made once per language: its form costs a tenth of a page."""
    builder = builder_of(kind)
    form = AskForm(
        builder=builder,
        initial={"kind": kind, "subject_id": SUBJECT, "version": VERSION if of_version else None},
        auto_id=f"ask-{kind}-{SUBJECT}-{VERSION if of_version else 'now'}-%s",
    )
    context = {"form": form, "builder": builder, "label": label, "csrf_token": TOKEN}
    return render_to_string("reports/_ask.html", context)
