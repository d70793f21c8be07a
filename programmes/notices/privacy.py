"""What this app keeps of a person: for how long, as their own data, and when they ask to be erased."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.selectors import people_of
from programmes.common.privacy import A_YEAR, Period, blank_texts_naming

from .models import Happening, Mail, MailSettings
from .selectors import mails_of, notices_of

PERIODS = (
    Period(
        _("Mails: to whom, when, and their text unless it holds a link that lets somebody in"),
        A_YEAR,
        _("they were written"),
        lambda before: Mail.objects.filter(created_at__lt=before).delete()[0],
    ),
    Period(
        _("What people were told of: which event and which row, never the words"),
        A_YEAR,
        _("it happened"),
        lambda before: Happening.objects.filter(at__lt=before).delete()[0],
    ),
)


def own_data(user: User) -> dict[str, Any]:
    mails = mails_of(user).values("created_at", "sent_at", "address", "kind", "subject", "text")
    told = notices_of(user).values_list("happening__at", "happening__key", "at_once")
    chosen = MailSettings.objects.filter(person__in=people_of(user)).values("rhythm", "weekday", "hour")
    return {
        "mails_sent": list(mails),
        "told_of": [{"at": at, "event": key, "at_once": at_once} for at, key, at_once in told],
        "mail_settings": list(chosen),
    }


def anonymise(user: User, *, by: User) -> None:
    """Mails, notices and choices go; what the person did stays as a number that names a former member."""
    mails_of(user).delete()
    notices_of(user).delete()
    MailSettings.objects.filter(person__in=people_of(user)).delete()


def forget_naming(marks: Collection[str]) -> None:
    """Mails to an address that was the person's (`marks` are names and addresses), and what mails to others say of
    them."""
    Mail.objects.filter(address__in=marks).delete()
    blank_texts_naming(Mail.objects.all(), ("subject", "text"), marks)
