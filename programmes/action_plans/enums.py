"""Kinds of columns of a plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ColumnKind(models.TextChoices):
    TEXT = "text", _("Text")
    LIST = "list", _("List")
    PERIOD = "period", _("Dates or words")
