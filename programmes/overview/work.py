"""The work of a partnership by tool: what each is, in which state for this reader, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programmes.action_plans import boundary as action_plans
from programmes.action_plans.models import Plan
from programmes.action_plans.selectors import plans_of, shown_title
from programmes.action_plans.tools import ACTION_PLAN
from programmes.assessments import boundary as assessments
from programmes.assessments.enums import Purpose
from programmes.assessments.models import Response
from programmes.assessments.pages.choices import DOCUMENT_KINDS
from programmes.assessments.tools import NEEDS_ANALYSIS, STRENGTHS
from programmes.common.access import Access
from programmes.common.addresses import address
from programmes.common.prepared import prepared
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import CITY_ROLES, Role
from programmes.partnerships.models import Participation, Partnership


@dataclass(frozen=True)
class Work:
    """One piece: `text` says who writes it, `state` where it stands, `verb` what the person does there. Without `url`
    there is nothing for this person to open yet. `document`: kind and subject of what can be printed of it."""

    title: str
    text: str
    state: str = ""
    verb: str = ""
    url: str = ""
    side: str = ""
    document: tuple[str, int] | None = None


@dataclass(frozen=True)
class Part:
    """A part of the method with its pieces."""

    title: Any
    pieces: list[Work] = field(default_factory=list)


@dataclass(frozen=True)
class Form:
    """A form that a tool of the partnership stands for, and whose it is."""

    tool: str
    role: str
    purpose: str
    title: Any
    nobody: Any


FORMS = (
    Form(
        NEEDS_ANALYSIS.key,
        Role.MENTEE,
        Purpose.NEEDS,
        gettext_lazy("Needs analysis of %(city)s"),
        gettext_lazy("Nobody has begun the needs analysis."),
    ),
    Form(
        STRENGTHS.key,
        Role.MENTOR,
        Purpose.STRENGTHS,
        gettext_lazy("Strengths and experience of %(city)s"),
        gettext_lazy("Nobody has begun the strengths and experience."),
    ),
)


def parts_of_work(access: Access, partnership: Partnership, tools: set[str]) -> list[Part]:
    """The parts in which the person has something to read or to do."""
    parts = [Part(_("Understand"), forms_in(access, partnership, tools))]
    if ACTION_PLAN.key in tools:
        parts.append(Part(_("Act"), plans_in(access, partnership)))
    return [part for part in parts if part.pieces]


def forms_in(access: Access, partnership: Partnership, tools: set[str]) -> list[Work]:
    """The forms of the cities, each for what this person writes or may read of it."""
    forms = [form for form in FORMS if form.tool in tools]
    cities = {row.team_id for row in partnership.participations.all() if row.role in CITY_ROLES}
    rows = _responses(access, cities)
    readable = {(response.team_id, response.questionnaire.purpose): response for response in rows}
    written = assessments.written_teams(access)
    begun = _begun(access, partnership, cities)
    found: list[Work | None] = []
    for form in forms:
        for city in partnership.current_in(form.role):
            response = readable.get((city.team_id, form.purpose))
            writes = city.team_id in written
            found.append(_form(form, city, response, writes) if response else _unread(access, form, city, begun))
        found += [_former(form, city, readable) for city in partnership.former_in(form.role)]
    return [work for work in found if work is not None]


@prepared
def _responses(access: Access, teams: set[int]) -> QuerySet[Response]:
    """As `_form` reads them."""
    newest = assessments.versions_visible_to(access).filter(response=OuterRef("pk")).order_by("-number")
    rows = assessments.responses_visible_to(access).filter(team__in=teams).select_related("questionnaire")
    return rows.annotate(
        newest=Subquery(newest.values("number")[:1]),
        newest_at=Subquery(newest.values("created_at")[:1]),
        written_at=Max("answers__updated_at"),
    )


def written_earlier(context: Mapping[str, Any], partnership: Partnership) -> str:
    """For the slot on the history: what those wrote who took part earlier, as far as this person may read it."""
    access = context["request"].access
    now = {row.team_id for row in partnership.current_in(*CITY_ROLES)}
    cities = {row.team_id for row in partnership.participations.all() if row.role in CITY_ROLES} - now
    if not cities:
        return ""
    rows = assessments.responses_visible_to(access).filter(team__in=cities).select_related("questionnaire")
    readable = {(response.team_id, response.questionnaire.purpose): response for response in rows}
    forms = [_former(form, city, readable) for form in FORMS for city in partnership.former_in(form.role)]
    pieces = [work for work in forms if work] + _plans_of(access, partnership, cities)
    return render_to_string("overview/_written_earlier.html", {"pieces": pieces}) if pieces else ""


def _takes_part(access: Access, partnership: Partnership) -> bool:
    """Whoever only coordinates does not hear what nobody began: it concerns what the cities read."""
    return bool(places_of(access).teams & {row.team_id for row in partnership.current()})


def _begun(access: Access, partnership: Partnership, cities: set[int]) -> set[tuple[int, str]] | None:
    """Which forms there are at all, or None for whoever does not hear of it."""
    return set(_begun_by(cities)) if _takes_part(access, partnership) else None


@prepared
def _begun_by(teams: set[int]) -> QuerySet[Response, tuple]:
    return Response.objects.filter(team__in=teams).values_list("team", "questionnaire__purpose")


def _form(form: Form, city: Participation, response: Any, writes: bool) -> Work:
    title = form.title % {"city": city.organisation.name}
    number = response.newest
    version = _("version %(number)s") % {"number": number} if number else ""
    document = (DOCUMENT_KINDS[form.purpose], response.pk)
    if not writes:
        url = address("assessments:read", response.pk)
        return Work(title, _("Shared with you."), version, _("Read"), url, city.side, document)
    if number and response.written_at and response.written_at > response.newest_at:
        version = _("changed since version %(number)s") % {"number": number}
    text = _("Your team writes here; others read only what you share.")
    url = address("assessments:form", response.pk)
    return Work(title, text, version or _("not shared yet"), _("Continue"), url, city.side, document)


def _unread(access: Access, form: Form, city: Participation, begun: set | None) -> Work | None:
    """For who may read nothing of it: the city itself begins it, the others hear whether anybody did."""
    title = form.title % {"city": city.organisation.name}
    if city.team_id in places_of(access).teams:
        start = address("assessments:start", city.team_id, form.purpose)
        return Work(title, _("A paragraph is enough to begin."), _("not begun"), _("Begin"), start, city.side)
    if begun is None:
        return None
    there = (city.team_id, form.purpose) in begun
    return Work(title, _("Nothing of it is shared with you yet.") if there else str(form.nobody), side=city.side)


def _former(form: Form, city: Participation, readable: dict) -> Work | None:
    """What a city that was replaced had shared: it stays with its readers, under that city's name."""
    response = readable.get((city.team_id, form.purpose))
    if response is None:
        return None
    title = form.title % {"city": city.organisation.name}
    text = _("Shared with you while this city took part.")
    return Work(title, text, "", _("Read"), address("assessments:read", response.pk), city.side)


