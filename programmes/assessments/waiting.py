"""What waits in forms: conversations about them, needs on which a would-be mentor has not spoken, translations that
fell behind their text."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.common.fields import in_language
from programmes.common.markup import first_words
from programmes.common.waiting import Kind, Texts, Waiting, WaitingText, as_rows
from programmes.conversations.waiting import (
    LAST,
    SIDES,
    Found,
    names_of_sides,
    whose_answer_is_awaited,
    whose_turn_it_is,
    whose_words,
)
from programmes.partnerships.asking import WaitingQuery
from programmes.partnerships.boundary import current
from programmes.partnerships.enums import CITY_ROLES, EnrolmentRole, TeamRole
from programmes.partnerships.models import Participation
from programmes.partnerships.tool_use import in_use

from .boundary import begun_before
from .enums import NEEDS_SECTION, Party, Purpose
from .models import HelpStatement, Part
from .tools import NEEDS_ANALYSIS

WOULD_BE_MENTORS = {EnrolmentRole.MENTOR, EnrolmentRole.BOTH}


# Conversations about an answer or a need


def _questions(asked: WaitingQuery) -> Iterable[QuerySet]:
    return [_conversation_rows(found, "form.question") for found in whose_turn_it_is(asked, "about_answer")]


def _awaited(asked: WaitingQuery) -> Iterable[QuerySet]:
    return [_conversation_rows(found, "form.question.open") for found in whose_answer_is_awaited(asked, "about_answer")]


def _conversation_rows(found: Found, key: str) -> QuerySet:
    rows, path = found
    response = f"{path}__about_answer__response"
    return as_rows(
        rows,
        key,
        subject=path,
        person="person_id",
        partnership=f"{path}__partnership",
        programme=f"{path}__partnership__programme",
        since="last_at",
        data={**SIDES, **LAST, "form": Texts(f"{response}__questionnaire__title"), "question": _question_of(path)},
    )


def _question_of(path: str) -> Subquery:
    """The number of the question asked about; none where it is about a need."""
    about = f"{path}__about_answer__"
    version = OuterRef(f"{about}response__questionnaire_version")
    parts = Part.objects.filter(key=OuterRef(f"{about}part_key"), question__section__version=version)
    return Subquery(parts.values("question__number")[:1])


def _say_question(row: Waiting) -> WaitingText:
    if row.data["said"] == 1:
        on_question, on_need = _("%(city)s asks about question %(number)s."), _("%(city)s asks about a need.")
    else:
        on_question = _("%(city)s answered on question %(number)s; the conversation is still open.")
        on_need = _("%(city)s answered on a need; the conversation is still open.")
    return _say_conversation(row, _said_on(row, on_question, on_need, whose_words(row)), _("Answer"))


def _say_awaited(row: Waiting) -> WaitingText:
    on_question = _("You wrote to %(city)s on question %(number)s; no answer yet.")
    on_need = _("You wrote to %(city)s on a need; no answer yet.")
    return _say_conversation(row, _said_on(row, on_question, on_need, row.data["other_side"] or ""))


def _said_on(row: Waiting, on_question: str, on_need: str, city: str) -> str:
    number = row.data["question"]
    return (on_question if number else on_need) % {"city": city, "number": number}


def _say_conversation(row: Waiting, text: str, verb: str = "") -> WaitingText:
    """Leads to where it stands beside the form, see `views.questions.ConversationPlace`."""
    url = reverse("assessments:conversation", args=[row.subject_id])
    context = f"{names_of_sides(row)} · {in_language(row.data['form'])}"
    return WaitingText(text, url, context, first_words(row.data["words"]), verb)


# Needs shared with a would-be mentor


def _needs(asked: WaitingQuery) -> Iterable[QuerySet]:
    grant, need = "team__assessments_grants__", "team__assessments_grants__version__needs"
    own = asked.sits_in("team", OuterRef(OuterRef("person_id")))
    said = HelpStatement.objects.filter(own, need=OuterRef("of_need"))
    rows = asked.seats().filter(
        **{
            "team__enrolment__role__in": WOULD_BE_MENTORS,
            f"{grant}section_key": NEEDS_SECTION,
            f"{grant}recalled_at": None,
            f"{need}__retired_at": None,
            f"{need}__isnull": False,
        }
    )
    rows = rows.alias(of_need=F(need), of_city=F(f"{need}__response__team")).filter(~Exists(said))
    together = Participation.objects.filter(
        current(), team=OuterRef("team"), role__in=CITY_ROLES, partnership__participations__team=OuterRef("of_city")
    )
    used = Exists(together.filter(in_use(NEEDS_ANALYSIS.key)))
    rows = rows.filter(Q(used) | ~Exists(together))
    yield _counted(
        rows, "need.shared", f"{need}__response", count=Count(need, distinct=True), since=Min(f"{need}__created_at")
    )


def _counted(rows: QuerySet, key: str, response: str, *, count: Any, since: Any) -> QuerySet:
    """A row per person and response."""
    enrolment = f"{response}__team__enrolment"
    groups = {
        "of_response": F(response),
        "of_programme": F(f"{enrolment}__programme"),
        "title": F(f"{enrolment}__programme__title"),
        "city": F(f"{enrolment}__organisation__name"),
        "purpose": F(f"{response}__questionnaire__purpose"),
    }
    together = rows.order_by().values("person_id", **groups).annotate(count=count, first_at=since)
    return as_rows(
        together,
        key,
        subject="of_response",
        person="person_id",
        programme="of_programme",
        since="first_at",
        data={"count": "count", "city": "city", "programme": "title", "purpose": "purpose"},
    )


def _say_needs(row: Waiting) -> WaitingText:
    text = ngettext(
        "%(city)s shared a need with you: can you help?",
        "%(city)s shared %(count)s needs with you: can you help?",
        row.data["count"],
    )
    url = f"{reverse('assessments:read', args=[row.subject_id])}#needs"
    return WaitingText(text % {"city": row.data["city"], "count": row.data["count"]}, url, row.data["programme"])


# Translations older than their text, in the part of a response that the person's own team writes


def _translations(asked: WaitingQuery) -> Iterable[QuerySet]:
    own = asked.seats().filter(team__responses__answers__translation_of__isnull=False)
    mine = _stale(own, "team__responses").filter(~Q(team__role=TeamRole.CITY) | _asked_of(Party.CITY))
    yield _translation_rows(mine, "translation.stale", "team__responses")


def _translations_backed(asked: WaitingQuery) -> Iterable[QuerySet]:
    yield _translation_rows(_behind_cities(asked), "translation.stale.backed", f"{CITY}__responses")


CITY = "team__backs__enrolment__teams"


def _behind_cities(asked: WaitingQuery) -> QuerySet:
    """In the forms of cities behind which the person's association stands, see `boundary.backed_teams`."""
    translated = {f"{CITY}__responses__answers__translation_of__isnull": False}
    rows = asked.seats().filter(
        current("team__backs__"),
        current("team__backs__enrolment__"),
        team__role=TeamRole.ASSOCIATION,
        team__backs__accepted_at__isnull=False,
        **{f"{CITY}__role": TeamRole.CITY, f"{CITY}__closed_at": None, **translated},
    )
    rows = _stale(rows, f"{CITY}__responses").alias(
        of_city=F("team__backs__enrolment"),
        accepted_at=F("team__backs__accepted_at"),
        reads_earlier=F("team__backs__reads_earlier"),
    )
    may_go_on = Q(reads_earlier=True) | ~begun_before("of_city", "accepted_at")
    return rows.filter(may_go_on).filter(_asked_of(Party.ASSOCIATION))


