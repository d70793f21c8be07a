"""A frozen form as topics that two versions have in common."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from programmes.sharing.comparison import Entry, Topic, entry_of

from .boxes import box_of, kind_of
from .enums import NEEDS_SECTION
from .pages.reading import need_facts
from .shapes import FormData, NeedData, QuestionData, SectionData
from .wording import worded

Field = Mapping[str, str]


def topics_of(form: FormData, keys: Collection[str], policy_field: Field) -> list[Topic]:
    """Sections and the list of needs, of these keys."""
    found = [_section(section, policy_field) for section in form["sections"] if section["key"] in keys]
    if NEEDS_SECTION in keys:
        found.append(Topic(NEEDS_SECTION, _("Needs"), [_need(need) for need in form["needs"] or ()]))
    return found


def keys_of(form: FormData) -> set[str]:
    """What stands in a version."""
    with_needs = {NEEDS_SECTION} if form["needs"] is not None else set()
    return {section["key"] for section in form["sections"]} | with_needs


def _section(section: SectionData, field: Field) -> Topic:
    entries = [entry for question in section["questions"] for entry in _question(question, field)]
    return Topic(section["key"], worded(section["title"], field), entries)


def _question(question: QuestionData, field: Field) -> list[Entry]:
    head = f"{question['number']} · {worded(question['title'], field)}"
    return [_part(part, head, field) for part in question["parts"]]


def _part(part: Any, head: str, field: Field) -> Entry:
    label, answer = worded(part["label"], field), part["answer"] or {}
    title = f"{head} · {label}" if label else head
    return entry_of(
        part["key"], title, kind_of(part), answer.get("value", ""), box_of(part), answer.get("language", "")
    )


def _need(need: NeedData) -> Entry:
    words = "\n".join([need["title"], *need_facts(need)])
    return Entry(str(need["id"]), _("Need %(number)s") % {"number": need["number"]}, words, need["language"])
