"""What a team is asked to decide about teams: an association behind the city, somebody for an empty team."""

from django.core.signing import Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.waiting import Waiting

from ..boundary import Places, current
from ..enums import TeamRole
from ..models import Backing, TeamReopening
from .succession import confirming_team, reopenings_visible_to

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


def to_confirm(access: Access, limit: int) -> list[Waiting]:
    """People whom the coordinator named for an empty team, where the person's own team may confirm."""
    rows = reopenings_visible_to(access).filter(opens_at=None, stopped_at=None, opened_at=None).order_by("pk")
    text = _("Nobody is left in the team of %(team)s. Is %(name)s the right person?")
    return [
        Waiting(
            text=text % {"team": row.team, "name": row.name},
            url=reverse("partnerships:reopening", args=[row.pk]),
            since=row.created_at,
            context=row.team.enrolment.programme.title,
            kind="reopening",
        )
        for row in rows[:limit]
        if confirming_team(access, row)
    ]


def to_object(access: Access, limit: int) -> list[Waiting]:
    """For former members: somebody is named for the team in which they were."""
    if not access.is_active:
        return []
    rows = TeamReopening.objects.filter(
        opens_at__isnull=False,
        stopped_at=None,
        opened_at=None,
        team__members__person__user=access.user,
        team__members__ended_on__isnull=False,
    ).select_related("team__enrolment__organisation", "team__enrolment__programme")
    text = _("%(name)s is named for the team of %(team)s, in which you were. You may object.")
    return [
        Waiting(
            text=text % {"team": row.team, "name": row.name},
            url=objection_path(row, access.user.person.pk),
            since=row.updated_at,
            context=row.team.enrolment.programme.title,
            kind="objection",
        )
        for row in rows.distinct().order_by("pk")[:limit]
    ]


def objection_path(reopening: TeamReopening, person_id: int) -> str:
    return reverse("partnerships:reopening_object", args=[OBJECT.sign_object([reopening.pk, person_id])])
