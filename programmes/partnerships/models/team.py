"""Organisations in a programme and the named people access hangs on (P2, P3, P7)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.common.models import TimeStamped, both_or_neither, from_before_to
from programmes.participants.models import Organisation

from ..enums import EnrolmentRole
from .programme import Programme, Theme

USER = settings.AUTH_USER_MODEL


class Enrolment(TimeStamped):
    """An organisation in a programme, with its role; a city may have two themes, hence two rows.

    What a city writes belongs to this row: it exists before a mentor is found and outlives a partnership."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="enrolments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="enrolments")
    role = models.CharField(_("role"), max_length=20, choices=EnrolmentRole.choices)
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolments",
        verbose_name=_("theme"),
    )
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["organisation__normalised", "pk"]
        verbose_name = _("enrolment")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "role", "theme"],
                condition=Q(ended_on=None, theme__isnull=False),
                name="partnerships_enrolment_once_theme",
                violation_error_message=_("This organisation is enrolled with this role and theme already."),
            ),
            models.UniqueConstraint(
                fields=["programme", "organisation", "role"],
                condition=Q(ended_on=None, theme=None),
                name="partnerships_enrolment_once",
                violation_error_message=_("This organisation is enrolled with this role already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=EnrolmentRole.values),
                name="partnerships_enrolment_role_known",
            ),
            from_before_to("partnerships_enrolment_dates"),
        ]

    def __str__(self):
        return f"{self.organisation} · {self.get_role_display()}"


class Team(TimeStamped):
    """The people who act for an enrolled organisation. Most have one; a facilitator organisation has one per
    group of partnerships. Whoever is currently in it may read and write what is the team's: nobody else, not the
    employer. `facilitator_may_write_at` is the team's own permission for its facilitator to write on its behalf."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="teams")
    name = models.CharField(_("name"), max_length=120, blank=True)
    facilitator_may_write_at = models.DateTimeField(null=True, editable=False)
    facilitator_may_write_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            both_or_neither(
                "facilitator_may_write_at",
                "facilitator_may_write_by",
                name="partnerships_team_may_write_complete",
            ),
        ]

    def __str__(self):
        name = self.enrolment.organisation.name
        return f"{name} · {self.name}" if self.name else name


class TeamMember(TimeStamped):
    """A named person in a team, from–to. Access begins with this row and ends with it, in the same request."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="team_places")
    function = models.CharField(_("function"), max_length=200, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")

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
    """An association stands behind a city in a programme, through a team of its own: it answers the national
    context of that city's forms before any partnership exists (P4). Several may back one city."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="backings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="backs")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "team"],
                condition=Q(ended_on=None),
                name="partnerships_backing_once",
                violation_error_message=_("This association backs the city already."),
            ),
            from_before_to("partnerships_backing_dates"),
        ]
