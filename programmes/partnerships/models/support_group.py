"""The local support group of a city and its lines (P5, Annex 5)."""

from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.common.addresses import address
from programmes.common.models import MultilingualField, TimeStamped, from_before_to
from programmes.common.once import MadeOnce
from programmes.participants.enums import Sector
from programmes.participants.models import Organisation

from .team import Team


class SupportGroup(MadeOnce, TimeStamped):
    """The local support group of a city: light, outlives a programme, can rest and be woken (P5, Annex 5).

    The group is the city's; `team` keeps it: writes its lines, asks it, invites into it. A team hands it on to another
    team of the same city, of a later programme; until then nobody else reaches it. A team begun anew does not get it,
    because a seat in it reads what the former team shared: it begins another. Its `form_key` is
    of the form that made or changed it last: lines are added on the same page."""

    city = models.ForeignKey(Organisation, models.PROTECT, related_name="support_groups")
    team = models.ForeignKey(Team, models.PROTECT, related_name="support_groups")
    name = models.CharField(_("name"), max_length=200, blank=True)
    body = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="serves_as_group",
        verbose_name=_("existing body that serves as the group"),
    )
    resting_since = models.DateField(_("resting since"), null=True, blank=True)
    half_page = MultilingualField(_("half a page to pass on"), blank=True)
    costs = models.TextField(_("what it costs, and who pays in advance"), max_length=2000, blank=True)
    known_to_partners = models.BooleanField(_("our partner cities may know that this group exists"), default=False)

    class Meta:
        verbose_name = _("local support group")
        verbose_name_plural = _("local support groups")

    def __str__(self):
        return self.named(self.name, self.city.name)

    @staticmethod
    def named(name: str, city: str) -> str:
        return name or _("Local support group of %(city)s") % {"city": city}

    def get_absolute_url(self):
        return address("partnerships:support_group", self.pk)

    @property
    def half_pages(self) -> list[tuple[str, str]]:
        """(language, text), the language of the page first."""
        now = get_language() or ""
        return sorted(self.half_page.items(), key=lambda item: (item[0] != now, item[0]))


class SupportGroupMember(TimeStamped):
    """A line of the group: a person or only a seat. `represents_migrants` describes the seat, never the person.
    `person` took it up, by a link or with an account. Personal data: the name, if one was typed; kept until the
    group's city removes the line's name."""

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="members")
    name = models.CharField(_("name or seat"), max_length=200)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector.choices, blank=True)
    represents_migrants = models.BooleanField(_("seat of migrants"), default=False)
    had_dialogue = models.BooleanField(_("has talked or worked with the city before"), default=False)
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="group_seats",
        editable=False,
    )
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [from_before_to("partnerships_group_member_dates")]

    def __str__(self):
        return self.name or gettext("former member")

    @property
    def without_name(self) -> str:
        """What the seat stands for, for whoever may be anybody: never the name of a person."""
        return self.organisation_name or str(self.get_sector_display()) or gettext("a seat in the group")
