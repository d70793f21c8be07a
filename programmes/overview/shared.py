"""What cities share with a person, city by city: for an association its cities, for a facilitator or a coordinator
those that let them read something."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.action_plans import boundary as action_plans
from programmes.action_plans.selectors import shown_title, with_titles
from programmes.assessments import boundary as assessments
from programmes.assessments.pages.choices import DOCUMENT_KINDS
from programmes.assessments.selectors import responses_to_read
from programmes.common.access import Access
from programmes.participants.models import Organisation
from programmes.partnerships.boundary import current, places_of, reach_of
from programmes.partnerships.enums import CITY_ROLES
from programmes.partnerships.models import Participation, Partnership, Team
from programmes.partnerships.selectors import partnerships_visible_to, with_people

from .work import Work


@dataclass(frozen=True)
class SharedByCity:
    """A city with its partnerships that the person sees, and what they may read or print of it."""

    city: Organisation
    partnerships: list[Partnership] = field(default_factory=list)
    pieces: list[Work] = field(default_factory=list)


def cities_for(access: Access) -> QuerySet[Organisation]:
    """Cities in the person's partnerships or behind which their association stands, and all that share something with
    them; not their own. Alphabetically."""
    teams = places_of(access).teams
    mine = Participation.objects.filter(current(), team__in=teams).values("partnership")
    beside = Participation.objects.filter(current(), partnership__in=mine, role__in=CITY_ROLES)
    backed = Team.objects.filter(pk__in=reach_of(access).backed)
    own = Team.objects.filter(pk__in=places_of(access).own).values("enrolment__organisation")
    found = Q(pk__in=beside.values("organisation")) | Q(pk__in=backed.values("enrolment__organisation"))
    found |= Q(pk__in=responses_to_read(access).order_by().values("team__enrolment__organisation"))
    found |= Q(pk__in=action_plans.plans_visible_to(access).values("city"))
    return Organisation.objects.filter(found).exclude(pk__in=own).order_by("normalised", "pk")


def shared_by(access: Access, cities: Iterable[Organisation]) -> list[SharedByCity]:
    """In a fixed number of queries."""
    found = {city.pk: SharedByCity(city) for city in cities}
    for partnership in _partnerships(access, list(found)):
        for row in partnership.current_cities():
            if row.organisation_id in found:
                found[row.organisation_id].partnerships.append(partnership)
    for city, piece in [*_forms(access, list(found)), *_plans(access, list(found))]:
        found[city].pieces.append(piece)
    return list(found.values())


def _partnerships(access: Access, cities: list[int]) -> list[Partnership]:
    parts = Participation.objects.filter(current(), organisation__in=cities, role__in=CITY_ROLES)
    rows = partnerships_visible_to(access).filter(pk__in=parts.values("partnership"), ended_on=None)
    return with_people(rows.order_by("sort_name", "pk"))


def _forms(access: Access, cities: list[int]) -> list[tuple[int, Work]]:
    newest = assessments.versions_visible_to(access).filter(response=OuterRef("pk")).order_by("-number")
    rows = responses_to_read(access).filter(team__enrolment__organisation__in=cities).order_by("pk")
    return [
        (response.enrolment.organisation_id, _piece(response, str(response.questionnaire), "assessments:read", kind))
        for response in rows.annotate(newest=Subquery(newest.values("number")[:1]))
        for kind in [DOCUMENT_KINDS.get(response.questionnaire.purpose)]
    ]


def _plans(access: Access, cities: list[int]) -> list[tuple[int, Work]]:
    newest = action_plans.versions_visible_to(access).filter(plan=OuterRef("pk")).order_by("-number")
    rows = with_titles(access, action_plans.plans_visible_to(access).filter(city__in=cities)).order_by("pk")
    plans = rows.select_related("city").annotate(newest=Subquery(newest.values("number")[:1]))
    return [(plan.city_id, _piece(plan, shown_title(plan), "action_plans:plan", "action-plan")) for plan in plans]


def _piece(row: Any, title: str, page: str, kind: str | None) -> Work:
    state = _("version %(number)s") % {"number": row.newest} if row.newest else ""
    document = (kind, row.pk) if kind else None
    return Work(title, "", state, _("Read"), reverse(page, args=[row.pk]), document=document)
