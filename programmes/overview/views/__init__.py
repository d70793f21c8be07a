"""Pages that read many apps."""

from .board import Beside, Board, BoardCsv
from .calendar import Calendar, CalendarAddress, CalendarFeed
from .leaving import LeftReader
from .mails import DemoDigests, Mails
from .my_work import MyGroups, MyProgramme, MyWork, Partnerships, Shared, Start, WaitingNumber
from .partnership import Compare, Conversations, Forms, PartnershipPage, PlanDoor
from .privacy import DataProtection, Erase, Erasure, Erasures, OwnData

__all__ = [
    "Beside",
    "Board",
    "BoardCsv",
    "Calendar",
    "CalendarAddress",
    "CalendarFeed",
    "Compare",
    "Conversations",
    "DataProtection",
    "DemoDigests",
    "Erase",
    "Erasure",
    "Erasures",
    "Forms",
    "LeftReader",
    "Mails",
    "MyGroups",
    "MyProgramme",
    "MyWork",
    "OwnData",
    "PartnershipPage",
    "Partnerships",
    "PlanDoor",
    "Shared",
    "Start",
    "WaitingNumber",
]
