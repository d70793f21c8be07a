"""Organisations in a programme and the named people access hangs on (P2, P3, P7)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.common.addresses import address
from programmes.common.fields import FixedChoicesField, MomentField
from programmes.common.models import TimeStamped, both_or_neither, from_before_to
from programmes.common.once import MadeOnce
from programmes.participants.models import Organisation

from ..enums import EnrolmentRole, TeamRole
from .programme import Programme, Theme

USER = settings.AUTH_USER_MODEL


class Enrolment(TimeStamped):
    """An organisation in a programme: one row for ever, ended and opened again in place (the audit trail tells when).

    `role` is what it came for: it decides which forms are offered and who is proposed as a mentor, and gives no
    right. What its people may do hangs on their teams, what a city is in a partnership on its participation."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="enrolments")
    role = FixedChoicesField(_("role"), max_length=20, choices=EnrolmentRole.choices)
    themes = models.ManyToManyField(Theme, blank=True, related_name="enrolments", verbose_name=_("themes"))
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["organisation__normalised", "pk"]
        verbose_name = _("enrolment")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation"],
                name="partnerships_enrolment_once",
                violation_error_message=_("This organisation is in the programme already."),
            ),
            from_before_to("partnerships_enrolment_dates"),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.get_role_display()}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]
        """In the programme's words."""
        return self.programme.role_word(EnrolmentRole(self.role))


class Team(MadeOnce, TimeStamped):
    """The people who act for an enrolled organisation. Whoever is currently in it may read and write what is the
    team's: nobody else, not the employer. `facilitator_may_write_at` is the team's own permission for its facilitator
    to write on its behalf, which includes neither sharing nor recalling.

    `emptied_at`: when its last place ended; None while somebody is in it, and before the first one came.
    `closed_at`: nobody could open it again and a new row took over; what is in it stays closed for ever."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="teams")
    role = FixedChoicesField(_("what the team does"), max_length=20, choices=TeamRole.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(
        _("address of the team"),
        blank=True,
        help_text=_("One that several of you read. Those in your partnerships and the coordination see it."),
    )
    facilitator_may_write_at = MomentField(null=True, editable=False)
    facilitator_may_write_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    emptied_at = MomentField(null=True, editable=False)
    closed_at = MomentField(null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "role"],
                condition=Q(closed_at=None, role__in=["association", "city"]),
                name="partnerships_team_once",
                violation_error_message=_("A city or an association works as one team."),
            ),
            both_or_neither(
                "facilitator_may_write_at",
                "facilitator_may_write_by",
                name="partnerships_team_may_write_complete",
            ),
        ]

    def __str__(self):
        name = self.enrolment.organisation.name
        return f"{name} · {self.name}" if self.name else name

    def get_absolute_url(self):
        return address("partnerships:team", self.pk)


class TeamMember(TimeStamped):
    """A named person in a team, from–to. Access begins with this row and ends with it, in the same request.

    `invited_by` let the person in; `by_copied_link`: through a link that the inviter passed on by hand, so that
    nobody knows yet whose address it is."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="team_places")
    function = models.CharField(_("function"), max_length=200, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    invited_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    by_copied_link = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(ended_on=None),
                name="partnerships_team_member_once",
                violation_error_message=_("This person is in the team already."),
            ),
            both_or_neither("ended_on", "ended_by", name="partnerships_team_member_end_complete"),
            from_before_to("partnerships_team_member_dates"),
        ]


class Backing(TimeStamped):
    """An association stands behind a city in a programme, through its team: it answers the national context of that
    city's forms before any partnership exists (P4). Several may back one city.

    The coordinator proposes it, the city's team accepts; until then it gives nothing. From then on the association
    reads what begins; `reads_earlier` is the city's leave to read, and go on with, what stood in its forms before."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="backings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="backs")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    accepted_at = MomentField(null=True, editable=False)
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    reads_earlier = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "team"],
                condition=Q(ended_on=None),
                name="partnerships_backing_once",
                violation_error_message=_("This association backs the city already."),
            ),
            both_or_neither("accepted_at", "accepted_by", name="partnerships_backing_accept_complete"),
            from_before_to("partnerships_backing_dates"),
        ]
