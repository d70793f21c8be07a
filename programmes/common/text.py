"""Cleaning and folding of plain text; pure functions."""

import re
import unicodedata

LONGEST_TEXT = 100_000
"""Characters in one box: about forty printed pages."""

# PostgreSQL refuses NUL and lone surrogates, XML (hence DOCX) refuses the other controls and the two
# noncharacters. Vertical tab, form feed and the Unicode separators are line breaks that Word leaves behind.
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text with `\\n` as its only line break and without characters that no store or document takes."""
    return _UNSTORABLE.sub("", _LINE_BREAKS.sub("\n", text))


def is_storable(text: str) -> bool:
    return not _UNSTORABLE.search(text)


def clean_value(value):
    """`clean` applied to every string of a JSON value (keys included)."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key) if isinstance(key, str) else key: clean_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_value(item) for item in value]
    return value


def fold(text: str) -> str:
    """For comparing and sorting names: without case, accents and doubled spaces ("Łódź" stays distinct: "łodz")."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())
