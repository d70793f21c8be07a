"""Pages that read many apps."""

from .board import Board, BoardCsv
from .my_work import Beside, MyPartnerships, MyWork, Start
from .partnership import Compare, PartnershipNews, PartnershipPage
from .privacy import DataProtection, Erase, Erasure, Erasures, OwnData

__all__ = [
    "Beside",
    "Board",
    "BoardCsv",
    "Compare",
    "DataProtection",
    "Erase",
    "Erasure",
    "Erasures",
    "MyPartnerships",
    "MyWork",
    "OwnData",
    "PartnershipNews",
    "PartnershipPage",
    "Start",
]
