"""Lists of forms and versions, and what waits for whom in them. What may be read is `boundary`'s word."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.common.access import Access
from programmes.common.fields import in_language
from programmes.common.waiting import Waiting, by_date
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.selectors import conversations_awaited_by, conversations_waiting_for, names_of_sides
from programmes.partnerships.boundary import backings_in_force, places_of
from programmes.partnerships.enums import WRITING_TEAMS, EnrolmentRole, TeamRole
from programmes.partnerships.models import Team

from . import structure
from .boundary import Writing, backed_teams, grants_to, keeps, responses_visible_to, responses_written_by, written_teams
from .boxes import slug
from .enums import NEEDS_SECTION, Party, Purpose
from .models import (
    Answer,
    HelpStatement,
    Need,
    Part,
    QuestionnaireVersion,
    Response,
    Section,
    SharedVersion,
    ShareGrant,
)
from .versions import newest_number

WOULD_BE_MENTORS = {EnrolmentRole.MENTOR, EnrolmentRole.BOTH}

OFFERED: dict[str, tuple[Purpose, ...]] = {
    EnrolmentRole.MENTEE: (Purpose.NEEDS,),
    EnrolmentRole.MENTOR: (Purpose.STRENGTHS,),
    EnrolmentRole.BOTH: (Purpose.NEEDS, Purpose.STRENGTHS),
}
"""Forms that a city is offered, by what it came for."""


def responses_to_show(access: Access) -> QuerySet[Response]:
    """Responses the person may see, with what every page of theirs names."""
    return _named(responses_visible_to(access)).annotate(newest_number=newest_number())


def responses_to_write(access: Access) -> QuerySet[Response]:
    return _named(responses_written_by(access))


def responses_to_read(access: Access) -> QuerySet[Response]:
    """Responses of others that were shared with the person, also where they write a part of it; newest first."""
    shared = grants_to(access).filter(version__response=OuterRef("pk"))
    rows = Response.objects.filter(Exists(shared)).exclude(team__in=places_of(access).own)
    return _named(rows).order_by("-pk")


def _named(rows: QuerySet[Response]) -> QuerySet[Response]:
    return rows.select_related(
        "questionnaire_version", "questionnaire", "team__enrolment__organisation", "team__enrolment__programme"
    )


def forms_to_begin(access: Access) -> list[tuple[Team, QuestionnaireVersion]]:
    """Forms that the person's own teams are offered and nobody began."""
    own = Team.objects.filter(pk__in=places_of(access).teams, role__in=WRITING_TEAMS)
    begun = set(Response.objects.filter(team__in=own).values_list("team", "questionnaire__purpose"))
    offered = [
        (team, purpose.value)
        for team in own.select_related("enrolment__organisation", "enrolment__programme")
        for purpose in offered_to(team)
        if (team.pk, purpose.value) not in begun
    ]
    newest = structure.newest_by_purpose([team.enrolment.programme_id for team, _purpose in offered])
    places = [(team, (team.enrolment.programme_id, purpose)) for team, purpose in offered]
    return [(team, newest[place]) for team, place in places if place in newest]


def offered_to(team: Team) -> tuple[Purpose, ...]:
    if team.role == TeamRole.ASSOCIATION:
        return (Purpose.ASSOCIATION_CONTEXT,)
    return OFFERED.get(team.enrolment.role, ())


def cities_backed_by(response: Response) -> list[Team]:
    """Teams of the cities for which an association's context is offered, with their responses."""
    backed = backings_in_force(team=response.team_id).values("enrolment")
    responses = Prefetch("responses", Response.objects.select_related("questionnaire"))
    rows = Team.objects.filter(enrolment__in=backed, role=TeamRole.CITY, closed_at=None)
    return list(rows.select_related("enrolment__organisation").prefetch_related(responses))


def own_context_url(response: Response, writing: Writing, section: Section) -> str:
    """For an association at a section of a city's form that it keeps in its own: where to write it; else ""."""
    if keeps(response, section) or writing.party != Party.ASSOCIATION:
        return ""
    return reverse("assessments:start", args=[writing.team.pk, Purpose.ASSOCIATION_CONTEXT])


def box_url(response: Response, part: Part) -> str:
    return f"{response.get_absolute_url()}?section={part.question.section.key}#{slug(part.key)}"


def versions_by(response: Response, team: Team) -> QuerySet[SharedVersion]:
    """Versions this team shared, newest first."""
    grants = Prefetch("grants", ShareGrant.objects.select_related("team__enrolment__organisation").order_by("pk"))
    rows = SharedVersion.objects.filter(response=response, shared_by=team).defer("data")
    return rows.select_related("created_by").prefetch_related(grants)


# What waits


def waiting_for(access: Access, *, limit: int = 50) -> list[Waiting]:
    """Conversations whose turn is the person's, needs on which a would-be mentor has not spoken, translations that
    fell behind their text."""
    items = [*_conversations(access, limit), *_needs(access, limit), *_translations(access, limit)]
    return by_date(items)[:limit]


def awaited_by(access: Access, *, limit: int = 50) -> list[Waiting]:
    """Conversations in which the person's side spoke last."""
    rows: QuerySet[Any] = conversations_awaited_by(access, _on_answers(access)).order_by("-pk")
    text = _("You wrote to %(city)s; no answer yet.")
    return [_item(row, text % {"city": row.other_side or ""}, "question_open") for row in rows[:limit]]


