"""The mail that brings a link. It lets somebody in: its text is stored nowhere, and one whose link has died meanwhile,
or whose person wants no mails any more, is not sent."""

from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from programmes.common.errors import Refusal
from programmes.notices.letters import Button, Letter, Part, Words
from programmes.notices.models import Mail

from .models import PersonalLink, WithoutMail
from .registry import LinkWords, purpose_of
from .tokens import path_of, token_of


def link_of_mail(mail: Mail) -> PersonalLink | None:
    """The link of a mail about one, while it opens and its person takes mails."""
    row = PersonalLink.objects.select_related("person").filter(pk=mail.subject_id or 0).first()
    if row is None or not row.is_open or WithoutMail.objects.filter(person=row.person_id).exists():
        return None
    return row


def letter_with(
    link: PersonalLink, mail: Mail, words: LinkWords, said: str, *, subject: str, verb: str, until: datetime
) -> Letter:
    """`said`, then the button that opens the link and what to know of it."""
    day = date_format(localdate(until), "DATE_FORMAT")
    parts: list[Part] = [
        Words(said),
        Button(verb, mail.absolute(path_of(link))),
        Words(
            _("For: %(seat)s. Open until %(day)s. You need no account and no password.")
            % {"seat": words.seat, "day": day},
            soft=True,
        ),
        Words(words.readers, soft=True),
    ]
    stop = mail.absolute(reverse("links:stop", args=[token_of(link)]))
    return Letter(
        subject,
        parts,
        secret=True,
        settings_url=stop,
        settings_label=_("No more mails with links"),
        unsubscribe_url=stop,
        footer=_("%(asker)s entered your address: that is why you get this mail.") % {"asker": words.asker},
    )


def link(mail: Mail) -> Letter | None:
    row = link_of_mail(mail)
    if row is None or row.nonce != mail.data["nonce"]:
        return None
    try:
        words = purpose_of(row).words(row)
    except Refusal:
        return None
    return letter_with(row, mail, words, words.said, subject=words.subject, verb=words.verb, until=words.until(row))
