"""A partnership's home: the next step, the sides and their people, what changed, the tools in use."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.action_plans import selectors as action_plans_selectors
from programmes.action_plans.boundary import plans_visible_to
from programmes.action_plans.models import Plan
from programmes.action_plans.selectors import plans_of, shown_title, with_titles
from programmes.assessments import boundary as assessments
from programmes.assessments import selectors as assessments_selectors
from programmes.assessments.enums import Purpose
from programmes.common.access import Access
from programmes.common.waiting import Waiting
from programmes.conversations.boundary import between_cities, conversations_visible_to
from programmes.partnerships.boundary import members_of, places_of, support_groups_of
from programmes.partnerships.enums import CITY_ROLES, Role, Tool
from programmes.partnerships.models import Participation, Partnership, Programme
from programmes.partnerships.selectors import (
    partnerships_visible_to,
    programmes_visible_to,
    support_groups_visible_to,
    with_people,
)

from .board import Row, rows_of
from .waiting import moment

MOST_PARTNERSHIPS = 12
MOST_CHANGES = 8


@dataclass(frozen=True)
class Side:
    """An organisation in the partnership with the people of its team."""

    participation: Participation
    people: list

    @property
    def side(self) -> str:
        return self.participation.side


@dataclass(frozen=True)
class Step:
    """A way into a tool: what it is, in which state for this reader, where it leads."""

    title: str
    text: str
    url: str
    side: str = ""


def my_partnerships(access: Access) -> list[Row]:
    """The first partnerships the person takes part in or coordinates, as rows of a board."""
    rows = partnerships_visible_to(access).filter(ended_on=None).order_by("sort_name", "pk")[:MOST_PARTNERSHIPS]
    found = list(with_people(rows))
    by_programme: dict[int, Programme] = {}
    for partnership in found:
        by_programme.setdefault(partnership.programme_id, partnership.programme)
    return [row for p in found for row in rows_of([p], by_programme[p.programme_id])]


def my_programmes(access: Access) -> list[Programme]:
    return list(programmes_visible_to(access)[:MOST_PARTNERSHIPS])


def plans_for_groups(access: Access) -> list[Plan]:
    """Plans of which a local support group of this person may read a version."""
    groups = support_groups_of(access)
    if not groups:
        return []
    live = {"versions__grants__support_group__in": groups, "versions__grants__recalled_at": None}
    plans = with_titles(access, plans_visible_to(access).filter(**live))
    return list(plans.select_related("city").distinct())


def sides_of(partnership: Partnership) -> list[Side]:
    """Current participations in the order of roles, each with its people, in one query."""
    rows = partnership.current()
    people: dict[int, list] = {}
    for member in members_of([row.team_id for row in rows]):
        people.setdefault(member.team_id, []).append(member)
    return [Side(row, people.get(row.team_id, [])) for row in rows]


def groups_of(access: Access, partnership: Partnership, tools: set[str]) -> dict[str, Any]:
    """`groups`: the mentee's local support groups that the person may see; `begin_group`: the person's own team where
    it has none yet."""
    if Tool.SUPPORT_GROUP not in tools:
        return {"groups": [], "begin_group": None}
    mentees = partnership.current_in(Role.MENTEE)
    groups = list(support_groups_visible_to(access).filter(team__in=[row.team_id for row in mentees]))
    own = next((row.team for row in mentees if row.team_id in places_of(access).teams), None)
    return {"groups": groups, "begin_group": None if groups else own}


def changed_since(access: Access, partnership: Partnership, since: datetime | None) -> list[Waiting]:
    """What was shared with the person in this partnership since they were here."""
    writers = {row.team_id for row in partnership.current()}
    items = assessments_selectors.shared_since(access, since, limit=MOST_CHANGES, teams=writers)
    plans = action_plans_selectors.shared_since(access, since)
    items += [item for item in plans if item.partnership_id == partnership.pk]
    return sorted(items, key=moment, reverse=True)[:MOST_CHANGES]


def steps_of(access: Access, partnership: Partnership, tools: set[str]) -> list[Step]:
    """Ways into the tools in use, for what this person writes or may read; nothing that is not theirs shows."""
    steps: list[Step] = []
    forms = [form for form in FORMS if form.tool in tools]
    if forms:
        steps += _forms(access, partnership, forms)
    if Tool.ACTION_PLAN in tools:
        steps += _plans(access, partnership)
    return steps


@dataclass(frozen=True)
class Form:
    """A form that a tool of the partnership stands for, and whose it is."""

    tool: str
    role: str
    purpose: str
    title: Any


FORMS = (
    Form(Tool.NEEDS_ANALYSIS, Role.MENTEE, Purpose.NEEDS, gettext_lazy("Needs analysis of %(city)s")),
    Form(Tool.STRENGTHS, Role.MENTOR, Purpose.STRENGTHS, gettext_lazy("Strengths and experience of %(city)s")),
)


def _forms(access: Access, partnership: Partnership, forms: list[Form]) -> list[Step]:
    cities = {row.team_id for row in partnership.participations.all() if row.role in CITY_ROLES}
    rows = assessments.responses_visible_to(access).filter(team__in=cities).select_related("questionnaire")
    readable = {(response.team_id, response.questionnaire.purpose): response for response in rows}
    written = assessments.written_teams(access)
    steps = []
    for form in forms:
        for city in partnership.current_in(form.role):
            title = form.title % {"city": city.organisation.name}
            response = readable.get((city.team_id, form.purpose))
            writes = response is not None and city.team_id in written
            steps.append(_form_step(access, city, form.purpose, title, response, writes))
        steps += [_former_step(city, form, readable) for city in partnership.former_in(form.role)]
    return [step for step in steps if step]


def _form_step(access, city: Participation, purpose: str, title: str, response, writes: bool) -> Step | None:
    if writes:
        return Step(
            title,
            _("Your team writes here; others read only what you share."),
            reverse("assessments:form", args=[response.pk]),
            city.side,
        )
    if response is not None:
        return Step(title, _("Shared with you."), reverse("assessments:read", args=[response.pk]), city.side)
    if city.team_id in places_of(access).teams:
        start = reverse("assessments:start", args=[city.team_id, purpose])
        return Step(title, _("Not begun. A paragraph is a draft."), start, city.side)
    return None


def _former_step(city: Participation, form: Form, readable: dict) -> Step | None:
    """What a city that was replaced had shared: it stays with its readers, under that city's name."""
    response = readable.get((city.team_id, form.purpose))
    if response is None:
        return None
    text = _("Shared with you while this city took part.")
    title = form.title % {"city": city.organisation.name}
    return Step(title, text, reverse("assessments:read", args=[response.pk]), city.side)


def _plans(access: Access, partnership: Partnership) -> list[Step]:
    plans = list(plans_of(access, partnership))
    steps = [_plan_step(plan, partnership) for plan in plans]
    mine = [row for row in partnership.current_in(Role.MENTEE) if row.team_id in places_of(access).teams]
    begun = {plan.team_id for plan in plans}
    steps += [
        Step(_("Action plan"), _("Not begun."), reverse("action_plans:begin", args=[partnership.pk]), "mentee")
        for row in mine
        if row.team_id not in begun
    ]
    return steps


def _plan_step(plan: Plan, partnership: Partnership) -> Step:
    text = _("Action plan of %(city)s") % {"city": plan.city.name}
    return Step(shown_title(plan), text, reverse("action_plans:plan", args=[plan.pk]), "mentee")


def open_conversations(access: Access, partnership: Partnership) -> int:
    """How many open ones between the cities of this partnership the person may read; 0 for everybody outside."""
    rows = conversations_visible_to(access).filter(partnership=partnership, resolved_at=None)
    return between_cities(rows).count()
