"""The texts to translate: gathering them (`make messages`) and checking that every language has them all.

Needs gettext's xgettext and, for the check, polib.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.places import BIN, NODE_MODULES, ROOT

LANGUAGES = ("es",)
"""Those with a catalogue; English is what the code says."""

SAME_IN = {"es": ROOT / "locale" / "es" / "same.txt"}
"""Per language the texts, one a line, that someone has looked at and that rightly equal their English source."""

SOURCES = ("programmes", "mentoring", "templates_docs")


def gather(folder: Path) -> str:
    """Runs makemessages in `folder`; what it said when it failed, else nothing."""
    words: list[str] = ["makemessages", "--no-location", "--no-wrap", "--no-obsolete", "--verbosity=0"]
    words += [f"--locale={language}" for language in LANGUAGES]
    # Without settings it writes into the locale folder it finds, be it ours or the copy.
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ignored = [f"--ignore={name}" for name in (".venv", NODE_MODULES.name, "var", "tests", "tools", "bench", "docs")]
    command: list[str | Path] = [BIN / "django-admin", *words, *ignored]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def complaints() -> list[str]:
    """One line per text that is missing, fuzzy, untranslated or equal to its source without having been looked at."""
    with tempfile.TemporaryDirectory(prefix="mentoring-messages-") as name:
        copy = Path(name)
        for source in (*SOURCES, "locale"):
            if (ROOT / source).exists():
                shutil.copytree(ROOT / source, copy / source, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        (copy / "locale").mkdir(exist_ok=True)
        trouble = gather(copy)
        if trouble:
            return trouble.splitlines()
        return [line for language in LANGUAGES for line in _language(language, copy)]


def _language(language: str, copy: Path) -> list[str]:
    import polib

    place = Path("locale") / language / "LC_MESSAGES" / "django.po"
    catalogue = polib.pofile(str(ROOT / place)) if (ROOT / place).exists() else polib.POFile()
    kept, same, forms = {_key(entry): entry for entry in catalogue}, _same(language), _plural_forms(catalogue)
    found = []
    for wanted in polib.pofile(str(copy / place)):
        entry = kept.get(_key(wanted))
        fault = "is missing" if entry is None or entry.obsolete else _fault(entry, same, forms)
        if fault:
            found.append(f"{language}: {fault}: {wanted.msgid[:100]!r}")
    return found


def _key(entry: "object") -> tuple[str | None, str, str]:
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)  # type: ignore[attr-defined]


def _plural_forms(catalogue: "object") -> int:
    """How many the catalogue's header announces: a form that it announces and a text lacks is shown in English."""
    found = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))  # type: ignore[attr-defined]
    return int(found.group(1)) if found else 1


def _fault(entry: "object", same: frozenset[str], forms: int) -> str:
    words = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]  # type: ignore[attr-defined]
    if entry.fuzzy:  # type: ignore[attr-defined]
        return "is fuzzy"
    if not all(words) or (entry.msgid_plural and len(words) < forms):  # type: ignore[attr-defined]
        return "is not translated"
    msgid = entry.msgid  # type: ignore[attr-defined]
    return "equals its source" if msgid in words and msgid not in same else ""


def _same(language: str) -> frozenset[str]:
    path = SAME_IN[language]
    return frozenset(path.read_text().splitlines()) if path.exists() else frozenset()


def main(words: Sequence[str]) -> int:
    for language in LANGUAGES:
        (ROOT / "locale" / language).mkdir(parents=True, exist_ok=True)
    trouble = gather(ROOT)
    print(trouble or "locale/ holds every text.")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
