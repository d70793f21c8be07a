"""Kinds of values: what may stand in an answer, a cell of a plan and whatever else people fill in. See `base.Kind`."""

from .base import Box, Input, Kind, Row, Span, StatedFigure, ValueForm, slug
from .registry import ALL, KINDS, KindField, kind_of

__all__ = [
    "ALL",
    "KINDS",
    "Box",
    "Input",
    "Kind",
    "KindField",
    "Row",
    "Span",
    "StatedFigure",
    "ValueForm",
    "kind_of",
    "slug",
]