def plans_in(access: Access, partnership: Partnership) -> list[Work]:
    """The plans of the mentees that the person writes or reads; of others the own team may begin one, and those who
    take part hear whether anybody did."""
    plans = _plans(access, partnership.pk)
    readable = {plan.team_id for plan in plans}
    others = [row for row in partnership.current_in(Role.MENTEE) if row.team_id not in readable]
    begun = set(_begun_plans(partnership.pk)) if others and _takes_part(access, partnership) else None
    return [_plan(plan) for plan in plans] + [
        work for row in others if (work := _unread_plan(access, partnership, row, begun))
    ]


def _unread_plan(access: Access, partnership: Partnership, city: Participation, begun: set | None) -> Work | None:
    if city.team_id in places_of(access).teams:
        begin = address("action_plans:begin", partnership.pk)
        return Work(
            _("Action plan"), _("A few words are enough to begin."), _("not begun"), _("Begin"), begin, "mentee"
        )
    if begun is None:
        return None
    there = city.team_id in begun
    text = _("Nothing of it is shared with you yet.") if there else _("Nobody has begun the action plan.")
    return Work(_("Action plan of %(city)s") % {"city": city.organisation.name}, text, side="mentee")


@prepared
def _begun_plans(partnership: int) -> QuerySet[Plan, int]:
    """Teams that began one."""
    return Plan.objects.filter(partnership=partnership).values_list("team", flat=True)


def _plans_of(access: Access, partnership: Partnership, teams: set[int]) -> list[Work]:
    return [_plan(plan) for plan in _plans(access, partnership.pk) if plan.team_id in teams]


@prepared
def _plans(access: Access, partnership: int) -> QuerySet[Plan]:
    """As `_plan` reads them."""
    plans = plans_of(access, partnership)
    written = action_plans.plans_written_by(access).filter(pk=OuterRef("pk"))
    newest = action_plans.versions_visible_to(access).filter(plan=OuterRef("pk")).order_by("-number")
    return plans.annotate(newest=Subquery(newest.values("number")[:1]), is_written=Exists(written))


def _plan(plan: Any) -> Work:
    """Of a plan with `newest`, the number of the last version the person reads, and `is_written`."""
    newest, writes = plan.newest, plan.is_written
    version = _("version %(number)s") % {"number": newest} if newest else ""
    return Work(
        shown_title(plan),
        _("Action plan of %(city)s") % {"city": plan.city.name},
        _("working version") if writes else version,
        _("Continue") if writes else _("Read"),
        address("action_plans:plan", plan.pk),
        "mentee",
        ("action-plan", plan.pk),
    )
