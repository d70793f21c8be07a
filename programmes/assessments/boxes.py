"""Parts of a questionnaire as boxes of `programmes.common.kinds`, whether they come from rows or from a snapshot."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from programmes.common.kinds import KINDS, Box, Kind, slug
from programmes.participants.enums import Indicator

__all__ = ["SHARES", "box_of", "kind_of", "slug"]

SHARES = {Indicator.INTEGRATION_BUDGET.value: Indicator.INTEGRATION_SHARE.value}
"""Sums that may also be told as a share of the city's budget, with the indicator of the share."""


def box_of(part: Any) -> Box:
    """Of a Part or its dictionary in a snapshot."""
    read = part.__getitem__ if isinstance(part, Mapping) else partial(getattr, part)
    return Box(read("key"), read("kind"), tuple(read("options")), takes_share=read("indicator") in SHARES)


def kind_of(part: Any) -> Kind:
    """Of a Part or its dictionary in a snapshot."""
    return KINDS[part["kind"] if isinstance(part, Mapping) else part.kind]
