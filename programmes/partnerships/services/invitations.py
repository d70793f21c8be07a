"""Invitations into teams and to seats of support groups: signed, single-use, expiring; sent, copied, taken up."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.accounts.managers import normalise_email
from programmes.accounts.models import Person, User
from programmes.accounts.selectors import account_with_address
from programmes.accounts.services import create_account, person_for, record, set_first_password
from programmes.common import clock
from programmes.common.errors import Refusal
from programmes.common.once import made_once
from programmes.notices.models import Mail
from programmes.notices.services import post

from ..boundary import current
from ..enums import InvitationState, TeamEventKind
from ..models import Invitation, SupportGroupMember, Team, TeamOffice
from ..models.succession import new_nonce
from .history import is_now, tell
from .saving import locked
from .support_groups import seat_person
from .teams import add_member, refuse_over, refuse_two_hats

VALID_FOR = timedelta(days=14)
MAILED = signing.Signer(sep=".", salt="partnerships.invitation")
COPIED = signing.Signer(sep=".", salt="partnerships.invitation.copied")
"""Whoever followed the mailed link has the mail, and so the address; whoever has the copied one may be anybody."""

MOST_AN_HOUR = 20
"""Invitations into one team, and to seats of the support groups it keeps."""

MOST_RESENT_A_DAY = 3
"""Mails about one invitation after the first."""


class UnknownInvitation(Refusal):
    message = _("This link is not complete, or it is not one of ours. Please copy the whole link from the mail.")


class OlderLink(Refusal):
    message = _("This invitation was sent again and has a newer link. Please use the one in the latest mail.")


class InvitationOver(Refusal):
    message = _("This invitation is no longer open.")


class SeatTaken(Refusal):
    message = _("Somebody has taken up this seat already.")


class InvitedAlready(Refusal):
    message = _("This address has an open invitation here already. Send that one again, or withdraw it first.")


class TooManyInvitations(Refusal):
    message = _("This team has sent %(most)s invitations within an hour. Please go on in an hour.")

    def __init__(self) -> None:
        super().__init__(self.message % {"most": MOST_AN_HOUR})


class SentOftenEnough(Refusal):
    message = _("This invitation was sent %(most)s times again today. Please wait until tomorrow.")

    def __init__(self) -> None:
        super().__init__(self.message % {"most": MOST_RESENT_A_DAY})


class TeamHasItsPeople(Refusal):
    message = _("The team has people of its own by now: only they invite into it. Please ask one of them.")


class InTeamAlready(Refusal):
    message = _("Somebody with this address is in the team already.")


@transaction.atomic
def invite(
    *,
    team: Team,
    email: str,
    name: str,
    by: User | None,
    site: str,
    function: str = "",
    language: str = "en",
    office: TeamOffice | None = None,
    mail_only: bool = False,
    entered_by: User | None = None,
    form_key: UUID | None = None,
) -> Invitation:
    """Invite somebody into a team by mail; `site` is the address of this site, such as "https://example.org/". Who may
    is `rules`' word. `office` named the person, where no account did; `mail_only`, `entered_by`: see
    `models.Invitation`.

    Says nothing about whether the address has an account. The same form makes it once. Raises TeamOver, TwoHats,
    InvitedAlready, InTeamAlready, TooManyInvitations."""
    address = normalise_email(email)
    details = {"email": address, "name": name, "function": function, "language": language, "mail_only": mail_only}
    details |= {"entered_by": entered_by}
    row = locked(team)

    def make(key: UUID | None) -> Invitation:
        refuse_over(team)
        _refuse_too_many(row)
        _refuse_known(team, address)
        made = _invite(team.invitations.all(), details, by=by, site=site, team=team, office=office, form_key=key)
        tell(team, TeamEventKind.INVITED, by=by, name=name)
        return made

    return made_once(team.invitations.filter(invited_by=by), form_key, make)


@transaction.atomic
def invite_to_seat(
    *,
    member: SupportGroupMember,
    email: str,
    name: str,
    by: User,
    site: str,
    language: str = "en",
    form_key: UUID | None = None,
) -> Invitation:
    """Invite the person of a support group's line to read what is shared with the group, with an account: whoever
    took the seat by a link needs none. Raises SeatTaken, TooManyInvitations."""
    keeper = locked(member.group.team)
    if member.person is not None and member.person.user_id is not None:
        raise SeatTaken
    details = {"email": normalise_email(email), "name": name, "language": language}

    def make(key: UUID | None) -> Invitation:
        _refuse_too_many(keeper)
        return _invite(member.invitations.all(), details, by=by, site=site, seat=member, form_key=key)

    return made_once(member.invitations.filter(invited_by=by), form_key, make)


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, site: str) -> Invitation:
    """Another mail with a new link; the older links die. Raises InvitationOver once it was taken up or withdrawn,
    SentOftenEnough."""
    row = locked(invitation)
    if row.accepted_at or row.revoked_at:
        raise InvitationOver
    _count_resend(row)
    row.nonce, row.expires_at, row.sent_at = new_nonce(), clock.now() + VALID_FOR, None
    row.save(update_fields=["nonce", "expires_at", "sent_at", "resent_on", "resent_times", "updated_at"])
    if row.team is not None:
        tell(row.team, TeamEventKind.INVITED_AGAIN, by=by, name=row.name)
    record(by=by, verb="invited again", target=row)
    deliver(invitation=row, site=site)
    return row


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> Invitation:
    """Withdraw it: its link says so from now on. Raises InvitationOver once it was taken up."""
    row = locked(invitation)
    if row.accepted_at:
        raise InvitationOver
    row.revoked_at = row.revoked_at or clock.now()
    row.save(update_fields=["revoked_at", "updated_at"])
    if row.team is not None:
        tell(row.team, TeamEventKind.WITHDRAWN, by=by, name=row.name)
    record(by=by, verb="withdrew invitation", target=row)
    return row


def deliver(*, invitation: Invitation, site: str) -> Mail:
    """Post the mail, in the invitation's language; `sent_at` is noted once the mail server has accepted it."""
    return post(
        "invitation",
        address=invitation.email,
        language=invitation.language,
        subject_id=invitation.pk,
        identity=f"invitation:{invitation.pk}:{invitation.nonce}",
        nonce=invitation.nonce,
        site=site,
    )


