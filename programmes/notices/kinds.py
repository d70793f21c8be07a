"""What an app declares in its module `notices`: which events people are told, and which mails it sends.

`EVENTS` and `MAILS` of all apps are collected in `overview/notices.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from .letters import Letter
from .models import Happening, Mail

Recipients = Mapping[int, Collection[int]]
"""Ids of people by the id of the happening."""


@dataclass(frozen=True)
class Said:
    """A notice in words: a sentence that never quotes what was said, the path it leads to, the partnership or city it
    belongs to, the words on the button. `thread` names the conversation for mailboxes."""

    text: str
    path: str
    context: str = ""
    verb: str = ""
    thread: str = ""


@dataclass(frozen=True)
class Event:
    """Something that people are told, as docs/notices.md lists it. Two questions are asked of many happenings at once,
    in a fixed number of queries: `recipients`, who may and should know NOW, by the boundaries (asked again when the
    mail is written; whoever did it is left out), and `facts`, names and numbers for the words (left out: there is
    nothing left to tell). `say` words one of the facts in the active language, without a query.

    `at_once`: mailed now, else with the digest; `action`: the subject says so; `changes_rights`: mailed whatever one
    has chosen; `once_a_day`: at most one such mail a person and day."""

    key: str
    recipients: Callable[[Sequence[Happening]], Recipients]
    facts: Callable[[Sequence[Happening]], Mapping[int, Any]]
    say: Callable[[Any], Said]
    at_once: bool = False
    action: bool = False
    changes_rights: bool = False
    once_a_day: bool = False

    @property
    def must_be_told(self) -> bool:
        """Whatever somebody has set quiet."""
        return self.action or self.changes_rights


@dataclass(frozen=True)
class MailKind:
    """`letters` writes many mails of the kind at once, each in its own language (`one_by_one` where one at a
    time is enough); a mail it leaves out has nothing left to say and is dropped. `sent` hears of those accepted."""

    key: str
    letters: Callable[[Sequence[Mail]], Mapping[int, Letter]]
    sent: Callable[[Mail], None] | None = None


def one_by_one(write: Callable[[Mail], Letter | None]) -> Callable[[Sequence[Mail]], dict[int, Letter]]:
    """For kinds of which there are few: `write` is called in the language of each mail."""

    def letters(mails: Sequence[Mail]) -> dict[int, Letter]:
        written = {}
        for mail in mails:
            with translation.override(mail.language):
                letter = write(mail)
            if letter is not None:
                written[mail.pk] = letter
        return written

    return letters
