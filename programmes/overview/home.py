"""A partnership's home: its sides and their people, its groups, what changed; see `work` for the tools in use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from programmes.action_plans import selectors as action_plans_selectors
from programmes.action_plans.boundary import plans_visible_to
from programmes.action_plans.models import Plan
from programmes.action_plans.selectors import with_titles
from programmes.assessments import selectors as assessments_selectors
from programmes.assessments.models import Response
from programmes.assessments.selectors import responses_to_read
from programmes.assessments.tool_use import purposes_off
from programmes.common.access import Access
from programmes.common.prepared import prepared
from programmes.common.waiting import Waiting
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.models import Conversation
from programmes.conversations.selectors import with_messages
from programmes.partnerships.boundary import places_of, support_groups_of
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership, Programme, SupportGroup
from programmes.partnerships.selectors import (
    partnerships_visible_to,
    programmes_visible_to,
    support_groups_visible_to,
    with_people,
)
from programmes.partnerships.tools import SUPPORT_GROUP

from .board import Row, rows_of
from .waiting import moment

MOST_PARTNERSHIPS = 12
MOST_CHANGES = 8


def my_partnerships(access: Access) -> tuple[list[Row], bool]:
    """The first running partnerships the person takes part in or coordinates, as rows of a board; whether there are
    more."""
    rows = partnerships_visible_to(access).filter(ended_on=None).order_by("sort_name", "pk")
    found = with_people(rows[: MOST_PARTNERSHIPS + 1])
    return as_rows(found[:MOST_PARTNERSHIPS]), len(found) > MOST_PARTNERSHIPS


def as_rows(partnerships: Iterable[Partnership]) -> list[Row]:
    """Rows of a board of several programmes, each of which is read once; `partnerships` read through `with_people`."""
    by_programme: dict[int, Programme] = {}
    return [row for p in partnerships for row in rows_of([p], by_programme.setdefault(p.programme_id, p.programme))]


def my_programmes(access: Access) -> list[Programme]:
    return list(programmes_visible_to(access)[:MOST_PARTNERSHIPS])


@dataclass(frozen=True)
class GroupHome:
    """A local support group as its members meet it: forms and versions of plans it reads, and what its city asks it."""

    group: SupportGroup
    forms: list[Response]
    plans: list[Plan]
    conversations: list[Conversation]


def my_groups(access: Access) -> list[GroupHome]:
    """In a fixed number of queries, however many groups."""
    ids = support_groups_of(access)
    if not ids:
        return []
    groups = SupportGroup.objects.filter(pk__in=ids).select_related("city").order_by("pk")
    plans: dict[int, list[Plan]] = {}
    for plan in plans_for_groups(access):
        plans.setdefault(plan.city_id, []).append(plan)
    forms: dict[int, list[Response]] = {}
    for response in responses_to_read(access).filter(versions__grants__support_group__in=ids).distinct():
        forms.setdefault(response.enrolment.organisation_id, []).append(response)
    rows = conversations_visible_to(access).filter(readers__support_group__in=ids, readers__closed_at=None)
    said: dict[int, list[Conversation]] = {}
    for conversation in with_messages(rows.distinct()).order_by("-pk"):
        for reader in conversation.now_reading:  # type: ignore[attr-defined]
            if reader.support_group_id:
                said.setdefault(reader.support_group_id, []).append(conversation)
    return [
        GroupHome(group, forms.get(group.city_id, []), plans.get(group.city_id, []), said.get(group.pk, []))
        for group in groups
    ]


def plans_for_groups(access: Access) -> list[Plan]:
    """Plans of which a local support group of this person may read a version."""
    groups = support_groups_of(access)
    if not groups:
        return []
    live = {"versions__grants__support_group__in": groups, "versions__grants__recalled_at": None}
    plans = with_titles(access, plans_visible_to(access).filter(**live))
    return list(plans.select_related("city").distinct())


def groups_of(access: Access, partnership: Partnership, tools: set[str]) -> dict[str, Any]:
    """`groups`: the mentee's local support groups that the person may see; `begin_group`: the person's own team where
    it has none yet."""
    if SUPPORT_GROUP.key not in tools:
        return {"groups": [], "begin_group": None}
    mentees = partnership.current_in(Role.MENTEE)
    groups = _groups_kept_by(access, [row.team_id for row in mentees])
    own = next((row.team for row in mentees if row.team_id in places_of(access).teams), None)
    return {"groups": groups, "begin_group": None if groups else own}


@prepared
def _groups_kept_by(access: Access, teams: list[int]) -> QuerySet[SupportGroup]:
    return support_groups_visible_to(access).filter(team__in=teams)


def changed_since(access: Access, partnership: Partnership, since: datetime | None) -> list[Waiting]:
    """What was shared with the person in this partnership since they were here, by the tools it uses."""
    writers = {row.team_id for row in partnership.current()}
    without = purposes_off(partnership)
    items = assessments_selectors.shared_since(access, since, limit=MOST_CHANGES, teams=writers, without=without)
    plans = action_plans_selectors.shared_since(access, since)
    items += [item for item in plans if item.partnership_id == partnership.pk]
    return sorted(items, key=moment, reverse=True)[:MOST_CHANGES]
