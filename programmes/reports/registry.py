"""Kinds of documents. A module in `builders/` that registers a builder is all that a new kind needs."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.common.access import Access
from programmes.partnerships.models import Partnership

from .blocks import DocumentContent
from .enums import Format, Texts

BUILDERS: dict[str, "Builder"] = {}


class SubjectMissing(LookupError):
    """There is no such subject, or not for this person."""


@dataclass(frozen=True)
class DocumentOptions:
    """How a document is wanted.

    `reader` is the access of the person it is made for; None stands for an operator at the console, who gets what the
    writers themselves read. `version` is the id of a frozen or shared version, None for the state of now.
    """

    language: str
    reader: Access | None = None
    version: int | None = None
    blank: bool = False
    texts: str = Texts.ORIGINAL


@dataclass(frozen=True)
class Gathered:
    """The content, and what of the subject it holds, as JSON that `Builder.may_read` understands."""

    content: DocumentContent
    holds: dict = field(default_factory=dict)


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
    blank_label: ClassVar[Any] = _("Blank form, without answers")
    has_texts: ClassVar[bool] = True
    """Whether it holds texts of cities, of which there may be a translation."""

    @abstractmethod
    def gather(self, subject_id: int, options: DocumentOptions) -> Gathered:
        """What `options.reader` may read of the subject now, in `options.language`, which is already active.

        Raises SubjectMissing where there is nothing. A blank form may come without any subject.
        """

    @abstractmethod
    def visible_to(self, access: Access) -> QuerySet:
        """Ids of the subjects of which this person may read something: a queryset of one column."""

    @abstractmethod
    def within(self, partnership: Partnership) -> QuerySet:
        """Ids of the subjects that belong to a partnership: a queryset of one column."""

    @abstractmethod
    def may_read(self, access: Access, subject_id: int, holds: dict) -> bool:
        """Whether this person may read now everything that a file holds, see `Gathered.holds`."""

    @abstractmethod
    def example(self) -> int | None:
        """A subject in the database to try this kind on, best a full one."""


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
