"""What an app declares in its module `notices`: which events people are told, and which mails it sends.

`EVENTS` and `MAILS` of all apps are collected in `overview/notices.py`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise

from .letters import Letter
from .models import Happening, Mail, Notice

Recipients = Mapping[int, Collection[int]]
"""Ids of people by the id of the happening."""


@dataclass(frozen=True)
class Said:
    """A notice in words: a sentence that never quotes what was said, the path it leads to, the partnership or city it
    belongs to, the words on the button. `partnership` (an id) lets people who keep it quiet do so; `thread` names the
    conversation for mailboxes."""

    text: str
    path: str
    context: str = ""
    verb: str = ""
    partnership: int | None = None
    thread: str = ""


@dataclass(frozen=True)
class Event:
    """`recipients` answers, for many happenings in a fixed number of queries, who may and should know NOW: it asks the
    boundaries, and is asked again when the mail is sent. Whoever did it is left out. `say` speaks in the active
    language; None where there is nothing left to tell. `what` and `who` are the words of docs/notices.md.

    `at_once`: mailed now, else with the digest; `action`: the subject says so; `changes_rights`: told whatever one
    has chosen."""

    key: str
    recipients: Callable[[Sequence[Happening]], Recipients]
    say: Callable[[Notice], Said | None]
    at_once: bool = False
    action: bool = False
    changes_rights: bool = False
    what: str | Promise = ""
    who: str | Promise = ""


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
