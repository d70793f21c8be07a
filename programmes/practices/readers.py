"""With whom a judgement could be shared: the partner teams of the city that judges, and its local support groups."""

from typing import Any

from django.utils.translation import gettext as _

from programmes.partnerships.boundary import current
from programmes.partnerships.enums import EnrolmentRole, Role
from programmes.partnerships.models import Participation, SupportGroup, Team
from programmes.sharing.readers import Reader, group_readers, team_readers

from .models import Judgement, JudgementGrant

SORTS = {Role.MENTEE_ASSOCIATION: EnrolmentRole.ASSOCIATION, Role.MENTOR_ASSOCIATION: EnrolmentRole.ASSOCIATION}


def possible_readers(judgement: Judgement) -> list[Reader]:
    """Everybody who takes part in a partnership with its city now, and the city's groups that do not rest."""
    sorts = _sorts(judgement)
    teams = Team.objects.select_related("enrolment__organisation").in_bulk(sorts)
    grants = JudgementGrant.objects.filter(version__judgement=judgement)
    readers = team_readers(teams, grants, sorts)
    groups = SupportGroup.objects.filter(team=judgement.team_id, resting_since=None).select_related("city")
    return [*(readers[pk] for pk in sorts if pk in readers), *group_readers(groups, grants, _("Local support group"))]


def _sorts(judgement: Judgement) -> dict[int, str]:
    """Ids of teams, each with what it is."""
    own = Participation.objects.filter(current(), team=judgement.team_id, partnership__ended_on=None)
    rows = Participation.objects.filter(current(), partnership__in=own.values("partnership")).order_by("pk")
    programme = judgement.team.enrolment.programme
    word: Any = programme.role_word
    return {
        row.team_id: word(SORTS.get(Role(row.role), Role(row.role))) for row in rows if row.team_id != judgement.team_id
    }
