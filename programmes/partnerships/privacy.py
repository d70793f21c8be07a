"""What this app keeps of a person: for how long, as their own data, and when they ask to be erased."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import User
from programmes.accounts.selectors import addresses_of, names_of, people_of
from programmes.common.privacy import A_YEAR, Period

from .boundary import current
from .days import today_in
from .models import (
    Invitation,
    Letter,
    LetterCopy,
    PreparedInvitation,
    QuietPartnership,
    SupportGroupMember,
    Team,
    TeamMember,
    TeamOffice,
    TeamReopening,
    TeamStandIn,
)
from .services.history import forget_name, forget_names
from .services.teams import end_place, revoke_pending

PERIODS = (
    Period(
        _("Names and addresses in invitations"),
        A_YEAR,
        _("they expired or were taken up"),
        lambda before: Invitation.objects.filter(expires_at__lt=before).delete()[0],
    ),
    Period(
        _("Names and addresses of people to be invited"),
        A_YEAR,
        _("they were entered"),
        lambda before: PreparedInvitation.objects.filter(created_at__lt=before).delete()[0],
    ),
    Period(
        _("Names and addresses of people proposed for an empty team"),
        A_YEAR,
        _("it was decided"),
        lambda before: TeamReopening.objects.filter(updated_at__lt=before).delete()[0],
    ),
    Period(
        _("Names in a team’s history, of people who never had a place in it"),
        A_YEAR,
        _("it happened"),
        forget_names,
    ),
    Period(
        _("Letters that a coordinator or facilitator wrote to many, and whom they were for"),
        A_YEAR,
        _("the programme ended"),
        lambda before: Letter.objects.filter(programme__ended_on__lt=before.date()).delete()[0],
    ),
)


def own_data(user: User) -> dict[str, Any]:
    places = TeamMember.objects.filter(person__in=people_of(user))
    invited = Invitation.objects.filter(_invited(user)).order_by("pk")
    letters = LetterCopy.objects.filter(person__in=people_of(user)).order_by("letter", "pk")
    return {
        "letters": list(letters.values("letter__subject", "letter__text", "letter__created_at").distinct()),
        "letters_written": list(Letter.objects.filter(written_by=user).values("subject", "text", "created_at")),
        "places_in_teams": [
            {"team": str(row.team), "programme": str(row.team.enrolment.programme), "function": row.function}
            | {"from": row.started_on, "to": row.ended_on}
            for row in places.select_related("team__enrolment__organisation", "team__enrolment__programme")
        ],
        "seats_in_support_groups": [
            {"group": str(seat.group), "seat": seat.name, "from": seat.started_on, "to": seat.ended_on}
            for seat in SupportGroupMember.objects.filter(person__in=people_of(user)).select_related("group__city")
        ],
        "invitations_prepared": list(
            PreparedInvitation.objects.filter(email__in=addresses_of(user)).values("name", "email", "function")
        ),
        "invitations": list(invited.values("name", "email", "function", "sent_at", "accepted_at")),
    }


def teams_alone_in(user: User) -> list[Team]:
    """Teams still enrolled in which nobody else is now: somebody has to be named before the person can go. They stay
    locked until the transaction ends."""
    mine = TeamMember.objects.filter(current(), person__in=people_of(user), team=OuterRef("pk"))
    others = TeamMember.objects.filter(current(), team=OuterRef("pk")).exclude(person__in=people_of(user))
    teams = Team.objects.filter(Exists(mine), ~Exists(others), current("enrolment__"))
    return list(teams.select_for_update(of=("self",)).select_related("enrolment__organisation"))


def anonymise(user: User, *, by: User) -> None:
    """Places end today, invitations that the person knows the links of are withdrawn."""
    places = TeamMember.objects.filter(person__in=people_of(user))
    for row in (
        places.filter(ended_on=None).select_for_update(of=("self", "team")).select_related("team__enrolment__programme")
    ):
        end_place(row, on=max(today_in(row.team.enrolment.programme), row.started_on), by=by)
    places.update(function="")
    empty_seats(people_of(user))
    LetterCopy.objects.filter(person__in=people_of(user)).delete()
    QuietPartnership.objects.filter(person__in=people_of(user)).delete()
    revoke_pending(Invitation.objects.filter(Q(invited_by=user) | _invited(user)))
    _forget_events(user)
    Invitation.objects.filter(_invited(user)).update(name="", email="", function="")
    for rows in _named(user)[1:]:
        rows.delete()
    TeamOffice.objects.filter(email__in=addresses_of(user)).delete()
    Team.objects.filter(email__in=addresses_of(user)).update(email="")


def marks_of(user: User) -> set[str]:
    """Names and addresses of the person, also those that somebody else typed for them."""
    typed = (mark for rows in _named(user) for row in rows.values_list("name", "email") for mark in row)
    return {mark for mark in (*names_of(user), *addresses_of(user), *typed) if mark}


def _named(user: User) -> list[QuerySet]:
    """Rows in which somebody typed a name and an address of the person's: invitations first."""
    return [
        Invitation.objects.filter(_invited(user)),
        *(
            model.objects.filter(email__in=addresses_of(user))
            for model in (TeamStandIn, TeamReopening, PreparedInvitation)
        ),
    ]


def _forget_events(user: User) -> None:
    """In the histories of teams: the person's own name everywhere, one that somebody typed for them in that team; and
    on the lines of support groups to which they were invited."""
    for name in names_of(user):
        forget_name(name)
    for rows in _named(user):
        for team, name in rows.exclude(team=None).values_list("team", "name"):
            forget_name(name, team=team)
    seats = SupportGroupMember.objects.filter(invitations__in=Invitation.objects.filter(_invited(user)))
    seats.filter(name__in=marks_of(user)).update(name="")


def empty_seats(people: Any) -> None:
    """Their seats in support groups end, without a name."""
    today, seats = timezone.localdate(), SupportGroupMember.objects.filter(person__in=people)
    for row in seats.filter(ended_on=None):
        row.ended_on = max(today, row.started_on or today)
        row.save(update_fields=["ended_on", "updated_at"])
    seats.update(name="")


def _invited(user: User) -> Q:
    return Q(accepted_by=user) | Q(email__in=addresses_of(user))
