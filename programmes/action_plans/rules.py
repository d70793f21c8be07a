"""Who may do what with a plan. Superusers get what stands here and no more: nothing."""

import rules

from programmes.accounts.models import AnyUser
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership

from . import boundary
from .boundary import versions_visible_to
from .models import Plan, PlanVersion

SUGGESTING = (Role.MENTEE, Role.MENTOR, Role.MENTEE_ASSOCIATION)


@rules.predicate
def sees_plan(user: AnyUser, plan: Plan) -> bool:
    return boundary.sees_plan(user, plan)


@rules.predicate
def writes_plan(user: AnyUser, plan: Plan) -> bool:
    return boundary.writes_plan(user, plan)


@rules.predicate
def in_plans_team(user: AnyUser, plan: Plan) -> bool:
    return plan.team_id in places_of(user).teams


@rules.predicate
def sees_version(user: AnyUser, version: PlanVersion) -> bool:
    return boundary.writes_plan(user, version.plan) or versions_visible_to(user).filter(pk=version.pk).exists()


@rules.predicate
def takes_part(user: AnyUser, plan: Plan) -> bool:
    """Beside the plan's own team: what is said about the plan of a city that was replaced would reach its successor."""
    teams, here = places_of(user).teams, {row.team_id for row in plan.partnership.current_in(*SUGGESTING)}
    return plan.team_id in here and not here.isdisjoint(teams)


@rules.predicate
def begins_plan(user: AnyUser, partnership: Partnership) -> bool:
    teams = places_of(user).teams
    return any(row.team_id in teams for row in partnership.current_in(Role.MENTEE))


@rules.predicate
def version_written(user: AnyUser, version: PlanVersion) -> bool:
    return writes_plan(user, version.plan) and in_plans_team(user, version.plan)


rules.add_perm("action_plans.add_plan", begins_plan)
rules.add_perm("action_plans.view_plan", sees_plan)
rules.add_perm("action_plans.change_plan", writes_plan)
rules.add_perm("action_plans.freeze_plan", writes_plan & in_plans_team)
rules.add_perm("action_plans.suggest", sees_plan & takes_part)
rules.add_perm("action_plans.view_version", sees_version)
rules.add_perm("action_plans.share_version", version_written)
