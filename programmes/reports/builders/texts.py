"""Texts of people as blocks: in their own language, or in the working language where somebody translated them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from ..blocks import Block, ListBlock, Prose, Unanswered
from ..enums import Texts


def unanswered() -> Unanswered:
    return Unanswered(_("No answer yet"))


def is_translated(entry: Mapping[str, Any], texts: str) -> bool:
    """Whether the translation is what will be printed."""
    return texts == Texts.WORKING and bool(entry["translation"])


def written(entry: Mapping[str, Any], markup: str, *, texts: str, working_language: str) -> Prose:
    """An answer or cell (as in a snapshot) whose value reads `markup`, or its translation where that is wanted."""
    if is_translated(entry, texts):
        return Prose(entry["translation"], working_language, _notes(entry, translated=True))
    return Prose(markup, entry["language"], _notes(entry, translated=False))


def listed(entry: Mapping[str, Any], *, texts: str, working_language: str) -> Block:
    """The same for a list of lines."""
    if is_translated(entry, texts) or entry["on_behalf"]:
        markup = "\n".join(f"- {line}" for line in entry["value"])
        return written(entry, markup, texts=texts, working_language=working_language)
    return ListBlock(tuple(entry["value"]), entry["language"])


def _notes(entry: Mapping[str, Any], *, translated: bool) -> str:
    notes = []
    if translated and entry["language"]:
        notes.append(_("Translated from this language: %(language)s.") % {"language": language_name(entry["language"])})
    if translated and entry["translation_stale"]:
        notes.append(_("The original has changed since it was translated."))
    if entry["on_behalf"]:
        notes.append(_("Typed by the facilitator on behalf of the city."))
    return " ".join(notes)


def language_name(code: str) -> str:
    """The language's name in the active language; its code where Django does not know it."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
