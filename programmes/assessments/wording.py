"""Words of a questionnaire as a reader sees them: in their language, with the programme's policy field put in."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from programmes.common.fields import in_language

VARIABLE = "{policy_field}"


def worded(texts: Mapping[str, str] | None, policy_field: Mapping[str, str] | None, language: str | None = None) -> str:
    """The text in `language` (default: the reader's); the policy field follows in the same language."""
    text = in_language(texts, language)
    return text.replace(VARIABLE, in_language(policy_field, language) or _("this programme")) if text else ""


def source_words(source: str) -> str:
    """Where a form comes from, in the reader's language: "Annex 2" → "Anexo 2"."""
    return re.sub(r"Annex (\d+)", lambda found: _("Annex %(number)s") % {"number": found[1]}, source)


def asked(part: Any, *, question: Any = None) -> dict:
    """The wording an answer was given to, for its history: `{"question": {…}, "label": {…}}`."""
    question = question or part.question
    return {"question": question.title, "label": part.label}
