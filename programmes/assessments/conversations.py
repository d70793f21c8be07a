"""Which questions stand beside a form, and with whom one may begin another."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from programmes.partnerships.boundary import current, places_of, threads_visible_to
from programmes.partnerships.conversation import with_messages
from programmes.partnerships.enums import CITY_ROLES, Role
from programmes.partnerships.models import Participation, Thread

from .boundary import shared_sections
from .models import Response
from .readers import readers_now


def threads_on(response: Response, user, *, part_keys: Collection[str] | None = None) -> QuerySet[Thread]:
    """Threads beside this form that the person may read, open ones first; `part_keys` limits them to these boxes,
    an empty collection to those about needs."""
    about = Q(about_answer__response=response)
    if part_keys is not None:
        about &= Q(about_answer__part_key__in=part_keys) if part_keys else Q(about_answer__need__isnull=False)
    rows = with_messages(threads_visible_to(user)).select_related("about_answer__need").filter(about)
    return rows.order_by(F("resolved_at").desc(nulls_first=True), "pk")


def partners_to_ask(response: Response, user, section_key: str) -> list[tuple[Participation, str]]:
    """Per partnership the mentor's participation with the other city's name: both cities' teams must be able to read
    this section, so that nobody is asked about what they cannot see."""
    mine = _mine(user)
    if not mine:
        return []
    others = _others(mine)
    pairs = [(me, other) for me in mine for other in others.get(me.partnership_id, ()) if _faces(me, other)]
    city = response.enrolment_id
    if city in places_of(user).enrolments:
        reading = {shared.team.pk for shared in readers_now(response).get(section_key, ())}
        pairs = [(me, other) for me, other in pairs if me.team.enrolment_id == city and other.team_id in reading]
    else:
        readable = section_key in shared_sections(user, response)
        pairs = [(me, other) for me, other in pairs if readable and other.team.enrolment_id == city]
    return [(other if other.role == Role.MENTOR else me, other.organisation.name) for me, other in pairs]


def _mine(user) -> list[Participation]:
    rows = Participation.objects.filter(current(), role__in=CITY_ROLES, team__in=places_of(user).teams)
    return list(rows.select_related("team", "organisation"))


def _others(mine: list[Participation]) -> dict[int, list[Participation]]:
    rows = Participation.objects.filter(
        current(), role__in=CITY_ROLES, partnership__in={me.partnership_id for me in mine}, partnership__ended_on=None
    ).select_related("team", "organisation", "partnership")
    found: dict[int, list[Participation]] = {}
    for row in rows:
        found.setdefault(row.partnership_id, []).append(row)
    return found


def _faces(me: Participation, other: Participation) -> bool:
    return {me.role, other.role} == set(CITY_ROLES)
