"""What a team wrote of its strengths (Annex 3, 1 and 2) as beginnings of practices: one for each paragraph,
and for each item of a list."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from programmes.assessments.enums import Purpose
from programmes.assessments.models import Answer
from programmes.common.access import Access
from programmes.common.markup import first_words, plain
from programmes.partnerships.boundary import places_of

PARTS = ("strengths.areas", "strengths.projects")
MOST_TITLE = 80
MOST_PASSAGES = 20
_PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+|\n(?=(?:[-*+]|\d{1,2}[.)])[ \t])")
_MARKER = re.compile(r"(?:[-*+]|\d{1,2}[.)])[ \t]+")
_NAMED = re.compile(r"\s*\*\*(?P<name>[^*\n]{3,120}?)[.:]?\*\*[.:]?\s*(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True)
class Beginning:
    """A paragraph of an answer; `key` stands for its words, so that an answer changed since is noticed. `is_taken`:
    a practice of this name has begun with the answer."""

    answer: Answer
    title: str
    text: str
    is_taken: bool = False

    @property
    def key(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def beginnings_in(answer: Answer) -> Iterator[Beginning]:
    """`answer` comes with its `practices`."""
    taken = {practice.title for practice in answer.practices.all()}
    for found in _PARAGRAPHS.split(str(answer.value or ""))[:MOST_PASSAGES]:
        if not plain(found).strip():
            continue
        start = _MARKER.match(found.strip())
        passage = found.strip()[start.end() :] if start else found
        named = _NAMED.match(passage)
        title = plain(named["name"]).strip() if named else first_words(passage, MOST_TITLE)
        yield Beginning(answer, title, passage.strip(), title in taken)


def answers_about_strengths(access: Access) -> list[Answer]:
    """Of the person's own teams, in the order of the annex."""
    rows = Answer.objects.filter(
        part_key__in=PARTS,
        response__team__in=places_of(access).teams,
        response__questionnaire__purpose=Purpose.STRENGTHS,
    )
    found = rows.select_related("response__team__enrolment__organisation").prefetch_related("practices")
    return sorted(found, key=lambda answer: (answer.response_id, PARTS.index(answer.part_key)))


def beginnings(access: Access) -> list[Beginning]:
    """All that the person could begin with."""
    return [found for answer in answers_about_strengths(access) for found in beginnings_in(answer)]
