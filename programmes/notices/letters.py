"""A mail before it is sent: its parts, from which HTML and plain text of equal content are made."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from programmes.common.text import clean


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str
    soft: bool = False
    part: str = "words"


@dataclass(frozen=True)
class Button:
    """The one thing to do; the plain text has its address on a line of its own."""

    label: str
    url: str
    part: str = "button"


@dataclass(frozen=True)
class Row:
    """A line of a list: a sentence, where it leads, what it belongs to, a day."""

    text: str
    url: str = ""
    context: str = ""
    day: str = ""


@dataclass(frozen=True)
class Rows:
    heading: str
    rows: Sequence[Row]
    part: str = "rows"


Part = Words | Button | Rows


@dataclass(frozen=True)
class Letter:
    """`secret`: something in it lets somebody in, so its text is stored nowhere. `thread` names the conversation it
    belongs to in mailboxes, such as "conversation-12". `action`: somebody has to do something. `settings_url` leads to
    the page where one chooses what one gets (`settings_label`: where that is another page); `unsubscribe_url` takes a
    POST from a mail programme (RFC 8058)."""

    subject: str
    parts: Sequence[Part] = field(default=())
    secret: bool = False
    action: bool = False
    thread: str = ""
    settings_url: str = ""
    settings_label: str = ""
    unsubscribe_url: str = ""
    footer: str = ""


def subject_of(letter: Letter) -> str:
    words = " ".join(clean(letter.subject).split())
    if letter.action:
        words = translation.gettext("Action required: %(subject)s") % {"subject": words}
    return words[:200]


def text_of(letter: Letter) -> str:
    return clean(render_to_string("notices/mail/letter.txt", _context(letter))).strip() + "\n"


def html_of(letter: Letter) -> str:
    return clean(render_to_string("notices/mail/letter.html", _context(letter)))


def _context(letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter,
        "subject": subject_of(letter),
        "title": " ".join(clean(letter.subject).split()),
        "language": translation.get_language(),
        "site_name": translation.gettext("City mentoring"),
    }
