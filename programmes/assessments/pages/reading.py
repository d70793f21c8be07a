"""A section to read: frozen in a shared version, or as it stands for its own writers. Made from `snapshots` alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.kinds import Row
from programmes.conversations.models import Conversation
from programmes.partnerships.boundary import places_of
from programmes.partnerships.models import Team
from programmes.partnerships.words import Words

from .. import snapshots
from ..boundary import help_visible_to, versions_visible_to
from ..boxes import box_of, kind_of, slug
from ..conversations import conversations_on, partners_to_ask
from ..enums import NeedKind, NeedScope, PolicyAnswer
from ..forms import HelpForm
from ..models import HelpStatement, Response, SharedVersion, ShareGrant
from ..rules import mentor_of
from ..wording import worded
from .choices import DOCUMENT_KINDS, NavItem, about_words, beside, form_title


@dataclass(frozen=True)
class ReadBox:
    """One answer to read: `markup` in `language`, and its translation into the working language where there is one."""

    key: str
    letter: str
    label: str
    markup: str
    language: str = ""
    translation: str = ""
    translation_stale: bool = False
    on_behalf: bool = False
    row: Row | None = None
    """Of a figure or sum, for a table."""

    @property
    def slug(self) -> str:
        return slug(self.key)


@dataclass(frozen=True)
class ReadCard:
    number: int | None
    title: str
    boxes: Sequence[ReadBox]
    conversations: Sequence[tuple[str, Conversation]] = ()

    @property
    def tabular(self) -> list[ReadBox]:
        return [box for box in self.boxes if box.row is not None]

    @property
    def other(self) -> list[ReadBox]:
        return [box for box in self.boxes if box.row is None]


@dataclass(frozen=True)
class ReadSection:
    """A section as it was shared (or stands, for its writers)."""

    key: str
    title: str
    purpose: str
    state: str
    version: Mapping[str, Any] | None
    by: str
    cards: Sequence[ReadCard]

    @property
    def shared_on(self) -> date | None:
        return date.fromisoformat(self.version["on"]) if self.version else None


def read_section(entry: Mapping[str, Any], variables: Words, *, writer: str = "") -> ReadSection:
    """For the page, from a section of a snapshot; see `snapshots` for its shape. `writer` names who would write it
    where nobody is known from the snapshot."""
    cards = [
        ReadCard(
            question["number"],
            worded(question["title"], variables),
            [_read_box(part, variables) for part in question["parts"]],
        )
        for question in entry["questions"]
    ]
    return ReadSection(
        entry["key"],
        worded(entry["title"], variables),
        worded(entry["purpose"], variables),
        entry.get("state", "shared"),
        entry.get("version"),
        entry.get("by") or writer,
        cards,
    )


def _read_box(part: Mapping[str, Any], variables: Words) -> ReadBox:
    answer, kind = part["answer"] or {}, kind_of(part)
    value, translation = answer.get("value", ""), answer.get("translation", "")
    return ReadBox(
        part["key"],
        part["letter"],
        worded(part["label"], variables),
        kind.markup(value, box_of(part)),
        answer.get("language", "") if kind.has_words(value) else "",
        kind.translated(value, translation, box_of(part)) if translation else "",
        answer.get("translation_stale", False),
        answer.get("on_behalf", False),
        kind.row(value) if kind.is_tabular else None,
    )


@dataclass(frozen=True)
class ReadNeed:
    """A need as it was shared, with what would-be mentors said to it as far as this person reads that."""

    id: int
    number: int
    title: str
    language: str
    facts: Sequence[str]
    reach: str = ""
    on_behalf: bool = False
    statements: Sequence[HelpStatement] = ()
    form: HelpForm | None = None
    conversations: Sequence[tuple[str, Conversation]] = ()


def read_needs(entries: Sequence[Mapping[str, Any]]) -> list[ReadNeed]:
    return [
        ReadNeed(
            entry["id"],
            entry["number"],
            entry["title"],
            entry["language"],
            need_facts(entry),
            entry["reach"],
            entry["on_behalf"],
        )
        for entry in entries
    ]


def need_facts(entry: Mapping[str, Any]) -> list[str]:
    """What was said of a need, in the reader's words: "A gap in policy or support", "In one sector: housing"…"""
    kind, policy = _label(NeedKind, entry["kind"]), _label(PolicyAnswer, entry["policy"])
    scope, sector = _label(NeedScope, entry["scope"]), entry["sector"]
    where = _("%(scope)s: %(sector)s") % {"scope": scope, "sector": sector} if scope and sector else scope or sector
    return [fact for fact in (kind, where, policy) if fact]


def _label(words: type[TextChoices], key: str) -> str:
    return str(words(key).label) if key in words.values else ""


