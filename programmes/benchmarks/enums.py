"""Words of benchmarks: states of a version, where a context factor is decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Of a version; told by its dates, never stored."""

    DRAFT = "draft", pgettext_lazy("benchmark", "Draft")
    PUBLISHED = "published", pgettext_lazy("benchmark", "Published")
    RETIRED = "retired", pgettext_lazy("benchmark", "Retired")


class Level(models.TextChoices):
    """Where that is decided which a city cannot decide."""

    REGIONAL = "regional", _("Region or province")
    NATIONAL = "national", _("The country")
    EUROPEAN = "european", _("Europe")
    BEYOND = "beyond", _("Nobody decides it")


class Grade(models.TextChoices):
    """How a city sees itself in a key factor: words, never numbers."""

    IN_PLACE = "in_place", _("In place")
    PARTLY = "partly", _("Partly")
    MISSING = "missing", _("Missing")
    NOT_FOR_US = "not_for_us", _("Not for us")
    CANNOT_SAY = "cannot_say", _("We can’t say")


class Effect(models.TextChoices):
    """What a context factor does in a city."""

    HELPS = "helps", _("Helps")
    HINDERS = "hinders", _("Hinders")
    BOTH = "both", _("Some of each")
