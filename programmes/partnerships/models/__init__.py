"""Programmes, teams, partnerships, invitations and what is said between the cities."""

from .conversation import Message, Thread, ThreadOpening
from .invitation import Invitation
from .partnership import Participation, Partnership, PartnershipCountry, StageDate, ToolUse
from .programme import Programme, Stage, Theme
from .succession import TeamEvent, TeamOffice, TeamReopening, TeamStandIn
from .support_group import SupportGroup, SupportGroupMember
from .team import Backing, Enrolment, Team, TeamMember

__all__ = [
    "Backing",
    "Enrolment",
    "Invitation",
    "Message",
    "Participation",
    "Partnership",
    "PartnershipCountry",
    "Programme",
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
    "Thread",
    "ThreadOpening",
    "ToolUse",
]
