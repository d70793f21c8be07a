"""Texts of people as blocks: in their own language, or in the working language where somebody translated them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from programmes.common.kinds import Box, kind_of
from programmes.common.languages import language_name

from ..blocks import Block, ListBlock, Prose, Unanswered
from ..enums import Texts


def unanswered() -> Unanswered:
    return Unanswered(_("No answer yet"))


def still_open(labels: Sequence[str]) -> Unanswered:
    """One line for all the boxes of a question, or of an action, that nobody wrote in."""
    return Unanswered(_("No answer yet: %(parts)s") % {"parts": " · ".join(labels)})


def is_translated(entry: Mapping[str, Any], texts: str) -> bool:
    """Whether the translation is what will be printed."""
    return texts == Texts.WORKING and bool(entry["translation"])


def answered(entry: Mapping[str, Any] | None, box: Box, *, texts: str, working_language: str) -> Block:
    """An answer or cell (as in a snapshot) as its kind reads, or its translation where that is wanted."""
    kind = kind_of(box)
    markup = kind.markup(entry["value"], box) if entry else ""
    if entry is None or not markup:
        return unanswered()
    if not kind.has_words(entry["value"]):
        return Prose(markup, "", _notes(entry, translated=False))
    if is_translated(entry, texts):
        translated = kind.translated(entry["value"], entry["translation"], box)
        return Prose(translated, working_language, _notes(entry, translated=True))
    items = kind.entries(entry["value"])
    if items is not None and not entry["on_behalf"]:
        return ListBlock(tuple(items), entry["language"])
    return Prose(markup, entry["language"], _notes(entry, translated=False))


def _notes(entry: Mapping[str, Any], *, translated: bool) -> str:
    notes = []
    if translated and entry["language"]:
        notes.append(_("Translated from this language: %(language)s.") % {"language": language_name(entry["language"])})
    if translated and entry["translation_stale"]:
        notes.append(_("The original has changed since it was translated."))
    if entry["on_behalf"]:
        notes.append(_("Typed by the facilitator on behalf of the city."))
    return " ".join(notes)
