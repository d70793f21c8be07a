"""Builds static/img/icons.svg: the icons that templates and code name, out of the npm package bootstrap-icons.

The package's font weighs 134 kB; a page uses a few dozen of its 2,000 icons.

    python tools/icons.py            write the sprite
    python tools/icons.py --check    say what is missing or not used, and exit with 1
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPRITE = ROOT / "static" / "img" / "icons.svg"
PACKAGE = ROOT / "node_modules" / "bootstrap-icons" / "icons"
NAMED = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']|icon(?:_name)?=["']([a-z0-9-]+)["']|icons\.svg#([a-z0-9-]+)""")
SYMBOL = re.compile(r'<symbol id="([a-z0-9-]+)"')
LICENCE = "<!-- Bootstrap Icons, MIT licence, The Bootstrap Authors. Built by tools/icons.py. -->"


def names_in_use() -> set[str]:
    """Every icon named in a template (`{% icon "eye" %}`, `icon_name="eye"`), a module or a script."""
    files = [path for folder, kind in SOURCES for path in (ROOT / folder).rglob(kind)]
    found = [groups for path in files for groups in NAMED.findall(path.read_text(encoding="utf-8"))]
    return {name for groups in found for name in groups if name} | ICONS_OF_THE_MENU


SOURCES = (("programmes", "*.html"), ("programmes", "*.py"), ("mentoring", "*.py"), ("static/js", "*.js"))
ICONS_OF_THE_MENU = {"person", "file-earmark-text", "key", "shield-lock", "envelope"}
"""Named in programmes/overview/navigation.py as data."""


def symbol(name: str) -> str:
    """The icon as a <symbol>: its drawing without size, class and colour, which come from the page."""
    source = (PACKAGE / f"{name}.svg").read_text(encoding="utf-8")
    drawing = source[source.index(">") + 1 : source.rindex("</svg>")]
    return f'<symbol id="{name}" viewBox="0 0 16 16">{"".join(line.strip() for line in drawing.splitlines())}</symbol>'


def sprite(names: set[str]) -> str:
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', LICENCE, *(symbol(name) for name in sorted(names)), "</svg>"]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    wanted = names_in_use()
    if "--check" not in arguments:
        SPRITE.write_text(sprite(wanted), encoding="utf-8")
        print(f"{len(wanted)} icons, {SPRITE.stat().st_size} bytes")
        return 0
    there = set(SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))
    for word, names in (("missing", wanted - there), ("not used", there - wanted)):
        if names:
            print(f"{word}: {', '.join(sorted(names))}; run: python tools/icons.py")
    return int(wanted != there)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