def path_of(invitation: Invitation, *, copied: bool = False) -> str:
    """Of the mailed link, or of the one that the inviter may copy; both stay the same until it is sent again."""
    token = (COPIED if copied else MAILED).sign_object([invitation.pk, invitation.nonce])
    return reverse("partnerships:invitation", args=[token])


def link_of(invitation: Invitation, site: str, *, copied: bool = False) -> str:
    return site.rstrip("/") + path_of(invitation, copied=copied)


def invitation_of(token: str) -> tuple[Invitation, bool]:
    """The open or closed invitation a link belongs to, and whether the link was copied instead of mailed. Raises
    UnknownInvitation, OlderLink."""
    (pk, nonce), copied = _unsigned(token)
    rows = Invitation.objects.select_related(
        "team__enrolment__organisation", "team__enrolment__programme", "seat__group__city", "invited_by"
    )
    row = rows.filter(pk=pk).first()
    if row is None or (copied and row.mail_only):
        raise UnknownInvitation
    if row.nonce != nonce:
        raise OlderLink
    return row, copied


def _unsigned(token: str) -> tuple[Any, bool]:
    for signer, copied in ((MAILED, False), (COPIED, True)):
        try:
            return signer.unsign_object(token), copied
        except (signing.BadSignature, ValueError):
            continue
    raise UnknownInvitation


def account_of(invitation: Invitation) -> User | None:
    """The account that owns the invited address, also as a further verified one."""
    known = account_with_address(invitation.email)
    if known is not None:
        return known
    address = EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).select_related("user").first()
    return address.user if address else None


@transaction.atomic
def accept(*, invitation: Invitation, user: User, copied: bool = False) -> Invitation:
    """The owner of the address takes the place; `copied`: by a link that was passed on. Raises InvitationOver,
    TeamHasItsPeople, TeamOver, TwoHats, SeatTaken.

    Whoever is in the team already only uses the invitation up."""
    row = locked(invitation)
    if row.state != InvitationState.PENDING:
        raise InvitationOver
    person = _person_of(user, row)
    if row.team is not None:
        _take_place(row, row.team, person, user, copied and not _is_confirmed(user))
        is_now(person, team=row.team, name=row.name)
    elif row.seat is not None:
        _take_seat(row.seat, person)
    row.accepted_at, row.accepted_by = clock.now(), user
    row.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    record(by=user, verb="accepted invitation", target=row)
    return row


