"""A frozen form as topics that two versions have in common."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from programmes.partnerships.words import Words
from programmes.sharing.comparison import Entry, Topic, entry_of

from .boxes import box_of, kind_of
from .enums import NEEDS_SECTION
from .pages.reading import need_facts
from .shapes import FormData, NeedData, QuestionData, SectionData
from .snapshots import place_of
from .wording import numbered, worded


def topics_of(form: FormData, keys: Collection[str], without: Collection[str] = ()) -> list[Topic]:
    """Sections and the list of needs, of these keys, in the words of the day they were frozen; `without` questions that
    one of the two versions leaves out."""
    variables = form["programme"]["variables"] if form["programme"] else {}
    found = [_section(section, variables, without) for section in form["sections"] if section["key"] in keys]
    if NEEDS_SECTION in keys:
        found.append(Topic(NEEDS_SECTION, _("Needs"), [_need(need) for need in form["needs"] or ()]))
    return found


def keys_of(form: FormData) -> set[str]:
    """What stands in a version."""
    with_needs = {NEEDS_SECTION} if form["needs"] is not None else set()
    return {section["key"] for section in form["sections"]} | with_needs


def _section(section: SectionData, variables: Words, without: Collection[str]) -> Topic:
    asked = [q for q in section["questions"] if place_of(section["key"], q["key"]) not in without]
    entries = [entry for question in asked for entry in _question(question, variables)]
    return Topic(section["key"], worded(section["title"], variables), entries)


def _question(question: QuestionData, variables: Words) -> list[Entry]:
    head = numbered(question["number"], worded(question["title"], variables))
    return [_part(part, head, variables) for part in question["parts"]]


def _part(part: Any, head: str, variables: Words) -> Entry:
    label, answer = worded(part["label"], variables), part["answer"] or {}
    title = f"{head} · {label}" if label else head
    return entry_of(
        part["key"], title, kind_of(part), answer.get("value", ""), box_of(part), answer.get("language", "")
    )


def _need(need: NeedData) -> Entry:
    words = "\n".join(filter(None, [need["title"], *need_facts(need), need["reach"]]))
    return Entry(str(need["id"]), _("Need %(number)s") % {"number": need["number"]}, words, need["language"])
