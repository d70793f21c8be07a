"""Texts as nobody writes them and somebody may send them: each family is one way to make a computer think hard.

Made, not stored; the same at each call. `SIZE` characters, the most that a box takes.
"""

from collections.abc import Callable, Iterator
from itertools import cycle, islice

from programmes.common.autosave import LONGEST_TEXT

SIZE = LONGEST_TEXT


def _filled(*pieces: str, size: int = SIZE) -> str:
    """The pieces again and again."""
    whole = "".join(pieces)
    return (whole * (size // len(whole) + 1))[:size]


def _numbered(piece: Callable[[int], str], size: int = SIZE) -> str:
    """A piece for each number, until the text is long enough."""
    parts: list[str] = []
    length = number = 0
    while length < size:
        parts.append(piece(number))
        length += len(parts[-1])
        number += 1
    return "".join(parts)[:size]


def _staircase(mark: str) -> str:
    """Lists in lists, each line a step deeper than the one before, beginning again where the stairs end."""
    return _numbered(lambda number: "  " * (number % 40) + f"{mark} x\n")


def _brackets_around(inside: str) -> str:
    half = (SIZE - len(inside)) // 2
    return "[" * half + inside + "]" * half


WORDS = ("house", "rooms", "and", "people", "the", "city", "of", "young", "school", "a")


def _prose() -> str:
    """Ordinary sentences of few words, no two alike, without a paragraph."""
    words: Iterator[str] = islice(cycle(WORDS), 20_000)
    return " ".join(f"{word}{number % 89}" for number, word in enumerate(words))[:SIZE]


FAMILIES: dict[str, str] = {
    "open brackets": "[" * (SIZE - 1),
    "closed brackets": "]" * SIZE,
    "nested brackets": _brackets_around("x"),
    "nested links": _brackets_around("x](https://a.example)"),
    "half links": _filled("[a]("),
    "half links with titles": _filled('[a](b "'),
    "links": _filled("[a](https://b.example)"),
    "destinations": _filled("[](<"),
    "bracket pairs": _filled("[]"),
    "brackets with words": _filled("[a "),
    "brackets in emphasis": _filled("*[_"),
    "brackets and backslashes": _filled("[\\"),
    "brackets a line": _filled("[\n"),
    "brackets a paragraph": _filled("[" * 40, "\n\n"),
    "link reference definitions": _numbered(lambda number: f"[a{number}]: https://b.example/{number}\n"),
    "asterisks": "*" * SIZE,
    "underscores": "_" * SIZE,
    "asterisks and underscores": _filled("*_"),
    "bold words": _filled("**a** "),
    "open emphasis": _filled("*a "),
    "open bold": _filled("**a "),
    "emphasis in emphasis": _filled("*a **b "),
    "odd emphasis": _filled("*a_ "),
    "emphasis of every word": _filled("a**b"),
    "emphasis and blanks": _filled("* * "),
    "nested emphasis": "*a " * (SIZE // 6) + " a*" * (SIZE // 6),
    "nested bold": "**a" * (SIZE // 6) + "b**" * (SIZE // 6),
    "backticks": "`" * SIZE,
    "backtick runs": _numbered(lambda number: "`" * number + "a"),
    "open angles": "<" * SIZE,
    "closed angles": ">" * SIZE,
    "autolinks": _filled("<https://a.example>"),
    "half autolinks": _filled("<a:"),
    "mail addresses": _filled("<a@b.c>"),
    "half mail addresses": "<" + _filled("a.", size=SIZE - 1),
    "mail address of many parts": "<a@" + _filled("a.", size=SIZE - 10) + "!>",
    "addresses": _filled("https://a.example "),
    "addresses without a blank": _filled("https://a.example/"),
    "an address of dots": "https://" + "." * (SIZE - 8),
    "addresses of dots": _filled("http://", "." * 40, " "),
    "addresses of one sign": _filled("http://a"),
    "ampersands": "&" * SIZE,
    "entities": _filled("&amp;"),
    "quotes": "> " * (SIZE // 2),
    "backslashes": "\\" * SIZE,
    "backslashes and line breaks": _filled("\\\n"),
    "escapes": _filled("\\*"),
    "exclamation marks": "!" * SIZE,
    "signs that end words": _filled("!#$%&+-:=>@]^`{}~"),
    "line breaks": "\n" * SIZE,
    "blanks": " " * SIZE,
    "blanks and a word": " " * (SIZE - 1) + "a",
    "a word and blanks": "a" + " " * (SIZE - 2) + "a",
    "lines that end in blanks": _filled("a", " " * 30, "\n"),
    "hard breaks": _filled("a  \n"),
    "empty lines of blanks": _filled("\n", " " * 40),
    "tabs": "\t" * SIZE,
    "tabs and words": _filled("a\t"),
    "indented lines": _filled(" " * 41, "a\n"),
    "short lines": _filled("a\n"),
    "short lines, none alike": _numbered(lambda number: f"{number}\n"),
    "short paragraphs": _filled("a\n\n"),
    "short paragraphs, none alike": _numbered(lambda number: f"{number}\n\n"),
    "dashes": "- " * (SIZE // 2),
    "items": _filled("- a\n"),
    "empty items": _filled("-\n"),
    "loose items": _filled("- a\n\n"),
    "items of two marks": _filled("- a\n* b\n"),
    "numbered items": _numbered(lambda number: f"{number % 999_999_999}. a\n"),
    "numbers with brackets": _filled("1) a\n1. a\n"),
    "nested items a line": _filled("- " * 8, "a\n"),
    "numbered items a line": _filled("1. " * 8, "a\n"),
    "stairs": _staircase("-"),
    "numbered stairs": _staircase("1."),
    "stairs of many lines": _filled(*("  " * step + "- a\n" for step in range(20))),
    "items with long tails": _filled("- a\n", "b\n" * 500),
    "a deep item with many lines": "- " * 8 + "a\n" + _filled("b\n", size=SIZE - 18),
    "a deep item with many paragraphs": "- " * 8 + "a\n\n" + _filled(" " * 16 + "b\n\n", size=SIZE - 19),
    "digits": "1" * SIZE,
    "digits and dots": _filled("1."),
    "one long word": "a" * SIZE,
    "words": _filled("a "),
    "alternating signs": _filled("a-"),
    "two signs": _filled("+-"),
    "prose": _prose(),
    "line separators": _filled("a\u2028"),
    "accents": "a" + "\u0301" * (SIZE - 1),
    "emoji": "\U0001f469\u200d" * (SIZE // 2),
    "right to left": _filled("\u0645\u0631 \u202e"),
    "quotation marks": "\"'" * (SIZE // 2),
    "tags": _filled("<b>"),
    "scripts": _filled("<script>"),
    "comments": _filled("<!--"),
    "zero bytes": "a\x00" * (SIZE // 2),
    "carriage returns": "a\r" * (SIZE // 2),
    "paragraphs of brackets": _filled("[a\n\n"),
    "item markers of blanks": _filled("-", " " * 30, "\n"),
    "tables": _filled("| a | b |\n"),
    "headings": _filled("# a\n"),
    "fences": _filled("```\n"),
    "rules": _filled("***\n"),
    "underlines": _filled("a\n===\n"),
}
