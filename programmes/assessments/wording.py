"""Words of a questionnaire as a reader sees them: in their language, with the programme's words put in."""

import re
from typing import Any

from django.utils.translation import gettext as _

from programmes.common.fields import in_language
from programmes.partnerships.words import Texts, Words, default_variables

VARIABLE = re.compile(r"{(\w+)}")


def worded(texts: Texts | None, words: Words | None, language: str | None = None) -> str:
    """The text in `language` (default: the reader's); the programme's words (`Programme.variables`) follow in the same
    language. Without a programme its field is "this programme", and everything else the default."""
    known = default_variables() | dict(words or {})

    def put_in(found: re.Match[str]) -> str:
        return in_language(known.get(found[1]), language) or _("this programme")

    return VARIABLE.sub(put_in, in_language(texts, language))


def numbered(number: int | str | None, words: str) -> str:
    """ "3 · Obstacles"; a question beside the annex's own has no number."""
    return f"{number} · {words}" if number else words


def source_words(source: str) -> str:
    """Where a form comes from, in the reader's language: "Annex 2" → "Anexo 2"."""
    return re.sub(r"Annex (\d+)", lambda found: _("Annex %(number)s") % {"number": found[1]}, source)


def asked(part: Any, *, question: Any = None) -> dict:
    """The wording an answer was given to, for its history: `{"question": {…}, "label": {…}}`."""
    question = question or part.question
    return {"question": question.title, "label": part.label}
