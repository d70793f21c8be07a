"""Addresses of pages, many on one page: Django looks through all patterns for each, here once per kind of address."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

PLACE = 7_300_000_019
"""Stands where a number goes, the next number for the next place; nothing else of an address looks like it."""

LONGEST_WORD = 40
"""Keys are shorter, tokens are longer: those are not kept."""


def address(name: str, *args: Any) -> str:
    """`reverse(name, args=args)`. Words (the key of a column, of a question) belong to the kind of address; numbers,
    of which there are too many to remember, are put into their places."""
    kind = tuple(None if type(arg) is int and arg >= 0 else arg for arg in args)
    if not all(word is None or (type(word) is str and len(word) <= LONGEST_WORD) for word in kind):
        return reverse(name, args=args)
    pieces = _pieces(name, kind, get_urlconf(), get_script_prefix())
    numbers = [str(arg) for arg, word in zip(args, kind, strict=True) if word is None]
    return pieces[0] + "".join(map("".join, zip(numbers, pieces[1:], strict=True)))


@lru_cache(maxsize=2000)
def _pieces(name: str, kind: tuple[str | None, ...], urlconf: Any, prefix: str) -> list[str]:
    """What stands before, between and behind the numbers."""
    places = iter(range(PLACE, PLACE + len(kind)))
    args = [next(places) if word is None else word for word in kind]
    rest, pieces = reverse(name, urlconf=urlconf, args=args), []
    for number in (arg for arg, word in zip(args, kind, strict=True) if word is None):
        before, _place, rest = rest.partition(str(number))
        pieces.append(before)
    return [*pieces, rest]
