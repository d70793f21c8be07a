"""Ways in without an account: for one person, one purpose, one thing, until a day (docs/adr/0012)."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, language_choices
from programmes.common import clock
from programmes.common.fields import MomentField
from programmes.common.models import TimeStamped
from programmes.notices.enums import MailState
from programmes.notices.models import Mail

from .enums import LinkState


def new_nonce() -> str:
    return secrets.token_urlsafe(12)


class PersonalLink(TimeStamped):
    """What a link opens: `purpose` is a key of the registry, `subject_id` the row that it is about.

    The link itself is derived from id, nonce and SECRET_KEY: nothing stored here opens anything, and a new nonce kills
    the older ones. Whether it was opened is not noted. Personal data: that a person was asked, answered or declined;
    kept for a year after it expired."""

    purpose = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="links")
    language = models.CharField(_("language"), max_length=10, choices=language_choices, default="en")
    nonce = models.CharField(max_length=40, default=new_nonce, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    expires_at = MomentField()
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, editable=False, related_name="+")
    answered_at = MomentField(null=True, editable=False)
    declined_at = MomentField(null=True, editable=False)
    handed_back_at = MomentField(null=True, editable=False)
    revoked_at = MomentField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject_id", "person"],
                condition=Q(revoked_at=None, handed_back_at=None),
                name="links_link_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(declined_at=None), name="links_link_answered_or_declined"
            ),
        ]
        indexes = [models.Index(fields=["purpose", "subject_id"], name="links_link_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"

    @property
    def state(self) -> str:
        """A `LinkState`: what its sender should know of it first."""
        said = ((self.answered_at, LinkState.ANSWERED), (self.declined_at, LinkState.DECLINED))
        shut = ((self.handed_back_at, LinkState.HANDED_BACK), (self.revoked_at, LinkState.REVOKED))
        for moment, state in (*said, *shut):
            if moment:
                return state
        if self.mail is not None and self.mail.state in (MailState.REFUSED, MailState.GIVEN_UP):
            return LinkState.UNDELIVERABLE
        return LinkState.EXPIRED if self.is_expired else LinkState.OPEN

    @property
    def state_words(self) -> str:
        return str(LinkState(self.state).label)

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def is_open(self) -> bool:
        """Nobody closed it, and its day has not come."""
        return self.revoked_at is None and self.handed_back_at is None and not self.is_expired


class OwnLinkRequest(TimeStamped):
    """Somebody to whom a link was passed on would like one of their own; whoever sent the link reads it and decides.
    Personal data: name and address, kept for thirty days."""

    link = models.ForeignKey(PersonalLink, models.CASCADE, related_name="requests")
    name = models.CharField(_("your name or seat"), max_length=200)
    email = models.EmailField(_("your e-mail"), max_length=254)
    words = models.CharField(_("for whom you would answer"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]


class WithoutMail(TimeStamped):
    """Somebody without an account who wants no mails with links any more; they may still be given a link by hand."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="without_mail")


class ErasureRequest(TimeStamped):
    """Somebody without an account who asked by a link to be erased. Carried out after a week, so that whoever a link
    was passed on to erases nobody unnoticed; until then it is taken back on the same page."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="erasure_request")
