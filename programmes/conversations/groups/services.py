"""Asking a support group, answering, and telling the group what its city took up."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.links import services as links
from programmes.links.models import PersonalLink, WithoutMail
from programmes.links.registry import Over
from programmes.notices.services import post, tell
from programmes.partnerships.boundary import awake, current
from programmes.partnerships.models import SupportGroup, SupportGroupMember

from ..enums import AskingKind
from ..models import ANSWER, Asking, GroupAnswer, GroupQuestion

TAKEN_UP = "conversations.taken_up"
MOST_AN_HOUR = 10
"""Times that a group is asked."""


class GroupCannotBeAsked(Refusal):
    message = _("The group is paused, or your team does not keep it any more.")


class AskedOften(Refusal):
    message = _("The group was asked %(most)s times within an hour. Please go on in an hour.")

    def __init__(self) -> None:
        super().__init__(self.message % {"most": MOST_AN_HOUR})


class AskingOver(Over):
    message = _("The time for answers is over. What you had saved before stays.")


class TakenUpAlready(Refusal):
    message = _("The city has taken this up: it stays, and you may still change its words.")


class NothingSaid(Refusal):
    message = _("Write something in at least one box.")


@transaction.atomic
def ask(
    *,
    group: SupportGroup,
    questions: Sequence[str],
    days: int,
    by: User,
    site: str,
    introduction: str = "",
    language: str = "",
    kind: str = AskingKind.QUESTIONS,
    purpose: str = ANSWER,
    form_key: UUID | None = None,
) -> Asking:
    """One or several questions in one go, and a link for each member. The same form asks once. Raises
    GroupCannotBeAsked, AskedOften, and what making links raises."""
    row = SupportGroup.objects.select_for_update(of=("self",)).filter(awake(), pk=group.pk).first()
    if row is None or row.team_id != group.team_id:
        raise GroupCannotBeAsked

    def make(key: UUID | None) -> Asking:
        if row.askings.filter(created_at__gt=clock.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
            raise AskedOften
        asking = Asking.objects.create(
            group=row,
            team_id=row.team_id,
            asked_by=by,
            kind=kind,
            purpose=purpose,
            introduction=introduction,
            language=language,
            until=clock.now() + timedelta(days=days),
            form_key=key,
        )
        GroupQuestion.objects.bulk_create(
            GroupQuestion(asking=asking, order=order, text=text) for order, text in enumerate(questions, start=1)
        )
        record(by=by, verb="asked group", target=asking)
        send_links(asking=asking, by=by, site=site)
        return asking

    return made_once(Asking.objects.filter(asked_by=by), form_key, make)


@transaction.atomic
def send_links(*, asking: Asking, by: User, site: str) -> int:
    """A link for each member who has none for this; by mail where there is an address. How many were made."""
    known = set(links_of(asking).filter(links.OPEN).values_list("person", flat=True))
    made = 0
    for seat in members_of(asking.group).exclude(person__in=known):
        person: Person = seat.person  # type: ignore[assignment]
        row = links.make(
            purpose=asking.purpose,
            subject_id=asking.pk,
            person=person,
            language=_language_of(person),
            by=by,
            expires_at=asking.until,
        )
        links.send(link=row, site=site)
        made += 1
    return made


def links_of(asking: Asking) -> QuerySet[PersonalLink]:
    return links.about([asking.purpose], [asking.pk]).select_related("person", "mail")


def members_of(group: SupportGroup) -> QuerySet[SupportGroupMember]:
    """Whoever took up a seat and still has it, each person once."""
    rows = group.members.filter(current(), person__isnull=False).exclude(person__name="", person__email="")
    first = {row.person_id: row.pk for row in rows.order_by("-pk")}
    return rows.filter(pk__in=first.values()).select_related("person__user")


def _language_of(person: Person) -> str:
    """Of their account; else of the page they last came by."""
    if person.user is not None:
        return person.user.language
    last = PersonalLink.objects.filter(person=person).order_by("-pk").values_list("language", flat=True).first()
    return last or "en"


@transaction.atomic
def answer(
    *, asking: Asking, seat: SupportGroupMember, person: Person, texts: Mapping[int, str], as_group: bool, by_link: bool
) -> None:
    """What one member says, by id of the question; an emptied box takes an answer back, unless it was taken up. Raises
    AskingOver, NothingSaid."""
    row = Asking.objects.select_for_update().get(pk=asking.pk)
    if not row.is_open:
        raise AskingOver
    if not any(text.strip() for text in texts.values()):
        raise NothingSaid
    known = {found.question_id: found for found in GroupAnswer.objects.filter(question__asking=row, author=person)}
    for question in row.questions.all():
        _store(question, known.get(question.pk), texts.get(question.pk, "").strip(), seat, person, as_group, by_link)
    by = None if by_link else person.user
    record(by=by, verb="answered", target=row)
    tell("group.answered", row.pk, by=by, settles=True)


@transaction.atomic
def take_back(*, asking: Asking, person: Person) -> None:
    """All that one member said to it. Raises AskingOver, TakenUpAlready."""
    row = Asking.objects.select_for_update().get(pk=asking.pk)
    if not row.is_open:
        raise AskingOver
    said = GroupAnswer.objects.filter(question__asking=row, author=person)
    if said.filter(taken_up_at__isnull=False).exists():
        raise TakenUpAlready
    said.delete()


def _store(
    question: GroupQuestion,
    known: GroupAnswer | None,
    text: str,
    seat: SupportGroupMember,
    person: Person,
    as_group: bool,
    by_link: bool,
) -> None:
    if not text:
        if known is not None and known.taken_up_at is None:
            known.delete()
        return
    found = known or GroupAnswer(question=question, author=person)
    if found.text == text and found.as_group == as_group:
        return
    found.seat, found.text, found.as_group, found.by_link = seat, text, as_group, by_link
    found.save()


@transaction.atomic
def prolong(*, asking: Asking, until: datetime) -> None:
    """Somebody may answer for longer, as a new link of theirs says; never for less long."""
    Asking.objects.filter(pk=asking.pk, closed_at=None, until__lt=until).update(until=until)


@transaction.atomic
def close(*, asking: Asking, by: User) -> None:
    """Nobody answers any more; what was said stays. Its links say so, and show what became of it."""
    row = Asking.objects.select_for_update().get(pk=asking.pk)
    if row.closed_at is None:
        row.closed_at, row.closed_by = clock.now(), by
        row.save(update_fields=["closed_at", "closed_by", "updated_at"])
        record(by=by, verb="closed questions", target=row)


@transaction.atomic
def take_up(*, answer: GroupAnswer, where: str, by: User, site: str) -> None:
    """The city uses what was said; the whole group is told, by one mail a day at most."""
    row = GroupAnswer.objects.select_for_update().get(pk=answer.pk)
    row.taken_up_in = where
    if row.taken_up_at is None:
        row.taken_up_at, row.taken_up_by = clock.now(), by
        record(by=by, verb="took up", target=row)
    row.save(update_fields=["taken_up_at", "taken_up_by", "taken_up_in", "updated_at"])
    _write_to_group(row.question.asking, site=site)


@transaction.atomic
def put_back(*, answer: GroupAnswer, by: User) -> None:
    row = GroupAnswer.objects.select_for_update().get(pk=answer.pk)
    row.taken_up_at, row.taken_up_by, row.taken_up_in = None, None, ""
    row.save(update_fields=["taken_up_at", "taken_up_by", "taken_up_in", "updated_at"])
    record(by=by, verb="put back", target=row)


def _write_to_group(asking: Asking, *, site: str) -> None:
    """To everybody who was asked and takes mails. What became of it is read by the link that they have: where its time
    is over, it opens again for a while, to read only."""
    rows = links_of(asking)
    links.keep_open(rows, until=links.in_time())
    day = clock.today().isoformat()
    silent = set(WithoutMail.objects.filter(person__in=rows.values("person")).values_list("person", flat=True))
    for link in rows.filter(links.OPEN):
        if link.person.email and link.person_id not in silent:
            post(
                TAKEN_UP,
                address=link.person.email,
                person=link.person,
                language=link.language,
                subject_id=link.pk,
                identity=f"{TAKEN_UP}:{asking.group_id}:{link.person_id}:{day}",
                site=site,
            )
