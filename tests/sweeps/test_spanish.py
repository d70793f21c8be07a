"""A page in Spanish speaks Spanish: no text of the interface stands there in English."""

import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from programmes.accounts.models import Person, User
from tests.permissions.row import Row, Visitors, undone
from tests.permissions.table import ROWS

pytestmark = pytest.mark.django_db

CATALOGUE = Path(settings.BASE_DIR) / "locale" / "es" / "LC_MESSAGES" / "django.po"
OWN_NAMES = {"English", "Romani", "Wolof", "Luxembourg", "Monaco"}
"""Languages under their own names; places as the list of time zones has them."""

PAGES = [row for row in ROWS if row.get and row.name not in ("livez", "healthz", "accounts:csrf")]


@pytest.fixture(scope="module")
def english() -> frozenset[str]:
    """Whole English texts that Spanish says differently; those with placeholders are left to the catalogue's tests."""
    assert CATALOGUE.exists(), "The Spanish catalogue is missing."
    entries = [entry for entry in polib.pofile(str(CATALOGUE)) if entry.msgstr and entry.msgstr != entry.msgid]
    return frozenset(_flat(entry.msgid) for entry in entries if "%(" not in entry.msgid and len(entry.msgid) > 3)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.id)
def test_a_spanish_page_says_nothing_in_english(visitors: Visitors, row: Row, english: frozenset[str]):
    role = min(row.get or (), key=lambda role: (role == "anonymous", role), default=None)
    if role is None:
        return
    with undone():
        # The cast is named by what it does, which is English: here everybody is called by a name.
        User.objects.update(language="es", name="Anna")
        Person.objects.update(name="Anna")
        with translation.override("es"):
            answer = visitors.visit(row, role, "GET")
    if "text/html" not in answer.response.headers.get("Content-Type", "") or answer.status != 200:
        return
    found = _texts_of(answer.response.content.decode()) & english - OWN_NAMES
    assert not found, f"{answer.url}: {sorted(found)}"


class _Texts(HTMLParser):
    """Whole text nodes and the attributes people read, outside elements in a language of their own."""

    read = ("aria-label", "title", "placeholder", "alt")
    silent = ("script", "style", "textarea")
    empty = (
        "meta",
        "link",
        "input",
        "br",
        "hr",
        "img",
        "wbr",
        "col",
        "source",
        "path",
        "circle",
        "use",
        "line",
        "rect",
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()
        self.open: list[tuple[str, bool]] = []

    @property
    def foreign(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        other = tag != "html" and (given.get("lang") or "es") != "es"
        foreign = self.foreign or other or tag in self.silent
        if not foreign:
            self.found |= {_flat(given.get(name) or "") for name in self.read}
        if tag not in self.empty:
            self.open.append((tag, foreign))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.foreign:
            self.found.add(_flat(data))


def _texts_of(page: str) -> set[str]:
    parser = _Texts()
    parser.feed(page)
    return parser.found - {""}


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
