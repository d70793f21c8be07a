"""Leaving a team as its last member, and the ways back into an empty one (P7).

A team may name a stand-in, who is invited when its last member leaves, and the office of its organisation that
appoints, which then names somebody by a signed link and has a month for it. Else the coordinator names somebody and
another organisation confirms, see `confirmers_of`; former members may object for a week. With no such party the team
is begun anew: nobody gets at what the former people wrote."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from programmes.accounts.managers import normalise_email
from programmes.accounts.models import Person, User
from programmes.accounts.services import record
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.notices import services as notices
from programmes.notices.models import Mail
from programmes.notices.services import post

from ..enums import TeamEventKind, TeamRole
from ..models import Backing, Invitation, Participation, Team, TeamMember, TeamOffice, TeamReopening, TeamStandIn
from ..models.succession import new_nonce
from ..selectors.succession import (
    OBJECT,
    asked_since_emptied,
    confirmers_of,
    coordinators_own,
    former_members_of,
    office_comes_first,
)
from .history import forget_name, tell
from .invitations import invite
from .participations import align_associations, align_partnerships_of, begin, finish
from .saving import day_of_change, end, locked, save_checked
from .teams import end_member, refuse_over, revoke_pending

OBJECT_WITHIN = timedelta(days=7)
MOST_OFFICE_MAILS_A_DAY = 3
OFFICE_CONFIRM, OFFICE_OPEN = "office_confirm", "office_open"
CONFIRM_OFFICE = signing.Signer(sep=".", salt="partnerships.office.confirm")
OPEN_BY_OFFICE = signing.Signer(sep=".", salt="partnerships.office.open")


class UnknownLink(Refusal):
    message = _("This link is not complete, or it is no longer in use. Please copy the whole link from the mail.")


class TeamHasPeople(Refusal):
    message = _("Somebody is in this team: its members invite.")


class NotYoursToConfirm(Refusal):
    message = _("Another organisation confirms, one that worked with the team before its last member left.")


class CoordinatorsOwn(Refusal):
    message = _("This person coordinates the programme. Please name somebody of the organisation itself.")


class TimeIsOver(Refusal):
    message = _("This has been decided already.")


class OthersCanConfirm(Refusal):
    message = _("Another organisation can confirm whom you name: the team need not be begun anew.")


class WrittenOftenEnough(Refusal):
    message = _("The office was written to %(most)s times today. Please wait until tomorrow.")

    def __init__(self) -> None:
        super().__init__(self.message % {"most": MOST_OFFICE_MAILS_A_DAY})


class OfficeFirst(Refusal):
    message = _("The office that the team named comes first: write to it, and give it time to name somebody.")


# Leaving


@transaction.atomic
def leave(*, member: TeamMember, by: User, site: str, on: date | None = None) -> TeamMember:
    """As `teams.end_member`. When it was the last place, the stand-in is invited, and the office that appoints is told
    that it may name somebody. Raises what `end_member` raises."""
    row = end_member(member=member, by=by, on=on)
    team = Team.objects.select_related("enrolment__organisation", "enrolment__programme").get(pk=row.team_id)
    if team.emptied_at is None or team.enrolment.ended_on is not None:
        return row
    stand_in = TeamStandIn.objects.filter(team=team).first()
    if stand_in is not None:
        details: dict[str, Any] = {"email": stand_in.email, "name": stand_in.name, "language": stand_in.language}
        stand_in.delete()
        invite(team=team, by=by, site=site, mail_only=True, **details)
    ask_office(team=team, site=site)
    return row


@transaction.atomic
def name_stand_in(*, team: Team, name: str, email: str, language: str, by: User) -> TeamStandIn:
    """The one and only; whom it replaces is forgotten. Raises TeamOver."""
    refuse_over(team)
    values = {"name": name, "email": normalise_email(email), "language": language, "named_by": by}
    for former in TeamStandIn.objects.filter(team=team).exclude(email=values["email"]):
        forget_name(former.name, team=team, kind=TeamEventKind.STAND_IN_NAMED)
    row, _made = TeamStandIn.objects.update_or_create(team=team, defaults=values)
    tell(team, TeamEventKind.STAND_IN_NAMED, by=by, name=name)
    record(by=by, verb="named stand-in", target=team)
    return row


# The office that appoints


@transaction.atomic
def name_office(*, team: Team, post: str, email: str, language: str, by: User, site: str) -> TeamOffice:
    """Its address is confirmed by mail before it counts; the links to an earlier address die. Raises TeamOver,
    WrittenOftenEnough."""
    refuse_over(team)
    values = {"post": post, "email": normalise_email(email), "language": language, "named_by": by}
    values |= {"nonce": new_nonce(), "confirmed_at": None, "asked_at": None}
    row, _made = TeamOffice.objects.update_or_create(team=team, defaults=values)
    _refuse_written_often(row)
    tell(team, TeamEventKind.OFFICE_NAMED, by=by, name=post)
    record(by=by, verb="named office", target=row)
    _post_to_office(OFFICE_CONFIRM, row, site)
    return row


@transaction.atomic
def confirm_office(*, office: TeamOffice) -> TeamOffice:
    """Whoever reads the office's mail says that the address is right; saying it twice changes nothing."""
    row = locked(office)
    if row.confirmed_at is None:
        row.confirmed_at = clock.now()
        row.save(update_fields=["confirmed_at", "updated_at"])
        tell(row.team, TeamEventKind.OFFICE_CONFIRMED, by=None, name=row.post)
        record(by=None, verb="confirmed office", target=row)
    return row


