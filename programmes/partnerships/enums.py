"""Words of a programme: roles, sides, tools."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentRole(models.TextChoices):
    """What an organisation does in a programme (G2)."""

    COORDINATOR = "coordinator", _("Coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    ASSOCIATION = "association", _("Association")
    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    BOTH = "both", _("Mentee and mentor")


CITY_ENROLMENTS = (EnrolmentRole.MENTEE, EnrolmentRole.MENTOR, EnrolmentRole.BOTH)


class Role(models.TextChoices):
    """What an organisation does in one partnership (G2)."""

    MENTEE = "mentee", _("Mentee")
    MENTOR = "mentor", _("Mentor")
    MENTEE_ASSOCIATION = "mentee_association", _("Mentee’s association")
    MENTOR_ASSOCIATION = "mentor_association", _("Mentor’s association")
    FACILITATOR = "facilitator", _("Facilitator")


CITY_ROLES = (Role.MENTEE, Role.MENTOR)
ASSOCIATION_ROLES = (Role.MENTEE_ASSOCIATION, Role.MENTOR_ASSOCIATION)


class Tool(models.TextChoices):
    """What a partnership may use; its cities choose, the programme proposes (X2)."""

    NEEDS_ANALYSIS = "needs_analysis", _("Needs analysis")
    STRENGTHS = "strengths", _("Strengths and experience")
    QUESTIONS = "questions", _("Conversations between the cities")
    ACTION_PLAN = "action_plan", _("Action plan")
    SUPPORT_GROUP = "support_group", _("Local support group")


class InvitationState(models.TextChoices):
    """What happened to an invitation last; derived, never stored."""

    PENDING = "pending", _("sent, not answered yet")
    ACCEPTED = "accepted", _("accepted")
    REVOKED = "revoked", _("withdrawn")
    EXPIRED = "expired", _("expired")
