"""Programmes, teams, partnerships, support groups and invitations."""

from .invitation import Invitation, PreparedInvitation
from .letter import Letter, LetterCopy
from .partnership import Participation, Partnership, PartnershipCountry, StageDate, ToolUse
from .programme import Programme, Stage, Theme
from .quiet import QuietPartnership
from .succession import TeamEvent, TeamOffice, TeamReopening, TeamStandIn
from .support_group import SupportGroup, SupportGroupMember
from .team import Backing, Enrolment, Team, TeamMember

__all__ = [
    "Backing",
    "Enrolment",
    "Invitation",
    "Letter",
    "LetterCopy",
    "Participation",
    "Partnership",
    "PartnershipCountry",
    "PreparedInvitation",
    "Programme",
    "QuietPartnership",
    "Stage",
    "StageDate",
    "SupportGroup",
    "SupportGroupMember",
    "Team",
    "TeamEvent",
    "TeamMember",
    "TeamOffice",
    "TeamReopening",
    "TeamStandIn",
    "Theme",
    "ToolUse",
]