def _stale(rows: QuerySet, response: str) -> QuerySet:
    """Of rows with answers that have a translation; a condition on several rows of one table is asked by aliases, or
    Django would ask another row of it."""
    answer = f"{response}__answers__"
    named = rows.alias(
        of_response=F(response),
        of_part=F(f"{answer}part_key"),
        revision=F(f"{answer}revision"),
        translated=F(f"{answer}translation_of"),
    )
    return named.exclude(translated=F("revision"))


def _asked_of(party: str) -> Exists:
    """The part of the row's answer (`of_part`) stands in a section that `party` answers."""
    return Exists(
        Part.objects.filter(
            key=OuterRef("of_part"),
            question__section__version__responses=OuterRef("of_response"),
            question__section__answered_by=party,
        )
    )


def _translation_rows(rows: QuerySet, key: str, response: str) -> QuerySet:
    answer = f"{response}__answers"
    return _counted(rows, key, response, count=Count(answer, distinct=True), since=Min(f"{answer}__updated_at"))


def _say_translations(row: Waiting) -> WaitingText:
    text = ngettext(
        "A translation is older than its text.",
        "%(count)s translations are older than their texts.",
        row.data["count"],
    )
    context = f"{row.data['city']} · {Purpose(row.data['purpose']).label}"
    return WaitingText(text % {"count": row.data["count"]}, reverse("assessments:form", args=[row.subject_id]), context)


WRITERS = {TeamRole.CITY, TeamRole.ASSOCIATION, TeamRole.FACILITATOR}
WAITING = (
    Kind("form.question", _questions, _say_question, mark="question"),
    Kind("need.shared", _needs, _say_needs, roles={TeamRole.CITY}),
    Kind("translation.stale", _translations, _say_translations, roles=WRITERS),
    Kind("translation.stale.backed", _translations_backed, _say_translations, roles={TeamRole.ASSOCIATION}),
)
AWAITED = (Kind("form.question.open", _awaited, _say_awaited, roles=WRITERS),)
