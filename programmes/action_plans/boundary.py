"""Who writes a plan and who reads which of its versions. The mentee's team writes; others read what it shared."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes.accounts.models import User
from programmes.common.access import Access
from programmes.partnerships.boundary import current, members_of, places_of, reach_of
from programmes.partnerships.enums import CITY_ROLES, Role, TeamRole
from programmes.partnerships.models import Participation
from programmes.partnerships.tool_use import in_use
from programmes.sharing import boundary as sharing

from .models import Plan, PlanGrant, PlanVersion
from .tool_use import granted_in_use
from .tools import ACTION_PLAN


def takes_part() -> QuerySet[Participation]:
    """The plan's own team in its partnership, now: after a replacement nobody writes the former city's plan."""
    return Participation.objects.filter(
        current(), partnership=OuterRef("partnership"), team=OuterRef("team"), role__in=CITY_ROLES
    )


def plans_written_by(access: Access) -> QuerySet[Plan]:
    """Plans of the person's own team, and of teams that let their facilitator write on their behalf."""
    teams = places_of(access).teams
    facilitates = Participation.objects.filter(
        current(), partnership=OuterRef("partnership"), role=Role.FACILITATOR, team__in=teams
    )
    facilitated = reach_of(access).facilitated
    rows = Plan.objects.filter(team__in=teams | facilitated)  # by index, before anything is asked row by row
    rows = rows.filter(Q(team__in=teams) | Q(Exists(facilitates), team__in=facilitated))
    return rows.filter(Exists(takes_part()), in_use(ACTION_PLAN.key))


def plans_kept_by(access: Access) -> QuerySet[Plan]:
    """Plans that the person reads as they stand: those it writes, and once their city takes part no more still those
    of the own team and, while the city is in the programme, of a team that let its facilitator write. A city that left
    keeps its own whatever tools the others use."""
    places = places_of(access)
    rows = Q(team__in=places.own)
    if TeamRole.FACILITATOR in places.roles:
        facilitates = Participation.objects.filter(current(), role=Role.FACILITATOR, team__in=places.teams)
        rows |= Q(
            current("team__enrolment__"),
            team__facilitator_may_write_at__isnull=False,
            team__closed_at=None,
            partnership__in=facilitates.values("partnership"),
        )
    return Plan.objects.filter(rows, in_use(ACTION_PLAN.key) | Q(~Exists(takes_part()), team__in=places.own))


def sees_plan(access: Access, plan: Plan) -> bool:
    """As the views' mixin found out already, else asked."""
    return access.noted("sees", plan) or plans_visible_to(access).filter(pk=plan.pk).exists()


def writes_plan(access: Access, plan: Plan) -> bool:
    """As `sees_plan`: several rules ask in one request."""
    known = access.noted("writes", plan)
    return plans_written_by(access).filter(pk=plan.pk).exists() if known is None else known


def writes_on_behalf(access: Access, plan: Plan) -> bool:
    return plan.team_id not in places_of(access).teams


def grants_to(access: Access) -> QuerySet[PlanGrant]:
    return sharing.grants_to(access, PlanGrant).filter(granted_in_use())


def plans_visible_to(access: Access) -> QuerySet[Plan]:
    """Plans the person reads as they stand, and those of which a version was shared with it."""
    granted = grants_to(access).values("version__plan")
    return Plan.objects.filter(Q(pk__in=plans_kept_by(access).values("pk")) | Q(pk__in=granted))


def versions_visible_to(access: Access) -> QuerySet[PlanVersion]:
    granted = grants_to(access).filter(version=OuterRef("pk"))
    return PlanVersion.objects.filter(Q(plan__in=plans_kept_by(access).values("pk")) | Q(Exists(granted)))


def writers_of(plan: Plan) -> QuerySet[User]:
    """Accounts that may write the plan now: its team's, and where it allowed that, its facilitator's."""
    teams = {plan.team_id}
    if plan.team.facilitator_may_write_at:
        teams |= {row.team_id for row in plan.partnership.current_in(Role.FACILITATOR)}
    return User.objects.filter(is_active=True, person__team_places__in=members_of(teams)).distinct()


def newest_version_for(access: Access, plan: Plan) -> PlanVersion | None:
    return versions_visible_to(access).filter(plan=plan).order_by("-number").first()
