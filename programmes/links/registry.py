"""What links may be for. A purpose is one file, `links.py`, of the app that owns what it is about; `overview.links`
collects them and provides them here."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from programmes.common.access import Access
from programmes.common.errors import Refusal

from .models import PersonalLink


@dataclass(frozen=True)
class LinkWords:
    """What a page and a mail say of a link before anything else. `seat` is the seat or organisation that it is for,
    never the name of a person; `readers` a sentence."""

    title: str
    seat: str
    asker: str
    readers: str
    subject: str
    """Of the mail."""
    said: str
    """In the mail: what for, in a sentence or two."""
    verb: str
    """On the button of the mail."""
    writes_until: datetime | None = None
    """Where that ends before the link does, which is then open for reading."""

    def until(self, link: PersonalLink) -> datetime:
        return self.writes_until or link.expires_at


@dataclass(frozen=True)
class LinkPage:
    """What stands on the page of an open link, beside its words: a template of the purpose, and its form."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    button: str = ""
    """Words of the button that saves the form; empty where there is only something to read."""
    decline: str = ""
    """Words of the button with which the person says no; empty where there is nothing to decline."""


class Over(Refusal):
    """The time to write is over, while the link still opens what there is to read. What was typed is given back."""


class Purpose(ABC):
    """One reason for a link. Every method but `words` is asked only of open links; `holds` says whether the trust rules
    still let this one in: the seat is the person's, the group does not rest, the same team keeps it."""

    key: ClassVar[str]
    needs_account: ClassVar[bool] = False
    """Whoever has an account is asked to sign in; by default a link is enough."""

    @abstractmethod
    def find(self, link: PersonalLink) -> Any:
        """The row that the link is about. Raises Refusal where it is gone."""

    def subject(self, link: PersonalLink) -> Any:
        """The same, read once for a link."""
        if "_subject" not in link.__dict__:
            link.__dict__["_subject"] = self.find(link)
        return link.__dict__["_subject"]

    @abstractmethod
    def words(self, link: PersonalLink) -> LinkWords:
        """Raises Refusal where what it was about is gone."""

    @abstractmethod
    def holds(self, access: Access, link: PersonalLink) -> None:
        """Raises Refusal, whose sentence tells the person why the link is closed."""

    def refuse_over(self, link: PersonalLink) -> None:  # noqa: B027
        """Raises Over where there is only something to read any more."""

    @abstractmethod
    def page(self, access: Access, link: PersonalLink) -> LinkPage: ...

    @abstractmethod
    def form(self, access: Access, link: PersonalLink, data: Any = None) -> forms.Form:
        """With what the person wrote before; bound to `data` where there is any."""

    @abstractmethod
    def save(self, access: Access, link: PersonalLink, form: Any, *, by_link: bool) -> str:
        """Store a valid form; answers what the person is told. Raises Refusal."""

    def decline(self, access: Access, link: PersonalLink) -> None:  # noqa: B027
        """The person says no. Nothing else has to happen where it only counts that they did."""

    def renewed(self, link: PersonalLink) -> None:  # noqa: B027
        """It opens for longer now; so should what it is about."""

    @abstractmethod
    def team_of(self, link: PersonalLink) -> int:
        """Id of the team that looks after it, and is told when somebody else asks for a link of their own."""

    @abstractmethod
    def managed(self, access: Access) -> QuerySet[Any]:
        """The rows about which somebody signed in may send links again, copy and withdraw them."""

    @abstractmethod
    def back_url(self, link: PersonalLink) -> str:
        """The page on which whoever manages it sees what became of it."""


_all: dict[str, Purpose] = {}


def provide(purposes: Iterable[Purpose]) -> None:
    _all.clear()
    _all.update({purpose.key: purpose for purpose in purposes})


def purpose_of(link: PersonalLink) -> Purpose:
    return _all[link.purpose]


def all_purposes() -> list[Purpose]:
    return list(_all.values())
