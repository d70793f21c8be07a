"""Invitations and offers without an answer: those that wait for a person, and those that the person waits for."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.waiting import Waiting, by_date

from ..boundary import Places, current, places_of
from ..enums import TeamRole
from ..models import Invitation, ThreadOpening

REMEMBERED = timedelta(days=60)
"""An invitation that expired longer ago no longer waits for anybody."""


def awaited_by(access: Access, *, limit: int = 50) -> list[Waiting]:
    """Invitations nobody followed yet, conversations that the partner city has not agreed to open."""
    return by_date([*_open_invitations(access, limit), *_offers_of(places_of(access), limit)])[:limit]


def expired_invitations(access: Access, limit: int) -> list[Waiting]:
    now = timezone.now()
    rows = _invitations(access).filter(expires_at__lte=now, expires_at__gt=now - REMEMBERED).order_by("expires_at")
    text = _("Your invitation to %(name)s expired: send it again or withdraw it.")
    return [_invitation(row, text, since=row.expires_at, kind="invitation_expired") for row in rows[:limit]]


def _open_invitations(access: Access, limit: int) -> list[Waiting]:
    rows = _invitations(access).filter(expires_at__gt=timezone.now()).order_by("pk")
    text = _("%(name)s has not followed your invitation yet.")
    return [_invitation(row, text, since=row.sent_at or row.created_at, kind="invitation") for row in rows[:limit]]


def _invitations(access: Access) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(invited_by=access.user, accepted_at=None, revoked_at=None)
    return rows.select_related("team__enrolment__organisation", "seat__group__city")


def _invitation(row: Invitation, text: str, **more: Any) -> Waiting:
    if row.team:
        url, context = reverse("partnerships:team", args=[row.team_id]), str(row.team)
    else:
        url, context = reverse("partnerships:invite_seat", args=[row.seat_id]), str(row.seat and row.seat.group)
    return Waiting(text=text % {"name": row.name}, url=url, context=context, **more)


def offers_to(places: Places, limit: int) -> list[Waiting]:
    """The partner city would open a conversation; the person's has said neither yes nor no."""
    text = _("%(city)s would let others read a conversation (%(readers)s): do you agree?")
    return _offers(places, text, limit, agreed="other", asked="own")


def _offers_of(places: Places, limit: int) -> list[Waiting]:
    text = _("You would let others read a conversation (%(readers)s); %(city)s has not agreed yet.")
    return _offers(places, text, limit, agreed="own", asked="other")


def _offers(places: Places, text: str, limit: int, *, agreed: str, asked: str) -> list[Waiting]:
    """Openings to which one side agreed and the other did not; `own` is the side of the person's teams."""
    if TeamRole.CITY not in places.roles:
        return []
    open_ends = Q()
    for own, other in (("mentee", "mentor"), ("mentor", "mentee")):
        side = {"own": own, "other": other}
        open_ends |= Q(
            **{
                f"thread__{own}__team__in": places.teams,
                f"{side[agreed]}_at__isnull": False,
                f"{side[asked]}_at": None,
            }
        )
    rows = ThreadOpening.objects.filter(open_ends, current("thread__mentee__"), current("thread__mentor__"))
    rows = rows.select_related("thread__mentee__organisation", "thread__mentor__organisation").order_by("pk")
    return [_offer(row, text, places) for row in rows[:limit]]


def _offer(row: ThreadOpening, text: str, places: Places) -> Waiting:
    sides = [side for side in (row.thread.mentee, row.thread.mentor) if side]
    partner = next((side.organisation.name for side in sides if side.team_id not in places.teams), "")
    return Waiting(
        text=text % {"city": partner, "readers": row.get_to_display()},
        url=reverse("partnerships:thread", args=[row.thread_id]),
        since=row.mentee_at or row.mentor_at,
        context=" — ".join(side.organisation.name for side in sides),
        kind="offer",
        partnership_id=row.thread.partnership_id,
    )
