"""Words of conversations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from programmes.partnerships.enums import ASSOCIATION_ROLES, Role


class OpenedTo(models.TextChoices):
    """Whom the cities may open their conversation to."""

    ASSOCIATIONS = "associations", _("the two associations")
    FACILITATOR = "facilitator", _("the facilitator")


ROLES_OPENED_TO = {OpenedTo.ASSOCIATIONS: ASSOCIATION_ROLES, OpenedTo.FACILITATOR: (Role.FACILITATOR,)}


class AskingKind(models.TextChoices):
    """What a support group is asked for."""

    QUESTIONS = "questions", _("questions")
    COMMENT = "comment", _("what it thinks of a version")
    VISIT = "visit", _("what visitors should see")
    END_USERS = "end_users", _("what end users say")
