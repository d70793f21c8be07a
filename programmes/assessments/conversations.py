"""Which conversations stand beside a form, and with whom one may begin another."""

from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from programmes.common.access import Access
from programmes.common.prepared import prepared
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.models import Conversation
from programmes.conversations.selectors import with_messages
from programmes.conversations.tools import BETWEEN_CITIES
from programmes.partnerships.boundary import current, places_of
from programmes.partnerships.enums import CITY_ROLES, Role
from programmes.partnerships.models import Participation
from programmes.partnerships.tool_use import in_use

from .boundary import shared_sections
from .enums import Purpose
from .models import Response
from .readers import readers_now
from .tool_use import TOOL_OF

Sides = tuple[Participation, Participation]
"""The person's own city and its partner, in one partnership."""


def conversations_on(
    response: Response, access: Access, *, part_keys: Collection[str] | None = None
) -> list[Conversation]:
    """Conversations beside this form that the person may read, open ones first; `part_keys` limits them to these
    boxes, an empty collection to those about needs."""
    return _conversations(access, response.pk, None if part_keys is None else tuple(part_keys))


@prepared
def _conversations(access: Access, response: int, part_keys: tuple[str, ...] | None) -> QuerySet[Conversation]:
    about = Q(about_answer__response=response)
    if part_keys is not None:
        about &= Q(about_answer__part_key__in=part_keys) if part_keys else Q(about_answer__need__isnull=False)
    rows = with_messages(conversations_visible_to(access)).select_related("about_answer__need").filter(about)
    return rows.order_by(F("resolved_at").desc(nulls_first=True), "pk")


def partners_to_ask(response: Response, access: Access, *, shared: Collection[int]) -> list[tuple[Sides, str]]:
    """Between whom the person may begin a conversation beside this form, with the name of the partner city.

    Both cities must be able to read what is asked about: `shared` holds the teams of the readers for a writer of the
    form; a reader, who may read it, passes the form's own team."""
    if not shared:
        return []
    teams, city = places_of(access).teams, response.team_id
    mine = Participation.objects.filter(current(), role__in=CITY_ROLES, team__in=teams).values("partnership")
    tool = TOOL_OF.get(Purpose(response.questionnaire.purpose))
    used = [in_use(name, "partnership") for name in (BETWEEN_CITIES.key, tool) if name]
    rows = Participation.objects.filter(
        current(), *used, role__in=CITY_ROLES, partnership__in=mine, partnership__ended_on=None
    ).select_related("team", "organisation", "partnership")
    by_partnership: dict[int, list[Participation]] = {}
    for row in rows:
        by_partnership.setdefault(row.partnership_id, []).append(row)
    writes = city in teams
    return [
        ((me, other), other.organisation.name)
        for cities in by_partnership.values()
        for me in cities
        for other in cities
        if me.team_id in teams
        and may_converse(me, other)
        and other.team_id in shared
        and (me.team_id == city if writes else other.team_id == city)
    ]


def may_converse(one: Participation, other: Participation) -> bool:
    """A mentee and a mentor, or two peers (X4): not two cities that mentor the same one."""
    return one.pk != other.pk and {one.role, other.role} in ({Role.MENTEE, Role.MENTOR}, {Role.PEER})


def partners_beside(response: Response, access: Access, section_key: str) -> list[tuple[Sides, str]]:
    """The same for one section, asking who may read it."""
    if response.team_id in places_of(access).teams:
        reading = {shared.team.pk for shared in readers_now(response).get(section_key, ()) if shared.team}
    else:
        reading = {response.team_id} if section_key in shared_sections(access, response) else set()
    return partners_to_ask(response, access, shared=reading)
