"""Words of questionnaires, needs and offers of help."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a questionnaire is for, whichever programme words it."""

    NEEDS = "needs", _("Needs analysis")
    STRENGTHS = "strengths", _("Strengths and experience")
    ASSOCIATION_CONTEXT = "association-context", _("National and regional context")


class Party(models.TextChoices):
    """Who answers a section, and with whose response its answers are kept."""

    CITY = "city", _("City")
    ASSOCIATION = "association", _("Association")


class NeedKind(models.TextChoices):
    """What a need is (NE1)."""

    GAP = "gap", _("A gap in policy or support")
    COORDINATION = "coordination", _("A coordination problem")


class NeedScope(models.TextChoices):
    SECTOR = "sector", _("In one sector")
    CROSS_CUTTING = "cross_cutting", _("Cross-cutting")


class PolicyAnswer(models.TextChoices):
    NEW = "new", _("Calls for a new policy")
    REVISED = "revised", _("Calls for revising a policy")


class HelpAnswer(models.TextChoices):
    """A would-be mentor's word on one need (N2)."""

    YES = "yes", _("We feel able to help")
    PARTLY = "partly", _("We can help in part")
    NO = "no", _("Not our strength")


NEEDS_SECTION = "needs"
"""Section key under which a city shares its list of needs; no questionnaire has a section of this key."""
