"""Mails about accounts, which know no mails themselves."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.accounts.models import User

from .kinds import Event, MailKind, one_by_one
from .letters import Button, Letter, Words
from .models import Mail


def _erasure_noted(mail: Mail) -> Letter | None:
    user = User.objects.filter(pk=mail.subject_id or 0, erased_at=None, erasure_asked_at__isnull=False).first()
    if user is None:
        return None
    return Letter(
        _("You are to be erased"),
        (
            Words(_("Dear %(name)s,") % {"name": user}),
            Words(
                _(
                    "an administrator noted that you ask to be erased: your name and address would be removed, and "
                    "your places in teams would end."
                )
            ),
            Words(
                _(
                    "If you did not ask for it, sign in, open your profile, and withdraw the request under “Ask to be "
                    "erased”."
                )
            ),
            Button(_("Open your profile"), mail.absolute(reverse("accounts:profile"))),
        ),
    )


EVENTS: tuple[Event, ...] = ()
MAILS = (MailKind("erasure_noted", one_by_one(_erasure_noted)),)
