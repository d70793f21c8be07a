"""Things written twice, or built from others, agree."""

import re

from django.conf import settings

from tools import icons

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text(encoding="utf-8")


def test_icons_in_use_are_in_the_sprite():
    assert icons.main(["--check"]) == 0


def test_dark_colours_are_the_same_with_and_without_javascript():
    chosen = re.search(r'\[data-bs-theme="dark"\] \{(.*?)\}', TOKENS, re.S)
    of_the_system = re.search(r":root:not\(\[data-bs-theme\]\) \{(.*?)\}", TOKENS, re.S)
    assert chosen.group(1).split() == of_the_system.group(1).split()


def test_every_colour_has_a_dark_one():
    light, dark = (
        set(re.findall(r"(--[a-z-]+):", block))
        for block in re.findall(r'\[data-bs-theme="(?:light|dark)"\] \{(.*?)\}', TOKENS, re.S)
    )
    assert light == dark


def test_every_variable_that_a_style_uses_has_a_value():
    """An unknown one is no error to a browser: the rule is just not there."""
    sheets = [
        *(settings.BASE_DIR / "static").rglob("*.css"),
        *(settings.BASE_DIR / "programmes").glob("*/static/**/*.css"),
    ]
    texts = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    used, given = set(re.findall(r"var\((--[\w-]+)", texts)), set(re.findall(r"(--[\w-]+)\s*:", texts))
    assert {name for name in used - given if not name.startswith("--bs-")} == set()
