"""What becomes of a team whose last member leaves: a stand-in, the office that appoints, a reopening by others."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person, language_choices
from programmes.common.fields import MomentField
from programmes.common.models import TimeStamped, both_or_neither

from ..enums import TeamEventKind
from .team import Team

USER = settings.AUTH_USER_MODEL


def new_nonce() -> str:
    return secrets.token_urlsafe(12)


class TeamStandIn(TimeStamped):
    """Somebody whom the team invites when its last member leaves. Personal data: deleted once invited."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="stand_in")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of the mail"), max_length=10, choices=language_choices, default="en")
    named_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")


class TeamOffice(TimeStamped):
    """The office of the organisation that appoints its people, such as a town clerk's. Set and changed by the team
    alone, it reads nothing; once its address is confirmed it may name a person for the empty team, by a link whose
    `nonce` is renewed whenever the team is emptied or the address changes. `asked_at`: when it was first written to
    since the team is empty."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="office")
    post = models.CharField(_("post"), max_length=200, help_text=_("For example the town clerk’s office."))
    email = models.EmailField(_("e-mail"), help_text=_("Of the office, better than of a person."))
    language = models.CharField(_("language of the mail"), max_length=10, choices=language_choices, default="en")
    nonce = models.CharField(max_length=40, default=new_nonce, editable=False)
    confirmed_at = MomentField(null=True, editable=False)
    asked_at = MomentField(null=True, editable=False)
    named_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")


class TeamReopening(TimeStamped):
    """The coordinator names a person for an empty team and another organisation confirms. Former members are told and
    may object until `opens_at`; then the invitation goes out. Personal data: name and address, deleted with the
    invitation's, a year later."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="reopenings")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language of the mail"), max_length=10, choices=language_choices, default="en")
    asked_by = models.ForeignKey(USER, models.PROTECT, editable=False, related_name="+")
    confirmed_by = models.ForeignKey(USER, models.PROTECT, null=True, editable=False, related_name="+")
    confirmed_for = models.ForeignKey(Team, models.PROTECT, null=True, editable=False, related_name="+")
    site = models.URLField(max_length=200, blank=True, editable=False)
    opens_at = MomentField(null=True, editable=False)
    stopped_at = MomentField(null=True, editable=False)
    stopped_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    opened_at = MomentField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(stopped_at=None, opened_at=None),
                name="partnerships_reopening_one_open",
                violation_error_message=_("Somebody has been named for this team already."),
            ),
            both_or_neither("confirmed_by", "opens_at", name="partnerships_reopening_confirm_complete"),
            both_or_neither("stopped_at", "stopped_by", name="partnerships_reopening_stop_complete"),
            both_or_neither("confirmed_by", "confirmed_for", name="partnerships_reopening_confirmed_for_somebody"),
        ]


class TeamEvent(models.Model):
    """What happened to a team, for its own people and its partner city's: who came, left, was invited, who opened
    writing to the facilitator. Holds names; a name without a place in the team is blanked after a year."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30, choices=TeamEventKind.choices)
    name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = MomentField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    @property
    def who(self) -> str:
        if self.person:
            return str(self.person)
        return self.name or ("" if self.kind == TeamEventKind.BEGUN_ANEW else gettext("Somebody"))
