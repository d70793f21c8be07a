"""Local support groups: written line by line, rested and woken, handed on by the team that keeps them (Annex 5)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.once import made_once

from ..models import Invitation, SupportGroup, SupportGroupMember, Team
from ..selectors import successors_of
from .seat_links import close_links
from .teams import revoke_pending


class NotOfThisCity(Refusal):
    message = _("A group is handed on to another team of the same city.")


@transaction.atomic
def save_group(*, group: SupportGroup, members: Any, by: User, form_key: UUID | None = None) -> SupportGroup:
    """Store a support group with its lines; `members` is a bound inline formset that validated. The same form is
    stored once: sent again it would add its new lines again."""

    def save(key: UUID | None) -> SupportGroup:
        verb = "changed" if group.pk else "created"
        group.form_key = key
        group.save()
        members.instance = group
        members.save()
        record(by=by, verb=verb, target=group)
        return group

    return made_once(SupportGroup.objects.filter(team=group.team), form_key, save)


@transaction.atomic
def rest_group(*, group: SupportGroup, by: User) -> SupportGroup:
    """Let the group rest: its members read nothing until it is woken; nothing is lost (Annex 5)."""
    group.resting_since = clock.today()
    group.save(update_fields=["resting_since", "updated_at"])
    close_links([group], by=by)
    record(by=by, verb="rested", target=group)
    return group


@transaction.atomic
def wake_group(*, group: SupportGroup, by: User) -> SupportGroup:
    group.resting_since = None
    group.save(update_fields=["resting_since", "updated_at"])
    record(by=by, verb="woken", target=group)
    return group


@transaction.atomic
def hand_on(*, group: SupportGroup, team: Team, by: User) -> SupportGroup:
    """Another team of the city keeps the group from now on: its lines and what it is asked later. What was asked until
    now stays with the team that asked. Open invitations and links to seats are withdrawn: the team that gives
    the group away knows them. Raises NotOfThisCity."""
    if not successors_of(group).filter(pk=team.pk).exists():
        raise NotOfThisCity
    group.team = team
    group.save(update_fields=["team", "updated_at"])
    revoke_pending(Invitation.objects.filter(seat__group=group))
    close_links([group], by=by)
    record(by=by, verb="handed on", target=group)
    return group


@transaction.atomic
def describe(*, group: SupportGroup, by: User) -> SupportGroup:
    """Store what the group says of itself: half a page, costs, whether partner cities may know of it."""
    group.save(update_fields=["half_page", "costs", "known_to_partners", "updated_at"])
    record(by=by, verb="described", target=group)
    return group


def seat_person(*, member: SupportGroupMember, person: Person) -> None:
    """Tie a line of a group to the person who took up its invitation."""
    member.person = person
    member.save(update_fields=["person", "updated_at"])
