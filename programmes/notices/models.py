"""What happened, who is told, and the mails that tell it. Ids only: nothing that was said or written stands here."""

import uuid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, language_choices
from programmes.common import clock
from programmes.common.fields import MomentField
from programmes.common.models import TimeStamped

from .enums import MailState, Rhythm


def new_message_id() -> str:
    """Of one mail for ever: a mail that comes twice, because its acceptance could not be noted, is known as one."""
    return f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>"


class Happening(models.Model):
    """Something that people are told: which event (`key`), about which row, and ids that its words need.

    Written by the service in its own transaction; what is told, and to whom, is asked when it is handled. What
    `settles` may change again soon: it waits until `due_at` and is told once, as it stands then. Personal data: that
    an account did something. Kept a year."""

    key = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = MomentField(default=clock.now)
    due_at = MomentField(default=clock.now)
    settles = models.BooleanField(default=False)
    identity = models.CharField(max_length=120, blank=True)
    handled_at = MomentField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "subject_id"],
                condition=Q(settles=True, handled_at=None),
                name="notices_happening_settles_once",
            ),
            models.UniqueConstraint(
                fields=["identity"], condition=~Q(identity=""), name="notices_happening_identity_once"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(handled_at=None), name="notices_happening_due"),
            models.Index(fields=["at"], name="notices_happening_at"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.subject_id}"


class Mail(models.Model):
    """One mail of ours to one address. What it says is asked when it is sent (`kind`, `subject_id`, `data`), so that
    it tells how things stand then; `subject` and `text` are what was sent, without the text where it held a way in.

    `identity` is the same for the same mail, whoever posts it twice. Personal data: address and text. Kept a year."""

    kind = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="mails")
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=10, choices=language_choices, default="en")
    subject_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict, blank=True)
    identity = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = MomentField(default=clock.now)
    try_at = MomentField(default=clock.now)
    claimed_at = MomentField(null=True)
    written_at = MomentField(null=True)
    sent_at = MomentField(null=True)
    message_id = models.CharField(max_length=160, default=new_message_id)
    subject = models.CharField(max_length=998, blank=True)
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=300, blank=True, help_text=_("What the mail server said last."))

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["try_at"], condition=Q(state="waiting"), name="notices_mail_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="notices_mail_claimed"),
            models.Index(fields=["kind", "subject_id"], name="notices_mail_subject"),
            models.Index(fields=["created_at"], name="notices_mail_created"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def site(self) -> str:
        """The address of this site as whoever caused the mail saw it, else as the settings say; without a slash."""
        return str(self.data.get("site") or settings.SITE_URL).rstrip("/")

    def absolute(self, path: str) -> str:
        return self.site + path


class Notice(models.Model):
    """A happening told to a person, at once or with the next digest; `mail` is the one that told it. Kept a year."""

    happening = models.ForeignKey(Happening, models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    at_once = models.BooleanField(default=False)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="notices")
    created_at = MomentField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["happening", "person"], name="notices_notice_once")]
        indexes = [models.Index(fields=["person", "created_at"], name="notices_notice_of")]

    @property
    def data(self) -> dict[str, Any]:
        return self.happening.data


class MailSettings(TimeStamped):
    """How often somebody gets the digest, on which weekday (0 is Monday) and at which hour of their own time zone;
    `at_once`: whether mails come in between. `next_at` is when it is next looked at. Who has no row gets what is
    usual for what they do here."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="mail_settings")
    rhythm = models.CharField(_("how often"), max_length=10, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(_("on"), default=0, validators=[MaxValueValidator(6)])
    hour = models.PositiveSmallIntegerField(_("at"), default=8, validators=[MaxValueValidator(23)])
    at_once = models.BooleanField(
        _("Tell me at once what needs me"), default=True, help_text=_("Else it comes with the summary.")
    )
    next_at = MomentField(null=True, editable=False, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="notices_settings_weekday"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="notices_settings_hour"),
        ]
