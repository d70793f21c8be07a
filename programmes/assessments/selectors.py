"""Lists of forms and versions, and what was shared. What may be read is `boundary`'s word."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.fields import in_language
from programmes.common.prepared import prepared
from programmes.common.waiting import Kind, Waiting, WaitingText
from programmes.partnerships.boundary import backings_in_force, places_of
from programmes.partnerships.enums import WRITING_TEAMS, EnrolmentRole, TeamRole
from programmes.partnerships.models import Team

from . import structure
from .boundary import Writing, grants_to, keeps, responses_visible_to, responses_written_by
from .boxes import slug
from .enums import Party, Purpose
from .models import (
    Part,
    QuestionnaireVersion,
    Response,
    Section,
    SharedVersion,
    ShareGrant,
)
from .versions import newest_number

MOST_SHARED = 20
OFFERED: dict[str, tuple[Purpose, ...]] = {
    EnrolmentRole.MENTEE: (Purpose.NEEDS,),
    EnrolmentRole.MENTOR: (Purpose.STRENGTHS,),
    EnrolmentRole.BOTH: (Purpose.NEEDS, Purpose.STRENGTHS),
}
"""Forms that a city is offered, by what it came for."""


def responses_to_show(access: Access) -> QuerySet[Response]:
    """Responses the person may see, with what every page of theirs names."""
    return _named(responses_visible_to(access)).annotate(newest_number=newest_number())


def response_to_show(access: Access, pk: int) -> Response | None:
    """One of these, which is noted."""
    response = next(iter(_response(access, pk)), None)
    if response is not None:
        access.note("sees", response)
    return response


@prepared
def _response(access: Access, response: int) -> QuerySet[Response]:
    return responses_to_show(access).filter(pk=response)


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
    named = ShareGrant.objects.select_related("team__enrolment__organisation", "support_group__city")
    grants = Prefetch("grants", named.order_by("pk"))
    rows = SharedVersion.objects.filter(response=response, shared_by=team).defer("data")
    return rows.select_related("created_by").prefetch_related(grants)


# What was shared with the person


def shared_since(
    access: Access,
    since: datetime | None,
    *,
    limit: int = MOST_SHARED,
    teams: Iterable[int] | None = None,
    without: Iterable[str] = (),
) -> list[Waiting]:
    """Versions shared with the person's teams after `since` (None: ever), newest first; `teams` (ids) limits them
    to what these wrote, `without` leaves out forms of these purposes. At most `MOST_SHARED`."""
    found = _shared_versions(access, since, None if teams is None else list(teams), tuple(sorted(without)))
    return [_shared_item(version) for version in found[:limit]]


@prepared
def _shared_versions(
    access: Access, since: datetime | None, teams: list[int] | None, without: tuple[str, ...]
) -> QuerySet[SharedVersion]:
    granted = grants_to(access).filter(version=OuterRef("pk"))
    if since is not None:
        granted = granted.filter(created_at__gt=since)
    earlier = grants_to(access).filter(
        version__response=OuterRef("response"),
        version__shared_by=OuterRef("shared_by"),
        version__number__lt=OuterRef("number"),
    )
    rows = SharedVersion.objects.filter(Exists(granted)).annotate(has_earlier=Exists(earlier))
    rows = rows.defer("data").order_by("-created_at")
    if teams is not None:
        rows = rows.filter(response__team__in=teams)
    rows = rows.exclude(response__questionnaire__purpose__in=without) if without else rows
    return rows.select_related(
        "shared_by__enrolment__organisation", "response__questionnaire", "response__team__enrolment__programme"
    )[:MOST_SHARED]


def _shared_item(version: SharedVersion) -> Waiting:
    return Waiting(
        SHARED,
        version.pk,
        programme_id=version.response.enrolment.programme_id,
        since=version.created_at,
        data={
            "who": version.shared_by.enrolment.organisation.name,
            "form": version.response.questionnaire.title,
            "number": version.number,
            "programme": version.response.enrolment.programme.title,
            "has_earlier": version.has_earlier,  # type: ignore[attr-defined]
        },
    )


def _say_shared(row: Waiting) -> WaitingText:
    words = {**row.data, "form": in_language(row.data["form"])}
    text = _("%(who)s shared “%(form)s”, version %(number)s, with you.") % words
    changes = reverse("assessments:compare", args=[row.subject_id]) if row.data["has_earlier"] else ""
    return WaitingText(
        text, reverse("assessments:version", args=[row.subject_id]), row.data["programme"], changes_url=changes
    )


SHARED = Kind("form.shared", lambda asked: (), _say_shared)
