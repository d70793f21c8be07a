"""Numbers as people write them, in whichever language: "55 300", "55.300", "55,300" are one number. Pure."""

import re
from decimal import Decimal, InvalidOperation

# Blanks of all widths and the Swiss apostrophe only ever group digits.
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f'\u2019]")
_ABOUT = re.compile(r"^(?:~|≈|±|ca?\.)\s*", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")


def says_about(text: str) -> bool:
    """Whether the number is marked as a rounded one: "~ 55 000", "ca. 55 000"."""
    return bool(_ABOUT.match(text.strip()))


def parse(text: str) -> Decimal | None:
    """The number meant, or None where it is none or could not be told.

    Point and comma both group ("1.234.567") or begin the decimals ("2,5"); one sign before exactly three digits
    groups, because people write whole inhabitants and whole budgets.
    """
    plain = _BLANKS.sub("", _ABOUT.sub("", text.strip()))
    if not _NUMBER.fullmatch(plain):
        return None
    if _GROUPED.fullmatch(plain):
        return _decimal(re.sub("[.,]", "", plain))
    return _decimal(_with_point(plain))


def _with_point(plain: str) -> str:
    """The last sign begins the decimals, if what stands before it is plain or grouped by the other sign; else ""."""
    whole, sign, rest = plain.rpartition(max(".", ",", key=plain.rfind))
    if not sign or whole.isdecimal():
        return f"{whole}.{rest}" if sign else plain
    groups = _GROUPED.fullmatch(whole)
    return f"{re.sub('[.,]', '', whole)}.{rest}" if groups and groups.group(1) != sign else ""


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