@transaction.atomic
def ask_office(*, team: Team, site: str) -> bool:
    """Write to the office of an empty team that it may name somebody; the link of an earlier mail dies. False where
    the team has no confirmed office."""
    row = TeamOffice.objects.select_for_update().filter(team=team, confirmed_at__isnull=False).first()
    if row is None:
        return False
    row.nonce = new_nonce()
    if not asked_since_emptied(row):
        row.asked_at = clock.now()
    row.save(update_fields=["nonce", "asked_at", "updated_at"])
    _post_to_office(OFFICE_OPEN, row, site)
    return True


@transaction.atomic
def ask_office_again(*, team: Team, site: str) -> bool:
    """As `ask_office`, which `leave` asks for. Raises WrittenOftenEnough."""
    for row in TeamOffice.objects.select_for_update().filter(team=team):
        _refuse_written_often(row)
    return ask_office(team=team, site=site)


@transaction.atomic
def open_by_office(*, office: TeamOffice, name: str, email: str, language: str, site: str) -> Invitation:
    """The office names who takes the work on; the link works once. Raises TeamHasPeople and what `invite` raises."""
    team = locked(office.team)
    if team.emptied_at is None:
        raise TeamHasPeople
    details: dict[str, Any] = {"name": name, "email": email, "language": language}
    row = invite(team=team, by=None, site=site, office=office, mail_only=True, **details)
    TeamOffice.objects.filter(pk=office.pk).update(nonce=new_nonce())
    tell(team, TeamEventKind.OFFICE_CHOSE, by=None, name=name)
    return row


def office_of(token: str, signer: signing.Signer) -> TeamOffice:
    """Raises UnknownLink, also for a link that was used or replaced."""
    pk, nonce = _unsigned(token, signer)
    rows = TeamOffice.objects.select_related("team__enrolment__organisation", "team__enrolment__programme")
    row = rows.filter(pk=pk, nonce=nonce).first()
    if row is None:
        raise UnknownLink
    return row


# Reopened by the coordinator and another organisation


@transaction.atomic
def ask_to_reopen(*, team: Team, name: str, email: str, language: str, by: User) -> TeamReopening:
    """The coordinator names somebody for an empty team. Raises TeamHasPeople, CoordinatorsOwn, TeamOver,
    ConstraintBroken where somebody has been named already."""
    row = locked(team)
    refuse_over(row)
    if row.emptied_at is None:
        raise TeamHasPeople
    address = normalise_email(email)
    if coordinators_own(row.enrolment.programme).filter(user__email=address).exists():
        raise CoordinatorsOwn
    reopening = TeamReopening(team=row, name=name, email=address, language=language, asked_by=by)
    save_checked(reopening)
    tell(row, TeamEventKind.REOPENING_ASKED, by=by, name=name)
    record(by=by, verb="asked to reopen", target=reopening)
    notices.tell("reopening.asked", reopening.pk, by=by)
    return reopening


@transaction.atomic
def confirm_reopening(
    *, reopening: TeamReopening, team: Team, by: User, site: str, now: datetime | None = None
) -> TeamReopening:
    """`team`, of another organisation, confirms; former members are written to and may object for a week. Raises
    TimeIsOver, NotYoursToConfirm."""
    row = locked(reopening)
    if row.stopped_at or row.opened_at or row.opens_at:
        raise TimeIsOver
    if not confirmers_of(row.team).filter(pk=team.pk).exists():
        raise NotYoursToConfirm
    row.confirmed_by, row.confirmed_for, row.site = by, team, site
    row.opens_at = (now or clock.now()) + OBJECT_WITHIN
    row.save(update_fields=["confirmed_by", "confirmed_for", "site", "opens_at", "updated_at"])
    tell(row.team, TeamEventKind.REOPENING_CONFIRMED, by=by, name=row.name)
    record(by=by, verb="confirmed reopening", target=row)
    for person in former_members_of(row.team):
        if person.address:
            details: dict[str, Any] = {"address": person.address, "language": _language_of(person), "site": site}
            identity = f"reopening:{row.pk}:{person.pk}"
            post("reopening", person=person, subject_id=row.pk, identity=identity, **details)
    return row