@transaction.atomic
def accept_as_newcomer(
    *, invitation: Invitation, name: str, password: str, language: str, copied: bool = False
) -> User:
    """Make the account of somebody new, with the password they chose, and let them in. Behind a copied link the
    address counts as confirmed only once its owner followed a mail.

    Raises AddressTaken, what `accept` raises, and ValidationError for a weak password."""
    row = locked(invitation)
    if row.state != InvitationState.PENDING:
        raise InvitationOver
    user = create_account(email=row.email, name=name, language=language, by=None, verified=not copied)
    user = set_first_password(user=user, password=password)
    accept(invitation=row, user=user, copied=copied)
    return user


def place_name(invitation: Invitation) -> str:
    """What one is invited to, as a phrase in the language in force."""
    if invitation.team is None:
        return str(invitation.seat.group)  # type: ignore[union-attr]
    enrolment = invitation.team.enrolment
    words = {"team": invitation.team, "programme": enrolment.programme}
    return gettext("%(team)s, in the programme %(programme)s") % words


def _refuse_known(team: Team, address: str) -> None:
    """Raises TwoHats, InTeamAlready for somebody who is known by this address."""
    person = _known_person(address)
    if person is not None:
        refuse_two_hats(person, team)
        if team.members.filter(current(), person=person).exists():
            raise InTeamAlready


def _refuse_too_many(team: Team) -> None:
    there = Invitation.objects.filter(Q(team=team) | Q(seat__group__team=team))
    if there.filter(created_at__gt=clock.now() - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooManyInvitations


def _count_resend(row: Invitation) -> None:
    today = clock.now().date()
    if row.resent_on != today:
        row.resent_on, row.resent_times = today, 0
    if row.resent_times >= MOST_RESENT_A_DAY:
        raise SentOftenEnough
    row.resent_times += 1


def _is_confirmed(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()


def _invite(rows: Any, details: dict, *, by: User | None, site: str, **target: Any) -> Invitation:
    waiting = rows.filter(email=details["email"], accepted_at=None, revoked_at=None)
    if waiting.filter(expires_at__gt=clock.now()).exists():
        raise InvitedAlready
    waiting.update(revoked_at=clock.now())
    row = Invitation.objects.create(**details, **target, invited_by=by, expires_at=clock.now() + VALID_FOR)
    record(by=by, verb="invited", target=row)
    deliver(invitation=row, site=site)
    return row


def _known_person(address: str) -> Person | None:
    account = account_with_address(address)
    if account is not None and hasattr(account, "person"):
        return account.person
    return Person.objects.filter(email__iexact=address).first()


def _person_of(user: User, invitation: Invitation) -> Person:
    """The person of the account; else the person known by this address, who is the account's from now on."""
    mine = Person.objects.filter(user=user).first()
    if mine is not None:
        return mine
    person = person_for(email=invitation.email, name=user.name)
    if person.user_id is not None:
        # The address moved to another account since; the older person keeps its history.
        person = person_for(email="", name=user.name)
    person.user = user
    person.save(update_fields=["user", "updated_at"])
    return person


def _take_place(row: Invitation, place: Team, person: Person, user: User, unconfirmed: bool) -> None:
    team = locked(place)
    if team.members.filter(current(), person=person).exists():
        return
    if not _still_lets_in(row, team):
        raise TeamHasItsPeople
    add_member(
        team=team,
        person=person,
        function=row.function,
        by=user,
        invited_by=row.invited_by,
        by_copied_link=unconfirmed,
    )


def _still_lets_in(row: Invitation, team: Team) -> bool:
    """Whoever invited the first person of a team has let in one, not several: from then on its members invite. An
    invitation into a team whose people had left holds while it is empty."""
    if not team.members.exists():
        return True
    if row.mail_only:
        return team.emptied_at is not None
    return team.members.filter(current(), person__user=row.invited_by_id).exists()


def _take_seat(invited: SupportGroupMember, person: Person) -> None:
    seat = locked(invited)
    holder = seat.person
    if holder is not None and holder.pk != person.pk and holder.user_id is not None:
        raise SeatTaken
    seat_person(member=seat, person=person)
