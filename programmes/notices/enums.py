from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    WAITING = "waiting", _("on its way")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("accepted by the mail server")
    REFUSED = "refused", _("refused by the mail server")
    GIVEN_UP = "given_up", _("not sent: the mail server could not be reached for days")
    DROPPED = "dropped", _("not sent: there was nothing left to say")


NOT_ARRIVED = (MailState.REFUSED, MailState.GIVEN_UP)


class Rhythm(models.TextChoices):
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("once a week")
    NEVER = "never", _("never")