@transaction.atomic
def stop_reopening(*, reopening: TeamReopening, person: Person) -> TeamReopening:
    """A former member objects: nobody is invited. Saying it twice changes nothing. Raises TimeIsOver once open."""
    row = locked(reopening)
    if row.opened_at:
        raise TimeIsOver
    if row.stopped_at is None:
        row.stopped_at, row.stopped_by = clock.now(), person
        row.save(update_fields=["stopped_at", "stopped_by", "updated_at"])
        tell(row.team, TeamEventKind.REOPENING_STOPPED, by=person.user, name=row.name)
        record(by=person.user, verb="objected to reopening", target=row)
    return row


def open_due(now: datetime | None = None) -> int:
    """Send the invitations whose week has passed without an objection; returns how many. Safe to run twice."""
    due = TeamReopening.objects.filter(opens_at__lte=now or clock.now(), opened_at=None, stopped_at=None)
    return sum(_open(row) for row in due.order_by("pk"))


@transaction.atomic
def _open(reopening: TeamReopening) -> int:
    """A team that has people again, or left meanwhile, needs nobody: then the reopening ends without an invitation."""
    row = locked(reopening)
    if row.opened_at or row.stopped_at:
        return 0
    row.opened_at = clock.now()
    row.save(update_fields=["opened_at", "updated_at"])
    if row.team.emptied_at is None:
        return 0
    details: dict[str, Any] = {"name": row.name, "email": row.email, "language": row.language}
    try:
        with transaction.atomic():
            invite(team=row.team, by=row.asked_by, site=row.site, mail_only=True, **details)
    except Refusal:
        return 0
    return 1


def objection_of(token: str) -> tuple[TeamReopening, Person]:
    """The reopening and the former member a link belongs to. Raises UnknownLink."""
    pk, person_pk = _unsigned(token, OBJECT)
    row = TeamReopening.objects.select_related("team__enrolment__organisation", "asked_by").filter(pk=pk).first()
    person = former_members_of(row.team).filter(pk=person_pk).first() if row else None
    if row is None or person is None:
        raise UnknownLink
    return row, person


# Begun anew


@transaction.atomic
def begin_anew(*, team: Team, by: User) -> Team:
    """A new, empty team takes over the parts and the backings of one that nobody can open. What the former one wrote
    and said stays closed, its support groups with it; what it had shared stays with its readers. Raises TeamHasPeople,
    OfficeFirst, OthersCanConfirm, TeamOver."""
    old = locked(team)
    refuse_over(old)
    if old.emptied_at is None:
        raise TeamHasPeople
    if office_comes_first(old):
        raise OfficeFirst
    objected = old.reopenings.filter(stopped_at__isnull=False).exists()
    if confirmers_of(old).exists() and not objected:
        raise OthersCanConfirm
    old.closed_at = clock.now()
    old.save(update_fields=["closed_at", "updated_at"])
    revoke_pending(old.invitations.all())
    old.reopenings.filter(stopped_at=None, opened_at=None).update(opened_at=clock.now())
    new = Team.objects.create(enrolment=old.enrolment, role=old.role, name=old.name)
    _hand_over(old, new, by=by)
    for row in (old, new):
        tell(row, TeamEventKind.BEGUN_ANEW, by=by)
    record(by=by, verb="began anew", target=new)
    return new


def _hand_over(old: Team, new: Team, *, by: User) -> None:
    programme = old.enrolment.programme
    parts = Participation.objects.filter(team=old, ended_on=None, partnership__ended_on=None)
    for part in parts.select_related("partnership__programme"):
        partnership, day = locked(part.partnership), day_of_change(programme, None, part.started_on)
        finish(part, on=day, by=by, reason="")
        if old.role != TeamRole.ASSOCIATION:  # associations take part through the cities they back
            begin(partnership, new, part.role, on=day, by=by)
        align_associations(partnership, on=day, by=by)
    for backing in Backing.objects.filter(team=old, ended_on=None).select_related("enrolment__programme"):
        day = day_of_change(programme, None, backing.started_on)
        end(backing, on=day, by=by)
        save_checked(Backing(enrolment=backing.enrolment, team=new, started_on=day))
        align_partnerships_of(backing.enrolment, on=day, by=by)


def _language_of(person: Person) -> str:
    return person.user.language if person.user else "en"


def _unsigned(token: str, signer: signing.Signer) -> Any:
    try:
        return signer.unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise UnknownLink from error


def _refuse_written_often(office: TeamOffice) -> None:
    """Counted behind a lock on the row. Raises WrittenOftenEnough."""
    mails = Mail.objects.filter(kind__in=(OFFICE_CONFIRM, OFFICE_OPEN), subject_id=office.pk)
    if mails.filter(created_at__gt=clock.now() - timedelta(days=1)).count() >= MOST_OFFICE_MAILS_A_DAY:
        raise WrittenOftenEnough


def _post_to_office(kind: str, office: TeamOffice, site: str) -> None:
    details: dict[str, Any] = {
        "address": office.email,
        "language": office.language,
        "subject_id": office.pk,
        "nonce": office.nonce,
    }
    post(kind, identity=f"{kind}:{office.pk}:{office.nonce}", site=site, **details)
