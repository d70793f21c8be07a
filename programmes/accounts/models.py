"""Who signs in, what they did, and what must not be lost while they were signed out."""

import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.common import clock
from programmes.common.fields import MomentField
from programmes.common.models import TimeStamped

from .managers import UserManager, normalise_email

KEPT_FOR = datetime.timedelta(hours=24)
OUTBOX_KEPT_FOR = datetime.timedelta(days=30)
AUDIT_KEPT_FOR = datetime.timedelta(days=90)
FORM_OWNER_KEPT_FOR = datetime.timedelta(days=366)


def language_choices() -> list[tuple[str, str]]:
    """A function, so that a new language in the settings needs no migration."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class User(AbstractBaseUser, PermissionsMixin):
    """An account; its e-mail address is its name.

    Personal data: address, displayed name, language, time zone, when the person last looked at *My work*.
    Kept as long as the person takes part in a programme. An account is never deleted, because the history
    of texts and agreements points at it: erasing a person empties the row in place (`erased_at`), and wherever a
    name is shown, `str` says "former member".
    """

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, help_text=_("As colleagues in other cities should read it."))
    language = models.CharField(
        _("language"), max_length=10, choices=language_choices, default="en", help_text=_("Of pages and mails.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Brussels")
    shows_email = models.BooleanField(
        _("show my address"),
        default=False,
        help_text=_("To those in your partnerships and to whoever coordinates your programme."),
    )
    seen_work_at = MomentField(_("last look at My work"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("An account that is switched off cannot sign in; nothing is deleted.")
    )
    is_staff = models.BooleanField(_("administrator"), default=False, help_text=_("May open the administration."))
    created_at = MomentField(_("made on"), auto_now_add=True)
    erasure_asked_at = MomentField(_("asked to be erased on"), null=True, blank=True, editable=False)
    erased_at = MomentField(_("erased on"), null=True, blank=True, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("An account with this e-mail address exists already."),
            )
        ]

    def __str__(self) -> str:
        return gettext("former member") if self.erased_at else self.name or self.email

    def clean(self) -> None:
        self.email = normalise_email(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


AnyUser = User | AnonymousUser


class AuditEvent(models.Model):
    """Who did what to which thing. Ids only, never contents, so that it may outlive its targets.

    Personal data: that an account did something at a moment. Read by administrators only, never counted by person;
    deleted after 90 days. What has to be known for longer (who joined, who ended a place) stands in rows of its own.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    verb = models.CharField(_("verb"), max_length=60)
    target_kind = models.CharField(_("kind"), max_length=80, help_text=_("Model, as in “partnerships.team”."))
    target_id = models.BigIntegerField(
        _("id"), null=True, help_text=_("Empty where somebody unknown tried to sign in.")
    )
    at = MomentField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["target_kind", "target_id", "at"], name="audit_target"),
            models.Index(fields=["by", "at"], name="audit_by"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_kind} {self.target_id or ''}".rstrip()


class FormOwner(models.Model):
    """Whose forms carry a CSRF secret: one row per sign-in, holding only a hash of the secret.

    Django makes a new secret at each sign-in and puts a token made from it into every form. The token of a form
    that comes too late therefore proves for whom the form was rendered, even when the session is gone.
    See ``kept``. Kept as long as the secret's cookie can live, one year.
    """

    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = MomentField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("owner of forms")
        verbose_name_plural = _("owners of forms")

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]}…"


class KeptPost(models.Model):
    """A form that came when nobody was signed in any more; offered to its owner, and to nobody else.

    Holds what the person typed (never passwords or files), in the clear like the texts it was meant to become.
    Deleted when it was sent again or thrown away, at the latest after 24 hours. Never in the admin, never logged.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_posts")
    path = models.TextField(help_text=_("Where it was sent, with its query."))
    body = models.TextField(help_text=_("JSON in ASCII: [[field, [values]], …]; odd characters stay escaped."))
    lost_files = models.BooleanField(default=False, help_text=_("Files came with it; those are not kept."))
    created_at = MomentField(default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["owner", "created_at"], name="kept_owner")]

    def __str__(self) -> str:
        return self.path

    @property
    def kept_until(self) -> datetime.datetime:
        return self.created_at + KEPT_FOR


class CalendarFeed(models.Model):
    """The secret address under which a person's own calendar reads their dates. It is derived from the row's id, its
    nonce and SECRET_KEY, so that the database alone opens nothing; another nonce, and the older address is dead.
    `busy_only`: the calendar says that there is something, not what.

    Personal data: that the person has such an address. Kept until they switch it off, or are erased."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed", verbose_name=_("account")
    )
    nonce = models.CharField(max_length=40, editable=False)
    busy_only = models.BooleanField(default=False)
    created_at = MomentField(_("made on"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return f"{self.user_id}"


class OutboxMessage(models.Model):
    """A mail that was not sent, because no mail server is set up (or this is the demo), to be read on a page.

    Personal data: the recipients' addresses and the mail, without links that let somebody in (see ``outbox``).
    Deleted after 30 days, by the hourly task (`overview.expire`) and whenever mail is written.
    """

    recipients = models.JSONField(_("to"), default=list, help_text=_("A list of addresses."))
    subject = models.CharField(_("subject"), max_length=998)
    body = models.TextField(_("text"))
    html = models.TextField(blank=True, help_text=_("As a mailbox shows it; of mails to the demo’s own accounts."))
    created_at = MomentField(_("written on"), default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("mail in the outbox")
        verbose_name_plural = _("mails in the outbox")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject


class Person(TimeStamped):
    """Somebody who takes part: name and address, with or without an account. Kept while a team, group or
    membership names them; erasing empties name and address in place, so that history stays readable. Show a person by
    `str`, which then says "former member"."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        editable=False,
    )
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="accounts_person_email_once",
                violation_error_message=_("Somebody with this e-mail address is known already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or gettext("former member")

    @property
    def address(self) -> str:
        """Where mails reach the person: `email` stays as somebody once typed it, an account may move. Reads `user`."""
        if self.user is None:
            return self.email
        return "" if self.user.erased_at else self.user.email
