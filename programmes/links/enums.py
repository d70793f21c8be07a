"""Words of personal links."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkState(models.TextChoices):
    """What whoever sent a link is told of it. Whether it was opened is never noted."""

    OPEN = "open", _("no answer yet")
    ANSWERED = "answered", _("answered")
    DECLINED = "declined", _("declined")
    UNDELIVERABLE = "undeliverable", _("the mail did not arrive")
    HANDED_BACK = "handed_back", _("link handed back")
    REVOKED = "revoked", _("link withdrawn")
    EXPIRED = "expired", _("link expired")
