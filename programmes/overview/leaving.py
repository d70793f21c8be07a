"""What others shared with an organisation that left a partnership: for whoever shared it, and whoever sees it off."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.action_plans.models import PlanGrant
from programmes.assessments.models import ShareGrant
from programmes.common.access import Access
from programmes.common.waiting import Kind, Waiting, WaitingText, as_rows
from programmes.partnerships.asking import WaitingQuery
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import WRITING_TEAMS
from programmes.partnerships.models import Participation, Team
from programmes.sharing.leaving import to_teams_that_left

GRANTS: tuple[tuple[Any, str], ...] = ((ShareGrant, "version__shared_by"), (PlanGrant, "version__plan__team"))
"""What is shared, and the way to the team that shared it."""


def still_reading(access: Access, reader: Team | int) -> list[QuerySet]:
    """Grants of the person's teams to a team that left, on which they have not spoken."""
    mine = places_of(access).teams
    return [
        to_teams_that_left(model._default_manager.filter(team=reader, **{f"{path}__in": mine}), path)
        for model, path in GRANTS
    ]


def shared_with(participation: Participation) -> list[str]:
    """Names of those in the partnership who shared something with the team that it reads now."""
    beside = [row.team_id for row in participation.partnership.current() if row.team_id != participation.team_id]
    names: set[str] = set()
    for model, path in GRANTS:
        rows = model._default_manager.filter(team=participation.team_id, recalled_at=None, **{f"{path}__in": beside})
        names.update(rows.values_list(f"{path}__enrolment__organisation__name", flat=True))
    return sorted(names)


def shared_with_who_leaves(context: Mapping[str, Any], participation: Participation) -> str:
    """For the slot on the pages that replace somebody or let somebody go."""
    return render_to_string("overview/_shared_with_who_leaves.html", {"names": shared_with(participation)})


def _left(asked: WaitingQuery) -> Iterable[QuerySet]:
    for model, path in GRANTS:
        members = f"{path}__members"
        rows = to_teams_that_left(model._default_manager.filter(**{f"{members}__in": asked.seats()}), path)
        if model is PlanGrant:
            rows = rows.exclude(Exists(_forms_shared_too(path)))
        groups = {"of_person": F(f"{members}__person"), "of_reader": F("team")}
        groups |= {"of_programme": F("team__enrolment__programme"), "name": F("team__enrolment__organisation__name")}
        together = rows.order_by().values(**groups).annotate(first_at=Min("left_at"))
        yield as_rows(
            together,
            "shared.left",
            subject="of_reader",
            person="of_person",
            programme="of_programme",
            since="first_at",
            data={"name": "name", "programme": "team__enrolment__programme__title"},
        )


def _forms_shared_too(path: str) -> QuerySet:
    """Of a plan's grants, by the way to the team that shared it: what that team shared of its forms with the same
    reader. One page asks about both, so one task leads there."""
    form_path = "version__shared_by"
    same = {"team": OuterRef("team"), form_path: OuterRef(path)}
    return to_teams_that_left(ShareGrant._default_manager.filter(**same), form_path)


def _say_left(row: Waiting) -> WaitingText:
    text = _("%(name)s no longer takes part with you. What you shared with it: end it, or keep it?")
    url = reverse("overview:left_reader", args=[row.subject_id])
    return WaitingText(text % {"name": row.data["name"]}, url, row.data["programme"])


WAITING = (Kind("shared.left", _left, _say_left, roles=set(WRITING_TEAMS)),)
AWAITED: tuple[Kind, ...] = ()
