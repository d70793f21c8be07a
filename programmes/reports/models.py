"""Documents that were asked for: the row is the truth, the broker only says that there is something to do."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.common import clock
from programmes.common.fields import MomentField
from programmes.common.models import TimeStamped

from .enums import Format, Phase, Reason, State, Texts

MAX_ATTEMPTS = 3
UNFINISHED = (State.WAITING, State.RENDERING)


class Document(TimeStamped):
    """One file of one content. Whoever asks for the same content again is given this row.

    `content` is what the file has to say, gathered when it was asked for, and is kept exactly as long as the file has
    to be made. Gathering again in the worker would print whatever the texts are by then, under the fingerprint of what
    they were; the row would promise one thing and the file hold another. It also lets the worker render without
    knowing whom it renders for. Holds texts of cities and names of organisations, no data of accounts; file and row are
    deleted a year after the document was last asked for. `title` and `state_of_texts` (which version, and of when) are
    in the language of the document.
    """

    kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(default=0)
    version = models.BigIntegerField(null=True, help_text=_("A frozen or shared version; empty for the state of then."))
    holds = models.JSONField(default=dict, blank=True, help_text=_("What of the subject the file holds."))
    language = models.CharField(_("language"), max_length=10)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices)
    texts = models.CharField(_("texts"), max_length=10, choices=Texts.choices, default=Texts.ORIGINAL)
    blank = models.BooleanField(_("blank form"), default=False)
    title = models.CharField(_("title"), max_length=300)
    state_of_texts = models.CharField(_("state of the texts"), max_length=400, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.CharField(_("progress"), max_length=12, choices=Phase.choices, default=Phase.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    heartbeat_at = MomentField(default=clock.now)
    error = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    content = models.JSONField(null=True, editable=False)

    file = models.FileField(_("file"), max_length=200, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    ready_at = MomentField(null=True)
    asked_at = MomentField(_("last asked for"), default=clock.now, db_index=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "language", "format", "fingerprint"], name="reports_document_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="reports_document_state_known"),
            models.CheckConstraint(condition=Q(attempts__lte=MAX_ATTEMPTS), name="reports_document_attempts_limited"),
            models.CheckConstraint(
                condition=Q(state__in=UNFINISHED, content__isnull=False)
                | (~Q(state__in=UNFINISHED) & Q(content__isnull=True)),
                name="reports_document_content_while_needed",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.READY) & ~Q(file="") & Q(ready_at__isnull=False))
                | (~Q(state=State.READY) & Q(file="", ready_at__isnull=True)),
                name="reports_document_ready_has_file",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.FAILED) & ~Q(error="")) | (~Q(state=State.FAILED) & Q(error="")),
                name="reports_document_failed_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="reports_document_stale")]

    def __str__(self):
        return self.title

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def phase(self) -> Phase:
        return Phase(self.progress)

    @property
    def storage_name(self) -> str:
        """Where the file lies; the same at every attempt, so that what a killed one left behind is overwritten."""
        return f"documents/{self.kind}/{self.pk}-{self.fingerprint[:16]}.{self.format}"


class DocumentRequest(models.Model):
    """That somebody asked for a document, which puts it on that person's page. Goes with the document."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="document_requests")
    asked_at = MomentField(_("asked for"), default=clock.now)

    class Meta:
        verbose_name = _("request for a document")
        verbose_name_plural = _("requests for documents")
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["document", "user"], name="reports_request_once")]
        indexes = [models.Index(fields=["user", "-asked_at"], name="reports_request_mine")]

    def __str__(self):
        return f"{self.document_id} · {self.user_id}"
