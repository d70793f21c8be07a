"""One module per format; each offers `make(content, report) -> RenderedFile` and `render(content) -> bytes`."""

from collections.abc import Callable
from dataclasses import dataclass

from ..enums import Phase

Report = Callable[[Phase], None]


@dataclass(frozen=True)
class RenderedFile:
    """A finished file; `pages` is None where the format has none of its own."""

    data: bytes
    pages: int | None = None


class Unrenderable(Exception):
    """The file can't be made here, whatever is tried: something the installation needs is missing."""


def nobody(phase: Phase) -> None:
    """A `Report` for those who don't watch."""
