"""Who may do what with a plan. Superusers get what stands here and no more: nothing."""

import rules

from programmes.common.access import Access
from programmes.partnerships.boundary import places_of
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership

from . import boundary
from .boundary import versions_visible_to
from .models import Plan, PlanVersion

SUGGESTING = (Role.MENTEE, Role.MENTOR, Role.MENTEE_ASSOCIATION)


@rules.predicate
def sees_plan(access: Access, plan: Plan) -> bool:
    return boundary.sees_plan(access, plan)


@rules.predicate
def writes_plan(access: Access, plan: Plan) -> bool:
    return boundary.writes_plan(access, plan)


@rules.predicate
def in_plans_team(access: Access, plan: Plan) -> bool:
    return plan.team_id in places_of(access).teams


@rules.predicate
def sees_version(access: Access, version: PlanVersion) -> bool:
    return boundary.writes_plan(access, version.plan) or versions_visible_to(access).filter(pk=version.pk).exists()


@rules.predicate
def takes_part(access: Access, plan: Plan) -> bool:
    """Beside the plan's own team: what is said about the plan of a city that was replaced would reach its successor."""
    teams, here = places_of(access).teams, {row.team_id for row in plan.partnership.current_in(*SUGGESTING)}
    return plan.team_id in here and not here.isdisjoint(teams)


@rules.predicate
def begins_plan(access: Access, partnership: Partnership) -> bool:
    teams = places_of(access).teams
    return any(row.team_id in teams for row in partnership.current_in(Role.MENTEE))


@rules.predicate
def version_written(access: Access, version: PlanVersion) -> bool:
    return writes_plan(access, version.plan) and in_plans_team(access, version.plan)


@rules.predicate
def shared_by_own_team(access: Access, version: PlanVersion) -> bool:
    """Also of a team that takes part no more: what it shared stays its own to recall."""
    return in_plans_team(access, version.plan)


rules.add_perm("action_plans.add_plan", begins_plan)
rules.add_perm("action_plans.view_plan", sees_plan)
rules.add_perm("action_plans.change_plan", writes_plan)
rules.add_perm("action_plans.freeze_plan", writes_plan & in_plans_team)
rules.add_perm("action_plans.suggest", sees_plan & takes_part)
rules.add_perm("action_plans.view_version", sees_version)
rules.add_perm("action_plans.share_version", version_written)
rules.add_perm("action_plans.recall_version", shared_by_own_team)
