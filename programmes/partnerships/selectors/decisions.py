"""What a team is asked to decide about teams: an association behind the city, somebody for an empty team."""

from django.core.signing import Signer
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.waiting import Waiting

from ..boundary import Places, current
from ..enums import TeamRole
from ..models import Backing, TeamMember, TeamReopening
from .succession import confirming_team

OBJECT = Signer(sep=".", salt="partnerships.reopening.object")
"""Of the link with which a former member objects."""


def proposed_backings(places: Places, limit: int) -> list[Waiting]:
    """Associations that wait for the word of the city."""
    if TeamRole.CITY not in places.roles:
        return []
    rows = Backing.objects.filter(
        current(), accepted_at=None, enrolment__teams__in=places.teams, enrolment__teams__role=TeamRole.CITY
    ).select_related("team__enrolment__organisation", "enrolment__programme")
    return [_proposed(row) for row in rows.order_by("pk")[:limit]]


def _proposed(row: Backing) -> Waiting:
    return Waiting(
        text=_("%(name)s would stand behind your city: do you accept?")
        % {"name": row.team.enrolment.organisation.name},
        url=reverse("partnerships:backing_accept", args=[row.pk]),
        since=row.created_at,
        context=row.enrolment.programme.title,
        kind="backing",
    )


def about_empty_teams(access: Access, places: Places, limit: int) -> list[Waiting]:
    """People whom the coordinator named for an empty team: to confirm, where the person's own team may; to object to,
    for who was in that team."""
    if not access.is_active:
        return []
    was_there = Exists(
        TeamMember.objects.filter(team=OuterRef("team"), person__user=access.user, ended_on__isnull=False)
    )
    rows = TeamReopening.objects.filter(stopped_at=None, opened_at=None).annotate(was_there=was_there)
    rows = rows.filter(
        Q(opens_at=None, team__enrolment__programme__in=places.programmes) | Q(opens_at__isnull=False, was_there=True)
    ).select_related("team__enrolment__organisation", "team__enrolment__programme")
    return [_named(access, row) for row in rows.order_by("pk")[:limit] if row.opens_at or confirming_team(access, row)]


def _named(access: Access, row: TeamReopening) -> Waiting:
    if row.opens_at:
        text = _("%(name)s is named for the team of %(team)s, in which you were. You may object.")
        url = objection_path(row, access.user.person.pk)
    else:
        text = _("Nobody is left in the team of %(team)s. Is %(name)s the right person?")
        url = reverse("partnerships:reopening", args=[row.pk])
    return Waiting(
        text=text % {"team": row.team, "name": row.name},
        url=url,
        since=row.updated_at,
        context=row.team.enrolment.programme.title,
        kind="objection" if row.opens_at else "reopening",
    )


def objection_path(reopening: TeamReopening, person_id: int) -> str:
    return reverse("partnerships:reopening_object", args=[OBJECT.sign_object([reopening.pk, person_id])])
