"""Kinds of documents. A module in `builders/` that registers a builder is all that a new kind needs."""

from abc import ABC, abstractmethod
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar

from django.db.models import QuerySet

from .blocks import DocumentContent
from .enums import Format, Texts

BUILDERS: dict[str, "Builder"] = {}


class SubjectMissing(LookupError):
    """There is no such subject, or not for this person."""


class Builder(ABC):
    """Gathers what one kind of document says, the same for every format.

    A builder knows nothing of files and requests. `version` is raised when the same content should look otherwise, so
    that files made before are not taken for the new ones.
    """

    kind: ClassVar[str]
    title: ClassVar[Any]
    version: ClassVar[int] = 1
    formats: ClassVar[tuple[str, ...]] = (Format.PDF, Format.DOCX)
    has_blank: ClassVar[bool] = True

    @abstractmethod
    def gather(
        self, subject_id: int, *, language: str, variant: dict, blank: bool = False, texts: str = Texts.ORIGINAL
    ) -> DocumentContent:
        """The content in `language`, which is already active. Raises SubjectMissing.

        `variant` says which state and which parts of the subject, as `narrow` left it; a blank form may come without
        any subject.
        """

    @abstractmethod
    def visible_to(self, user: Any) -> QuerySet:
        """Ids of the subjects of which this person may read something: a queryset of one column."""

    @abstractmethod
    def narrow(self, user: Any, subject_id: int, variant: dict, *, blank: bool = False) -> dict:
        """What of the asked variant this person may read: itself or a part of it. Raises SubjectMissing if nothing."""

    @abstractmethod
    def example(self) -> int | None:
        """A subject in the database to try this kind on, best a full one."""

    def may_read(self, user: Any, subject_id: int, variant: dict, *, blank: bool = False) -> bool:
        """Whether this person may read all of the variant now."""
        try:
            return self.narrow(user, subject_id, variant, blank=blank) == variant
        except SubjectMissing:
            return False


def register(cls: type[Builder]) -> type[Builder]:
    """Class decorator: makes the kind known."""
    BUILDERS[cls.kind] = cls()
    return cls


def builder_of(kind: str) -> Builder:
    """Raises KeyError for an unknown kind."""
    return BUILDERS[kind]


def discover() -> None:
    """Import every module of `builders`, which registers what it holds; called once all models are loaded."""
    package = import_module("programmes.reports.builders")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