class ReadPage:
    """All that was shared with one reader of a form."""

    def __init__(self, response: Response, access: Access):
        self.response, self.access = response, access
        self.reading = snapshots.Reading(response, access)
        self.data = self.reading.data(None)
        self.variables = response.enrolment.programme.variables

    @property
    def title(self) -> str:
        return form_title(self.response)

    @property
    def document_kind(self) -> str:
        return DOCUMENT_KINDS.get(self.response.questionnaire.purpose, "")

    @cached_property
    def sections(self) -> list[ReadSection]:
        return [read_section(entry, self.variables) for entry in self.data["sections"]]

    @cached_property
    def sections_beside(self) -> list[ReadSection]:
        """The sections with the conversations on their questions."""
        return [replace(section, cards=beside(section.cards, self.conversations)) for section in self.sections]

    @cached_property
    def needs_beside(self) -> list[ReadNeed]:
        """The needs with the conversations on them."""
        return [
            replace(need, conversations=[row for row in self.conversations if row[1].about_answer.need_id == need.id])
            for need in self.needs or ()
        ]

    @cached_property
    def elsewhere(self) -> list[tuple[str, Conversation]]:
        """Conversations on what is not, or no longer, on this page."""
        boxes = {box.key for section in self.sections for card in section.cards for box in card.boxes}
        needs = {need.id for need in self.needs or ()}
        rows = [(item, item[1].about_answer) for item in self.conversations]
        return [item for item, about in rows if about.part_key not in boxes and about.need_id not in needs]

    @property
    def nav(self) -> list[NavItem]:
        sections = [NavItem(section.title, f"#section-{section.key}", _note(section)) for section in self.sections]
        if self.needs is None:
            return sections
        return [NavItem(_("Needs"), "#needs", _version_note(self.needs_version)), *sections]

    @property
    def needs_version(self) -> Mapping[str, Any] | None:
        return self.data["needs_version"]

    @cached_property
    def needs(self) -> list[ReadNeed] | None:
        """None where the list was not shared."""
        if self.data["needs"] is None:
            return None
        team = mentor_of(self._grants)
        return with_help(read_needs(self.data["needs"]), self.response, self.access, team=team)

    @property
    def _grants(self) -> list[ShareGrant]:
        return [grant for grant in self.reading.grants if grant.version.response_id == self.response.pk]

    @property
    def is_own(self) -> bool:
        """Of the person's own team, which writes nothing at the moment."""
        return self.response.team_id in places_of(self.access).resting

    @property
    def versions(self) -> list[SharedVersion]:
        """All versions this person may open, newest first."""
        if self.is_own:
            return list(versions_visible_to(self.access).filter(response=self.response).defer("data"))
        found = {grant.version_id: grant.version for grant in self._grants if grant.recalled_at is None}
        return sorted(found.values(), key=lambda version: -version.number)

    @property
    def was_recalled(self) -> bool:
        return any(grant.recalled_at is not None for grant in self._grants)

    @cached_property
    def askable(self) -> set[str]:
        """Keys of the sections about which this person may ask the city."""
        shared = {grant.section_key for grant in self._grants if grant.recalled_at is None}
        if not shared or self.reading.writing:
            return set()
        return shared if partners_to_ask(self.response, self.access, shared={self.response.team_id}) else set()

    @cached_property
    def conversations(self) -> list[tuple[str, Conversation]]:
        """Each with what it is about."""
        cards = {box.key: card for section in self.sections for card in section.cards for box in card.boxes}
        rows = conversations_on(self.response, self.access)
        return [(about_words(conversation, cards), conversation) for conversation in rows]


def _note(section: ReadSection) -> str:
    state = _("not shared") if section.state == "not_shared" else _version_note(section.version)
    return " · ".join(part for part in (state, section.by) if part)


def _version_note(version: Mapping[str, Any] | None) -> str:
    return _("version %(number)s") % {"number": version["number"]} if version else ""


def with_help(needs: Sequence[ReadNeed], response: Response, access: Access, *, team: Team | None) -> list[ReadNeed]:
    """The needs with what was said to them, and a form where `team`, this person's, may say something."""
    said: dict[int, list[HelpStatement]] = {}
    rows = help_visible_to(access).filter(need__response=response).select_related("team__enrolment__organisation", "by")
    for statement in rows:
        said.setdefault(statement.need_id, []).append(statement)
    return [
        replace(
            need,
            statements=said.get(need.id, ()),
            form=_help_form(need, said.get(need.id, ()), team) if team else None,
        )
        for need in needs
    ]


def _help_form(need: ReadNeed, statements: Sequence[HelpStatement], team: Team) -> HelpForm:
    own = next((statement for statement in statements if statement.team_id == team.pk), None)
    return HelpForm(instance=own or HelpStatement(), number=need.id)
