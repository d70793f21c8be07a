"""Small lists that several pages of a form need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.fields import in_language
from programmes.common.languages import SPOKEN_BY_MIGRANTS, endonym
from programmes.conversations.models import Conversation

from ..enums import Purpose
from ..models import Response
from ..wording import numbered


@dataclass(frozen=True)
class NavItem:
    """A section in the list at the left, see components/section_nav.html: `begun` says in words how far the reader's
    own team is, `questions` leads to those of the open section."""

    title: str
    url: str
    note: str = ""
    current: bool = False
    begun: str = ""
    questions: Sequence[tuple[str, str]] = ()


DOCUMENT_KINDS = {Purpose.NEEDS.value: "needs-analysis", Purpose.STRENGTHS.value: "strengths"}
"""Forms that come out as a document, with the kind the documents' app knows them by."""


def form_title(response: Response) -> str:
    return _("%(form)s of %(organisation)s") % {
        "form": in_language(response.questionnaire.title),
        "organisation": response.enrolment.organisation.name,
    }


def with_language(languages: list[tuple[str, str]], code: str) -> list[tuple[str, str]]:
    """The choices, with a language that is in use already."""
    return languages if any(code == known for known, _name in languages) else [*languages, (code, endonym(code))]


def likely_languages(response: Response, access: Access) -> list[tuple[str, str]]:
    """Languages of the city, of the programme, of the person and of people who came, under their own names."""
    programme = response.enrolment.programme
    codes = [
        *response.enrolment.organisation.languages,
        access.user.language,
        *programme.languages,
        programme.working_language,
        *SPOKEN_BY_MIGRANTS,
    ]
    return [(code, endonym(code)) for code in dict.fromkeys(code for code in codes if code)]


@lru_cache(maxsize=100)
def language_options(languages: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The options of a box's choice of language; all boxes of a page have the same."""
    marks = ((code, mark_safe(" selected") if code == chosen else "", name) for code, name in languages)
    return format_html_join("", '<option value="{0}" lang="{0}"{1}>{2}</option>', marks)


def subjects(cards: Iterable[Any]) -> list[tuple[str, str]]:
    """Choices of what to ask about: every box of these cards."""
    return [(f"part:{box.key}", numbered(card.number, box.label)) for card in cards for box in card.boxes]


Card = TypeVar("Card", bound=Any)


def beside(cards: Iterable[Card], conversations: Iterable[tuple[str, Conversation]]) -> list[Card]:
    """The cards with the conversations on them."""
    on: dict[str, list[tuple[str, Conversation]]] = {}
    for about, row in conversations:
        on.setdefault(row.about_answer.part_key, []).append((about, row))
    return [replace(card, conversations=[item for box in card.boxes for item in on.get(box.key, ())]) for card in cards]


def about_words(conversation: Conversation, cards: Mapping[str, Any]) -> str:
    """What a conversation is about, for the line above it; `cards` are the questions by the keys of their boxes."""
    about = conversation.about_answer
    if about.need is not None:
        return _("On need %(number)s") % {"number": about.need.number}
    card = cards.get(about.part_key)
    if card is None:
        return ""
    if card.number:
        return _("On question %(number)s") % {"number": card.number}
    return _("On “%(question)s”") % {"question": card.title}
