"""Figures of fewer than ten people in what is told: behind them somebody may be recognised, so they are asked about
before anybody outside the team reads them."""

import re
from collections.abc import Iterator

from .shapes import PracticeData

SMALLEST = 10
"""Of people of whom a figure may be told without asking."""

_PEOPLE = (
    r"people|persons?|women|men|woman|man|girls?|boys?|children|child|famil(?:y|ies)|households?|migrants?|refugees?"
    r"|asylum|newcomers?|learners?|pupils?|students?|participants?|residents?|workers?|mothers?|fathers?|parents?"
    r"|personas?|mujeres|mujer|hombres?|niñ[oa]s?|familias?|hogares|migrantes?|refugiad[oa]s?|alumn[oa]s?|jóvenes"
    r"|participantes?|residentes?|trabajador(?:a|es|as)?|madres?|padres?|vecin[oa]s?"
    r"|personnes?|femmes?|hommes?|enfants?|familles?|réfugiée?s?|élèves?|habitante?s?"
    r"|mensen|vrouwen|mannen|kinderen|gezinnen|donne|uomini|persone|bambini|famiglie"
)
_FEW = re.compile(rf"(?<![\d.,:/–-])\b[1-9]\s+(?:[^\W\d_]+\s+){{0,2}}(?:{_PEOPLE})\b", re.IGNORECASE | re.UNICODE)
LONGEST_TEXT = 20_000
"""Letters of a point that are looked through."""
MOST_FOUND = 10


def figures_of_few(content: PracticeData) -> list[str]:
    """What reads like a figure of one to nine people, in the order of the annex; a hint, no proof."""
    return list(dict.fromkeys(_found(content)))[:MOST_FOUND]


def _found(content: PracticeData) -> Iterator[str]:
    captions = (picture["caption"] for picture in content["pictures"])
    for text in (content["title"], content["summary"], *(point["text"] for point in content["points"]), *captions):
        for match in _FEW.finditer(text[:LONGEST_TEXT]):
            yield " ".join(match.group().split())
