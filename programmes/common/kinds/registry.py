"""The kinds there are, and a column of a model that names one."""

from typing import Any

from programmes.common.fields import FixedChoicesField

from .base import Kind
from .choice import Choice
from .figure import Figure
from .list import List
from .money import Money
from .period import Period
from .text import Text

ALL: tuple[Kind, ...] = (Text(), List(), Choice(), Figure(), Money(), Period())
KINDS: dict[str, Kind] = {kind.key: kind for kind in ALL}


def kind_of(place: Any) -> Kind:
    """The kind of a row, a box or whatever else names its kind; KeyError for a kind that does not exist."""
    return KINDS[place.kind]


class KindField(FixedChoicesField):
    """Key of a kind. A further kind makes no migration."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("default", Text.key)
        kwargs.setdefault("choices", [(kind.key, kind.label) for kind in ALL])
        super().__init__(*args, **kwargs)
