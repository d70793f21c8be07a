"""Pages that read many apps."""

from .board import Board, BoardCsv
from .my_work import MyWork, Start
from .partnership import Compare, PartnershipPage

__all__ = ["Board", "BoardCsv", "Compare", "MyWork", "PartnershipPage", "Start"]
