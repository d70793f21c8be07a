"""People who were entered with a list and are not invited yet."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal

from ..boundary import current
from ..models import Invitation, PreparedInvitation, Programme, Team, TeamMember
from .invitations import invite
from .saving import locked

MOST_AT_ONCE = 50
"""Mails that one press of a button sends."""


class TeamInvitesItself(Refusal):
    message = _("The first person of this team is invited already. From then on the team invites its own people.")


@dataclass
class Sent:
    """What one press did: how many were invited, how many wait for the next, and why others were not."""

    invited: int = 0
    left: int = 0
    refused: list[str] = field(default_factory=list)


def prepare(*, team: Team, name: str, email: str, function: str, language: str, by: User) -> PreparedInvitation:
    """Keep somebody to be invited; nobody is mailed. An address that is prepared for the team stays as it is."""
    details = {"name": name, "function": function, "language": language, "entered_by": by}
    row, made = PreparedInvitation.objects.get_or_create(team=team, email=email, defaults=details)
    if made:
        record(by=by, verb="prepared invitation", target=row)
    return row


@transaction.atomic
def invite_prepared(*, prepared: PreparedInvitation, by: User, site: str) -> Invitation:
    """Make the invitation and send its mail. Who may let people into the team is `rules`' word; somebody outside it
    invites its first person alone. Raises TeamInvitesItself and what `invite` raises."""
    team = locked(prepared.team)
    row = locked(prepared)
    if not team.members.filter(current(), person__user=by).exists() and _open(team).exists():
        raise TeamInvitesItself
    words = {name: getattr(row, name) for name in ("email", "name", "function", "language")}
    made = invite(team=team, by=by, site=site, entered_by=row.entered_by, **words)
    row.delete()
    return made


def invite_first_of_each(*, programme: Programme, by: User, site: str) -> Sent:
    """The first person of each team that nobody was ever in and nobody is invited into; the others in the list are
    invited by their team. Each for itself: one that is refused stays prepared, and the others go out."""
    rows = list(first_of_each(programme))
    sent = Sent(left=max(len(rows) - MOST_AT_ONCE, 0))
    for row in rows[:MOST_AT_ONCE]:
        try:
            invite_prepared(prepared=row, by=by, site=site)
        except Refusal as refusal:
            sent.refused.append(f"{row.team}, {row.name}: {refusal}")
        else:
            sent.invited += 1
    return sent


def first_of_each(programme: Programme) -> QuerySet[PreparedInvitation]:
    rows = PreparedInvitation.objects.filter(
        Q(team__closed_at=None, team__enrolment__ended_on=None),
        ~Exists(TeamMember.objects.filter(team=OuterRef("team"))),
        ~Exists(_open_invitations().filter(team=OuterRef("team"))),
        ~Exists(PreparedInvitation.objects.filter(team=OuterRef("team"), pk__lt=OuterRef("pk"))),
        team__enrolment__programme=programme,
    )
    return rows.select_related("team__enrolment__organisation", "entered_by")


@transaction.atomic
def discard(*, prepared: PreparedInvitation, by: User) -> None:
    record(by=by, verb="discarded prepared invitation", target=prepared)
    prepared.delete()


def _open(team: Team) -> QuerySet[Invitation]:
    return _open_invitations().filter(team=team)


def _open_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
