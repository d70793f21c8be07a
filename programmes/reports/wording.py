"""Words that PDF and DOCX share, in the active language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .blocks import DocumentContent

RING, DOT = "○", "●"


def sides(content: DocumentContent) -> list[tuple[str, str, str, str]]:
    """(side, mark, role, city) of the cities named in the document, mentee first."""
    rows = [
        ("mentee", RING, content.label_mentee or pgettext("city", "Mentee"), content.mentee),
        ("mentor", DOT, content.label_mentor or pgettext("city", "Mentor"), content.mentor),
    ]
    return [row for row in rows if row[3]]


def page_of_pages() -> tuple[str, str, str]:
    """The words around the two numbers of "Page 2 of 12"."""
    before, _page, rest = _("Page {page} of {pages}").partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    return before, between, after


def imprint(content: DocumentContent) -> str:
    """The line at the foot of each page: funding, version, and what its date is."""
    return " · ".join(part for part in (content.funding_line, content.state) if part)
