"""Programmes, teams, partnerships, support groups and invitations."""

from .invitation import Invitation
from .partnership import Participation, Partnership, StageDate, ToolUse
from .programme import Programme, Stage, Theme
from .support_group import SupportGroup, SupportGroupMember
from .team import Backing, Enrolment, Team, TeamMember

__all__ = [
    "Backing",
    "Enrolment",
    "Invitation",
    "Participation",
    "Partnership",
    "Programme",
    "Stage",
    "StageDate",
    "SupportGroup",
    "SupportGroupMember",
    "Team",
    "TeamMember",
    "Theme",
    "ToolUse",
]
