"""Who writes a plan and who reads which of its versions. The mentee's team writes; others read what it shared."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.partnerships.boundary import current, places_of, support_groups_of
from programmes.partnerships.enums import CITY_ROLES, Role
from programmes.partnerships.models import Participation

from .models import Plan, PlanGrant, PlanVersion


def _takes_part() -> QuerySet[Participation]:
    """The plan's own team in its partnership, now: after a replacement nobody writes the former city's plan."""
    return Participation.objects.filter(
        current(), partnership=OuterRef("partnership"), team=OuterRef("team"), role__in=CITY_ROLES
    )


def plans_written_by(user) -> QuerySet[Plan]:
    """Plans of the person's own team, and of teams that let their facilitator write on their behalf."""
    teams = places_of(user).teams
    facilitates = Participation.objects.filter(
        current(), partnership=OuterRef("partnership"), role=Role.FACILITATOR, team__in=teams
    )
    allowed = Q(Exists(facilitates), team__facilitator_may_write_at__isnull=False)
    return Plan.objects.filter(Exists(_takes_part())).filter(Q(team__in=teams) | allowed)


def writes_on_behalf(user, plan: Plan) -> bool:
    return plan.team_id not in places_of(user).teams


def grants_to(user) -> QuerySet[PlanGrant]:
    """Live grants to the person's teams and to local support groups in which they have a seat."""
    readers = Q(team__in=places_of(user).teams) | Q(support_group__in=support_groups_of(user))
    return PlanGrant.objects.filter(readers, recalled_at=None)


def plans_visible_to(user) -> QuerySet[Plan]:
    granted = grants_to(user).filter(version__plan=OuterRef("pk"))
    return Plan.objects.filter(Q(pk__in=plans_written_by(user).values("pk")) | Q(Exists(granted)))


def versions_visible_to(user) -> QuerySet[PlanVersion]:
    granted = grants_to(user).filter(version=OuterRef("pk"))
    return PlanVersion.objects.filter(Q(plan__in=plans_written_by(user).values("pk")) | Q(Exists(granted)))


def newest_version_for(user, plan: Plan) -> PlanVersion | None:
    return versions_visible_to(user).filter(plan=plan).order_by("-number").first()
