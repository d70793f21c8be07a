"""An invitation into a team or to a seat of a local support group."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import language_choices
from programmes.common import clock
from programmes.common.fields import MomentField
from programmes.common.models import TimeStamped, both_or_neither
from programmes.common.once import MadeOnce

from ..enums import InvitationState
from .succession import TeamOffice, new_nonce
from .support_group import SupportGroupMember
from .team import Team

USER = settings.AUTH_USER_MODEL


class Invitation(MadeOnce, TimeStamped):
    """Signed, single-use, expiring. Two links are derived from id, nonce and SECRET_KEY, so that the database alone
    opens nothing: the mailed one proves the address, the one that the inviter copies does not. Sending again renews
    the nonce and the older links die. `invited_by` is empty where the office that appoints named the person;
    `entered_by` typed name and address where that was somebody else, and the mail says so;
    `mail_only`: nobody may copy the link, because it leads into a team whose texts are not the inviter's.
    Personal data: name and address, deleted a year after the invitation expired or was taken up."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=200, blank=True)
    language = models.CharField(_("language of the mail"), max_length=10, choices=language_choices, default="en")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="invitations")
    seat = models.ForeignKey(
        SupportGroupMember,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
    )
    nonce = models.CharField(max_length=40, default=new_nonce, editable=False)
    invited_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    office = models.ForeignKey(TeamOffice, models.SET_NULL, null=True, editable=False, related_name="+")
    mail_only = models.BooleanField(default=False, editable=False)
    resent_on = models.DateField(null=True, editable=False)
    resent_times = models.PositiveSmallIntegerField(default=0, editable=False)
    sent_at = MomentField(null=True, editable=False)
    expires_at = MomentField()
    accepted_at = MomentField(null=True, editable=False)
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    revoked_at = MomentField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, seat=None) | Q(team=None, seat__isnull=False),
                name="partnerships_invitation_one_target",
            ),
            both_or_neither(
                "accepted_at",
                "accepted_by",
                name="partnerships_invitation_accept_complete",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def state(self) -> str:
        """An `InvitationState`: what happened to it last."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.PENDING if self.expires_at > clock.now() else InvitationState.EXPIRED

    @property
    def source(self) -> str:
        """Who typed name and address; nobody where the office did."""
        return str(self.entered_by or self.invited_by or "")

    @property
    def host(self) -> str:
        """Who invites: a person, or the office of the organisation that appoints."""
        return str(self.invited_by or (self.office.post if self.office else ""))

    @property
    def place(self) -> Team | SupportGroupMember:
        """The team or the seat it leads to."""
        return self.team or self.seat  # type: ignore[return-value]


class PreparedInvitation(TimeStamped):
    """Somebody to be invited into a team, entered with a list. Nobody is mailed until "Invite" is pressed, by whoever
    may let people into the team then: an invitation is made of it, and the row goes.
    Personal data: name and address, deleted a year after they were entered."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="prepared")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=200, blank=True)
    language = models.CharField(_("language of the mail"), max_length=10, choices=language_choices, default="en")
    entered_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["team", "email"], name="partnerships_prepared_once")]

    def __str__(self):
        return self.name
