"""Answers of a support group, as its team compares them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from programmes.links.models import PersonalLink

from ..models import Asking, GroupAnswer, GroupQuestion
from .services import members_of


@dataclass(frozen=True)
class Asked:
    """`sent`: what each seat is called, with its link."""

    questions: Sequence[GroupQuestion]
    sent: Sequence[tuple[str, PersonalLink]]
    without_link: int


def with_answers() -> QuerySet[GroupQuestion]:
    answers = GroupAnswer.objects.select_related("author", "seat")
    return GroupQuestion.objects.prefetch_related(Prefetch("answers", answers, to_attr="side_by_side"))


def side_by_side(asking: Asking, links: Iterable[PersonalLink]) -> Asked:
    seats = list(members_of(asking.group))
    names = {seat.person_id: str(seat) for seat in seats}
    linked = list(links)
    known = {link.person_id for link in linked}
    return Asked(
        list(with_answers().filter(asking=asking)),
        [(names.get(link.person_id, str(link.person)), link) for link in linked],
        sum(seat.person_id not in known for seat in seats),
    )


def askings_of(group_id: int, visible: QuerySet[Asking]) -> list[Asking]:
    """The newest of one group first, with their questions."""
    return list(visible.filter(group=group_id).prefetch_related("questions")[:50])
