"""Pages that read many apps."""

from .board import Board, BoardCsv
from .my_work import Beside, MyPartnerships, MyWork, Start
from .partnership import Compare, PartnershipNews, PartnershipPage

__all__ = [
    "Beside",
    "Board",
    "BoardCsv",
    "Compare",
    "MyPartnerships",
    "MyWork",
    "PartnershipNews",
    "PartnershipPage",
    "Start",
]
