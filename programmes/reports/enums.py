"""Words of the documents: formats, states, phases, reasons."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Format(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("document", "Waiting")
    RENDERING = "rendering", pgettext_lazy("document", "Being made")
    READY = "ready", pgettext_lazy("document", "Ready")
    FAILED = "failed", pgettext_lazy("document", "Failed")


class Phase(models.TextChoices):
    """What the worker is doing; shown as progress, and named when it went wrong there."""

    QUEUED = "queued", _("Waiting for its turn")
    GATHERING = "gathering", _("Reading the texts")
    LAYOUT = "layout", _("Laying out the pages")
    TAGGING = "tagging", _("Writing and tagging the file")
    STORING = "storing", _("Storing the file")

    @property
    def percent(self) -> int:
        """How far along this phase is, for a progress bar: laying out takes most of the time."""
        return {"queued": 0, "gathering": 10, "layout": 30, "tagging": 80, "storing": 95}[self.value]


class Reason(models.TextChoices):
    """Why a document failed; the label is what people read."""

    LOST = "lost", _("The program that makes documents stopped three times while it worked on this one.")
    GATHERING = "gathering", _("The texts could not be read.")
    LAYOUT = "layout", _("The pages could not be laid out.")
    TAGGING = "tagging", _("The file could not be written.")
    STORING = "storing", _("The finished file could not be stored.")
    INSTALLATION = "installation", _("Fonts or pictures that documents need are missing on this server.")


class Texts(models.TextChoices):
    """Which wording of people's texts is printed."""

    ORIGINAL = "original", _("Texts in the language they were written in")
    WORKING = "working", _("Translation into the working language, where there is one")
