"""Invitations without an answer: those that wait for a person, and those that the person waits for."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.common.access import Access
from programmes.common.waiting import Waiting, by_date

from ..models import Invitation

REMEMBERED = timedelta(days=60)
"""An invitation that expired longer ago no longer waits for anybody."""


def awaited_by(access: Access, *, limit: int = 50) -> list[Waiting]:
    """Invitations nobody followed yet."""
    return by_date(_open_invitations(access, limit))


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
