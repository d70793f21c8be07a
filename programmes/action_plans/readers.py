"""Who could be given a version of a plan to read."""

from django.utils.translation import gettext as _

from programmes.partnerships.boundary import current
from programmes.partnerships.enums import ASSOCIATION_ROLES, EnrolmentRole, Role, TeamRole
from programmes.partnerships.models import SupportGroup, Team
from programmes.partnerships.tool_use import tools_in_use
from programmes.partnerships.tools import SUPPORT_GROUP
from programmes.sharing.readers import Reader, group_readers, team_readers

from .models import Plan, PlanGrant


def possible_readers(plan: Plan) -> list[Reader]:
    """Mentors, associations, facilitator, the programme's coordination and the city's groups that do not rest."""
    sorts = _sorts(plan)
    teams = Team.objects.select_related("enrolment__organisation").in_bulk(sorts)
    grants = PlanGrant.objects.filter(version__plan=plan)
    readers = team_readers(teams, grants, sorts)
    groups = SupportGroup.objects.none()
    if SUPPORT_GROUP.key in tools_in_use(plan.partnership):
        groups = SupportGroup.objects.filter(team=plan.team_id, resting_since=None).select_related("city")
    return [*(readers[pk] for pk in sorts if pk in readers), *group_readers(groups, grants, _("Local support group"))]


def _sorts(plan: Plan) -> dict[int, str]:
    """Ids of teams in the order in which they are offered, each with what it is; never the plan's own."""
    taking_part, word = plan.partnership.current_in, plan.partnership.programme.role_word
    found = {row.team_id: word(Role.MENTOR) for row in taking_part(Role.MENTOR)}
    found |= {row.team_id: word(Role.PEER) for row in taking_part(Role.PEER)}
    found |= {row.team_id: word(EnrolmentRole.ASSOCIATION) for row in taking_part(*ASSOCIATION_ROLES)}
    found |= {row.team_id: word(Role.FACILITATOR) for row in taking_part(Role.FACILITATOR)}
    coordination = Team.objects.filter(
        current("enrolment__"),
        enrolment__programme=plan.partnership.programme_id,
        role=TeamRole.COORDINATOR,
        closed_at=None,
    )
    found |= {pk: _("Coordination of the programme") for pk in coordination.order_by("pk").values_list("pk", flat=True)}
    found.pop(plan.team_id, None)
    return found