def _conversations(access: Access, limit: int) -> Iterable[Waiting]:
    asks, answered = _("%(city)s asks you a question."), _("%(city)s answered; the conversation is still open.")
    rows: QuerySet[Any] = conversations_waiting_for(access, _on_answers(access))
    for row in rows[:limit]:
        text = asks if row.said == 1 else answered
        yield _item(row, text % {"city": row.last_city}, "question")


def _on_answers(access: Access) -> QuerySet[Any]:
    rows = conversations_visible_to(access).filter(about_answer__isnull=False)
    return rows.select_related("about_answer__response__questionnaire")


def _item(row: Any, text: str, kind: str) -> Waiting:
    """`row` is a conversation with its last word."""
    response = row.about_answer.response
    return Waiting(
        text,
        f"{row.get_absolute_url()}?{urlencode({'next': response.get_absolute_url()})}",
        since=row.last_at,
        context=f"{names_of_sides(row)} · {in_language(response.questionnaire.title)}",
        kind=kind,
        partnership_id=row.partnership_id,
    )


def _needs(access: Access, limit: int) -> Iterable[Waiting]:
    if TeamRole.CITY not in places_of(access).roles:
        return
    said = HelpStatement.objects.filter(need=OuterRef("pk"), team__in=places_of(access).teams)
    offered = grants_to(access).filter(
        section_key=NEEDS_SECTION,
        version__needs=OuterRef("pk"),
        team__enrolment__role__in=WOULD_BE_MENTORS,
    )
    rows = (
        Need.objects.filter(Exists(offered), ~Exists(said), retired_at=None)
        .values("response", city=F("response__team__enrolment__organisation__name"))
        .annotate(
            count=Count("pk"), since=Min("created_at"), programme=Min("response__team__enrolment__programme__title")
        )
        .order_by("response")
    )
    for row in rows[:limit]:
        text = ngettext(
            "%(city)s shared a need with you: can you help?",
            "%(city)s shared %(count)s needs with you: can you help?",
            row["count"],
        ) % {"city": row["city"], "count": row["count"]}
        url = f"{reverse('assessments:read', args=[row['response']])}#needs"
        yield Waiting(text, url, since=row["since"], context=row["programme"], kind="need")


def _translations(access: Access, limit: int) -> Iterable[Waiting]:
    written = written_teams(access)
    if not written or not places_of(access).roles - {TeamRole.COORDINATOR}:
        return
    stale = Answer.objects.filter(response__team__in=written, translation_of__isnull=False)
    stale = stale.exclude(translation_of=F("revision"))
    rows = (
        stale.filter(_written_by(access))
        .values("response", city=F("response__team__enrolment__organisation__name"))
        .annotate(count=Count("pk"), since=Min("updated_at"), form=Min("response__questionnaire__purpose"))
        .order_by("response")
    )
    for row in rows[:limit]:
        text = ngettext(
            "A translation is older than its text.", "%(count)s translations are older than their texts.", row["count"]
        ) % {"count": row["count"]}
        context = f"{row['city']} · {Purpose(row['form']).label}"
        url = reverse("assessments:form", args=[row["response"]])
        yield Waiting(text, url, since=row["since"], context=context, kind="translation")


def _written_by(access: Access) -> Q:
    """Answers in the part of a response that the person's own team writes."""
    places = places_of(access)

    def answered_by(party: str) -> Exists:
        asked = Part.objects.filter(
            key=OuterRef("part_key"),
            question__section__version=OuterRef("response__questionnaire_version"),
            question__section__answered_by=party,
        )
        return Exists(asked)

    own = Q(response__team__in=places.teams)
    cities = Q(response__team__role=TeamRole.CITY)
    backed = Q(response__team__in=backed_teams(access))
    return own & (~cities | Q(answered_by(Party.CITY))) | backed & Q(answered_by(Party.ASSOCIATION))


def shared_since(
    access: Access, since: datetime | None, *, limit: int = 20, teams: Iterable[int] | None = None
) -> list[Waiting]:
    """Versions shared with the person's teams after `since` (None: ever), newest first; `teams` (ids) limits them
    to what these wrote."""
    granted = grants_to(access).filter(version=OuterRef("pk"))
    if since is not None:
        granted = granted.filter(created_at__gt=since)
    rows = SharedVersion.objects.filter(Exists(granted)).defer("data").order_by("-created_at")
    if teams is not None:
        rows = rows.filter(response__team__in=teams)
    named = rows.select_related(
        "shared_by__enrolment__organisation", "response__questionnaire", "response__team__enrolment__programme"
    )
    return [_shared_item(version) for version in named[:limit]]


def _shared_item(version: SharedVersion) -> Waiting:
    words = {
        "who": version.shared_by.enrolment.organisation.name,
        "form": in_language(version.response.questionnaire.title),
        "number": version.number,
    }
    return Waiting(
        _("%(who)s shared “%(form)s”, version %(number)s, with you.") % words,
        reverse("assessments:version", args=[version.pk]),
        since=version.created_at,
        context=version.response.enrolment.programme.title,
        kind="shared",
    )
