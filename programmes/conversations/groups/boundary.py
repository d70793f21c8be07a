"""Who reads what a support group was asked and answered: the team that asked, and each member the questions and the own
answer, while that team keeps the group and the group is awake."""

from django.db.models import QuerySet

from programmes.accounts.models import Person
from programmes.common.access import Access
from programmes.partnerships.boundary import awake_seats_of, places_of
from programmes.partnerships.models import SupportGroupMember

from ..models import Asking, GroupAnswer


def askings_visible_to(access: Access) -> QuerySet[Asking]:
    """With all answers: of the person's own teams."""
    own = places_of(access).own
    return Asking.objects.filter(team__in=own).select_related("group__city", "team") if own else Asking.objects.none()


def askings_changed_by(access: Access) -> QuerySet[Asking]:
    """Those of teams that may write: a team whose city is not in the programme reads and changes nothing."""
    return askings_visible_to(access).filter(team__in=places_of(access).teams)


def answers_taken_up_by(access: Access) -> QuerySet[GroupAnswer]:
    """Answers that the person may mark."""
    rows = GroupAnswer.objects.filter(question__asking__in=askings_changed_by(access))
    return rows.select_related("question__asking__group", "question__asking__team", "author", "seat")


def seat_for(person: Person, asking: Asking) -> SupportGroupMember | None:
    """The seat from which the person of a link answers; None where they may not, or no longer. A group that was
    handed on takes no earlier question along."""
    return awake_seats_of(person).filter(group=asking.group_id, group__team=asking.team_id).first()
