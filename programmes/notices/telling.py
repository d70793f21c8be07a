"""The mails that tell at once what happened, and the reminders: one sentence and one button, or a list."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .choosing import for_account
from .handling import REMINDER, TOLD, Events, WordedNotice
from .kinds import MailKind, Said
from .letters import Button, Letter, Part, Row, Rows, Words
from .models import Mail, Notice


def told(events: Events) -> tuple[MailKind, MailKind]:
    return (
        MailKind(TOLD, lambda mails: _letters(mails, events)),
        MailKind(REMINDER, lambda mails: _letters(mails, events)),
    )


def _letters(mails: Sequence[Mail], events: Events) -> dict[int, Letter]:
    notices = Notice.objects.filter(mail__in=[mail.pk for mail in mails]).select_related("happening").order_by("pk")
    by_mail: dict[int, list[WordedNotice]] = defaultdict(list)
    for one in events.still(list(notices)):
        by_mail[one.notice.mail_id or 0].append(one)
    written = {}
    for mail in mails:
        if by_mail[mail.pk]:
            with translation.override(mail.language):
                written[mail.pk] = _letter(mail, by_mail[mail.pk])
    return written


def _letter(mail: Mail, told: Sequence[WordedNotice]) -> Letter:
    said = [one.say() for one in told]
    parts, subject = _parts(mail, said)
    threads = {words.thread for words in said}
    letter = Letter(
        subject,
        parts,
        action=any(one.event.action for one in told),
        thread=threads.pop() if len(threads) == 1 else "",
    )
    return for_account(letter, mail, must_be_told=all(one.event.changes_rights for one in told))


def _parts(mail: Mail, said: Sequence[Said]) -> tuple[list[Part], str]:
    """Of one thing a sentence and a button, of several a list; and the subject."""
    first = said[0]
    title = first.text.rstrip(".")
    if len(said) == 1:
        parts: list[Part] = [Words(first.context, soft=True)] if first.context else []
        return [*parts, Button(first.verb or _("Open"), mail.absolute(first.path))], title
    rows = [Row(words.text, mail.absolute(words.path), words.context) for words in said]
    more = ngettext("and %(n)s more", "and %(n)s more", len(said) - 1) % {"n": len(said) - 1}
    return [Rows("", rows)], f"{title} ({more})"
