"""A form as one of its writers sees it, one section open."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.addresses import address
from programmes.common.prepared import prepared
from programmes.conversations.models import Conversation
from programmes.partnerships.boundary import backings_in_force
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import Backing

from .. import conversations, selectors, snapshots, structure
from ..boundary import Writing, keeps, writes_needs, writing_of
from ..boxes import kind_of
from ..enums import NEEDS_SECTION, Party
from ..models import Answer, Need, Part, Question, Response, Section
from ..readers import Shared, readers_now
from ..wording import numbered, source_words, worded
from .cards import WriteBox, WriteCard
from .choices import (
    DOCUMENT_KINDS,
    NavItem,
    about_words,
    beside,
    form_title,
    likely_languages,
    subjects,
    with_language,
)
from .earlier import EarlierAnswer, asked_earlier
from .groups import AsksGroup, said_beside
from .reading import ReadSection, read_section


def _writing(access: Access, response: Response) -> Writing:
    writing = writing_of(access, response)
    if writing is None:
        raise PermissionDenied
    return writing


@prepared
def _backing(enrolment: int) -> QuerySet[Backing, tuple]:
    """Acronyms and names of the organisations behind a city."""
    organisation = "team__enrolment__organisation"
    rows = backings_in_force(enrolment=enrolment)
    return rows.values_list(f"{organisation}__acronym", f"{organisation}__name")


@prepared
def _needs(response: int) -> QuerySet[Need]:
    return Need.objects.filter(response=response, retired_at=None)


class FormPage(AsksGroup):
    """A form as one of its writers sees it, one section open."""

    def __init__(self, response: Response, access: Access, *, section_key: str = "", unfolds: bool | None = None):
        """`unfolds` all questions, or none; else those that are open to a newcomer or written. Raises PermissionDenied
        for whoever writes nothing here."""
        self.response, self.access, self.unfolds = response, access, unfolds
        self.writing = _writing(access, response)
        self.sections: list[Section] = snapshots.sections_of(response.questionnaire_version)
        self.section = self._opened(section_key)
        self.programme = response.enrolment.programme

    def _opened(self, key: str) -> Section:
        """The section asked for; else the first that the person writes."""
        own = [section for section in self.sections if self.writes(section)]
        asked = [section for section in self.sections if section.key == key]
        return next(iter([*asked, *own, *self.sections]))

    def writes(self, section: Section) -> bool:
        return keeps(self.response, section) and self.writing.writes(section)

    @property
    def writes_here(self) -> bool:
        return self.writes(self.section)

    @property
    def writes_needs(self) -> bool:
        return writes_needs(self.writing, self.response)

    @property
    def title(self) -> str:
        return form_title(self.response)

    @property
    def source(self) -> str:
        return source_words(self.response.questionnaire_version.source)

    @property
    def document_kind(self) -> str:
        return DOCUMENT_KINDS.get(self.response.questionnaire.purpose, "")

    @property
    def section_title(self) -> str:
        return worded(self.section.title, self.programme.variables)

    @property
    def purpose(self) -> str:
        return worded(self.section.purpose, self.programme.variables)

    @cached_property
    def readers(self) -> dict[str, list[Shared]]:
        """Per section; the writer knows only whom its own team chose."""
        return readers_now(self.response)

    @cached_property
    def associations(self) -> str:
        """Short names of the associations that answer what a city does not."""
        if self.response.team.role != TeamRole.CITY:
            return self.response.enrolment.organisation.short
        names = {acronym or name for acronym, name in _backing(self.response.team.enrolment_id)}
        return ", ".join(sorted(names)) or _("your association")

    # The list of sections

    @cached_property
    def nav(self) -> list[NavItem]:
        items = [self._nav_item(section) for section in self.sections]
        if self.writes_needs:
            url = address("assessments:needs", self.response.pk)
            items.append(NavItem(_("Needs"), url, self._note(NEEDS_SECTION, self.response.enrolment.organisation.name)))
        return items

    def _nav_item(self, section: Section) -> NavItem:
        url = f"{self.response.get_absolute_url()}?section={section.key}"
        if selectors.own_context_url(self.response, self.writing, section):
            note = _("written once, in your own form")
        else:
            note = self._note(section.key, self.who_writes(section), own=self.writes(section))
        title = worded(section.title, self.programme.variables)
        current = section == self.section
        questions = [(numbered(card.number, card.title), f"#{card.slug}") for card in self.cards] if current else []
        return NavItem(title, url, note, current, self._begun(section), questions)

    def _begun(self, section: Section) -> str:
        """How many questions of an own section have an answer, in words; for the team that writes and nobody else."""
        if not self.writes(section) or self.writing.on_behalf:
            return ""
        questions = [[self.answers.get(part.key) for part in q.parts.all()] for q in section.questions.all()]
        begun = sum(any(answer and not answer.is_empty for answer in answers) for answers in questions)
        return _("%(begun)s of %(all)s begun") % {"begun": begun, "all": len(questions)}

    def who_writes(self, section: Section) -> str:
        if section.answered_by == Party.CITY:
            return self.response.enrolment.organisation.name
        return self.associations

    def _note(self, key: str, writer: str, *, own: bool = True) -> str:
        """Who writes a section and who reads it, in a few words."""
        names = self.reader_names(key)
        if not own:
            return _("%(name)s writes · you read what is shared") % {"name": writer}
        if names:
            return _("%(name)s writes · shared with %(names)s") % {"name": writer, "names": names}
        return _("%(name)s writes · your team reads") % {"name": writer}

    def reader_names(self, key: str) -> str:
        return ", ".join(dict.fromkeys(shared.name for shared in self.readers.get(key, ())))

    @property
    def who_reads_here(self) -> str:
        return self.who_reads(self.section.key)

    @property
    def who_reads_needs(self) -> str:
        return self.who_reads(NEEDS_SECTION)

    @property
    def nav_at_needs(self) -> list[NavItem]:
        """The list of sections with the needs as the open one."""
        return [replace(item, current=item == self.nav[-1], questions=()) for item in self.nav]

    @property
    def nav_here(self) -> NavItem:
        """The open section in the list."""
        return next(item for item in self.nav if item.current)

    @property
    def spares_some(self) -> bool:
        """Whether the section opens with a few of its questions."""
        return any(card.question.opens_first for card in self.cards)

    @property
    def has_folded(self) -> bool:
        return any(not card.is_open for card in self.cards)

    @property
    def has_open(self) -> bool:
        return any(card.is_open for card in self.cards)

    def who_reads(self, key: str) -> str:
        """The answer to "who reads this?" beside each box of the section."""
        shared = self.readers.get(key, ())
        own = _("Read by your team and by your facilitator, whom your team lets write") if self._facilitated else ""
        own = own or _("Read by your team")
        if not shared:
            return _("%(own)s until you share it") % {"own": own}
        return _("%(own)s. Others read what was shared: %(versions)s") % {"own": own, "versions": _by_version(shared)}

    @property
    def _facilitated(self) -> bool:
        return self.writing.party == Party.CITY and self.writing.team.facilitator_may_write_at is not None

    @property
    def own_keys(self) -> list[str]:
        """What the person may share: the own sections and, for the city, the list of needs."""
        own = [section.key for section in self.sections if self.writes(section)]
        return [*own, NEEDS_SECTION] if self.writes_needs else own

    @cached_property
    def shared_versions(self) -> list[tuple[int, str]]:
        """The versions of the own sections that somebody reads as the newest, newest first, each with those readers."""
        names: dict[int, dict[str, None]] = {}
        for item in (item for key in self.own_keys for item in self.readers.get(key, ())):
            names.setdefault(item.number, {})[item.name] = None
        return [(number, ", ".join(names[number])) for number in sorted(names, reverse=True)]

    @cached_property
    def left_out(self) -> set[str]:
        """Questions of the open section that stand in none of its versions that somebody reads."""
        numbers = {item.number for item in self.readers.get(self.section.key, ())}
        if not numbers:
            return set()
        places = self.response.versions.filter(number__in=numbers).values_list("left_out", flat=True)
        return set.intersection(*(set(found) for found in places))

    @property
    def has_newer(self) -> bool:
        """Whether the own team may change to a newer version; the response comes from `selectors.responses_to_show`."""
        own = not self.writing.on_behalf and self.writing.team.pk == self.response.team_id
        newest: int = self.response.newest_number  # type: ignore[attr-defined]
        return own and newest > self.response.questionnaire_version.number

    # The open section

    @cached_property
    def answers(self) -> dict[str, Answer]:
        return snapshots.answers_of(self.response)

    @cached_property
    def asked_earlier(self) -> list[EarlierAnswer]:
        return asked_earlier(self.response, self.writing, self.answers) if self.writes_here else []

    @cached_property
    def cards(self) -> list[WriteCard]:
        """The questions to write in; empty where somebody else writes."""
        if not self.writes_here:
            return []
        questions = list(self.section.questions.all())
        first = {question.pk for question in questions if question.opens_first} or {q.pk for q in questions}
        return [self._card(question, self.answers, is_first=question.pk in first) for question in questions]

    def _card(self, question: Question, answers: Mapping[str, Answer], *, is_first: bool) -> WriteCard:
        boxes = [self._box(part, question, answers.get(part.key)) for part in question.parts.all()]
        written = any(box.is_written for box in boxes)
        title = worded(question.title, self.programme.variables)
        words = worded(question.help, self.programme.variables)
        is_left_out = snapshots.place_of(self.section.key, question.key) in self.left_out
        is_open = is_first or written if self.unfolds is None else self.unfolds
        return WriteCard(question, title, words, boxes, is_open, is_left_out)

    def _box(self, part: Part, question: Question, answer: Answer | None) -> WriteBox:
        variables = self.programme.variables
        label = worded(part.label, variables) or worded(question.title, variables)
        language = (answer.language if answer else "") or self.language
        kept = [need for need in self.needs if need.part_key == part.key]
        translates = (
            answer is not None
            and kind_of(part).has_words(answer.value)
            and (language != self.programme.working_language or bool(answer.translation))
        )
        words = worded(part.help, variables)
        languages = with_language(self.languages, language)
        value = answer.value if answer else None
        prompts = [worded(prompt, variables) for prompt in part.prompts]
        return WriteBox(
            part, answer, value, label, words, language, self.response.pk, languages, kept, translates, prompts
        )

    @cached_property
    def language(self) -> str:
        """What a new text is most likely written in: what the person wrote in last, else the organisation's language,
        else the person's."""
        own = [
            (row.updated_at, row.language)
            for row in self.answers.values()
            if row.updated_at and row.language and row.updated_by_id == self.access.user.pk
        ]
        if own:
            return max(own)[1]
        return next(iter(self.response.enrolment.organisation.languages), self.access.user.language)

    @cached_property
    def languages(self) -> list[tuple[str, str]]:
        return likely_languages(self.response, self.access)

    @property
    def section_titles(self) -> list[tuple[str, str]]:
        titles = [(section.key, worded(section.title, self.programme.variables)) for section in self.sections]
        return [*titles, (NEEDS_SECTION, _("The list of needs"))]

    @cached_property
    def own_questions(self) -> list[tuple[str, str]]:
        """Every box of the own sections, to say from which answer a need was drawn."""
        own = [section.pk for section in self.sections if self.writes(section)]
        parts = structure.parts_of(self.response.questionnaire_version).values()
        variables = self.programme.variables
        return [
            (part.key, numbered(part.question.number, worded(part.label, variables)))
            for part in parts
            if part.question.section_id in own
        ]

    @cached_property
    def needs(self) -> list:
        return _needs(self.response.pk) if self.writes_needs else []

    @cached_property
    def others(self) -> list[ReadSection]:
        """The open section as others shared it, where somebody else writes it."""
        data = snapshots.readable(self.response, self.access, sections=[self.section.key])
        writer = self.who_writes(self.section)
        return [read_section(entry, self.programme.variables, writer=writer) for entry in data["sections"]]

    @cached_property
    def part_keys(self) -> list[str]:
        asked = [box.key for card in self._all_cards for box in card.boxes]
        return [*asked, *(answer.key for answer in self.asked_earlier)]

    @cached_property
    def partner_names(self) -> list[str]:
        """Cities that may be asked about this section now."""
        if not self.writes_here:
            return []
        reading = {shared.team.pk for shared in self.readers.get(self.section.key, ()) if shared.team}
        partners = conversations.partners_to_ask(self.response, self.access, shared=reading)
        return [name for _sides, name in partners]

    @cached_property
    def subjects(self) -> list[tuple[str, str]]:
        return subjects(self._all_cards)

    @cached_property
    def conversations(self) -> list[tuple[str, Conversation]]:
        """Those on this section, each with what it is about."""
        cards = {box.key: card for card in self._all_cards for box in card.boxes}
        rows = conversations.conversations_on(self.response, self.access, part_keys=self.part_keys)
        return [(about_words(row, cards), row) for row in rows]

    @cached_property
    def cards_beside(self) -> list[WriteCard]:
        """The questions with the conversations on them, and what the support group said to them."""
        said = said_beside(self.response, self.access) if self.own_groups else {}
        cards = beside(self.cards, self.conversations)
        return [
            replace(card, group_says=[row for box in card.boxes for row in said.get(box.key, ())]) for card in cards
        ]

    @cached_property
    def others_beside(self) -> list[ReadSection]:
        return [replace(section, cards=beside(section.cards, self.conversations)) for section in self.others]

    @property
    def elsewhere(self) -> list[tuple[str, Conversation]]:
        """Conversations on what the form asks no more."""
        asked = {box.key for card in self._all_cards for box in card.boxes}
        return [item for item in self.conversations if item[1].about_answer.part_key not in asked]

    @property
    def _all_cards(self) -> list:
        return self.cards or [card for section in self.others for card in section.cards]


def _by_version(shared: Iterable[Shared]) -> str:
    """The newest version of each reader, as "version 2: Jelgava, LPS; version 1: CEMR"."""
    newest: dict[str, int] = {}
    for item in shared:
        newest[item.name] = max(item.number, newest.get(item.name, 0))
    words = _("version %(number)s: %(names)s")
    numbers = sorted(set(newest.values()), reverse=True)
    return "; ".join(
        words % {"number": number, "names": ", ".join(name for name, own in newest.items() if own == number)}
        for number in numbers
    )
