"""Who takes part: organisations, their names and figures, and who speaks for them (G2, P1–P6)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programmes.accounts.models import Person
from programmes.common.addresses import address
from programmes.common.fields import CountryField, LanguageField
from programmes.common.models import TimeStamped, from_before_to
from programmes.common.once import MadeOnce

from .enums import Indicator, NameKind, OrganisationKind, Sector, Unit
from .names import normalise


class Organisation(TimeStamped):
    """A city, association, facilitator organisation, network or stakeholder: one table, so that memberships,
    participations and search have one target. `kind` never changes. Holds no personal data."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices, editable=False)
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True, help_text=_("Need not be unique."))
    country = CountryField(_("country"), blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    website = models.URLField(_("website"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector.choices, blank=True)
    is_regional = models.BooleanField(_("regional body"), default=False)
    is_demo = models.BooleanField(default=False, editable=False)
    normalised = models.CharField(max_length=260, editable=False, db_index=True)

    class Meta:
        ordering = ["normalised", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "country", "region", "name"],
                name="participants_organisation_once",
                violation_error_message=_("The directory already has an organisation of this name in this place."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OrganisationKind.values),
                name="participants_organisation_kind_known",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.normalised = normalise(f"{self.name} {self.acronym}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address("participants:organisation", self.pk)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """Django's own translates all kinds to name one."""
        return str(OrganisationKind(self.kind).label)

    @property
    def short(self) -> str:
        """The acronym where there is one, else the name."""
        return self.acronym or self.name

    @property
    def is_city(self) -> bool:
        return self.kind == OrganisationKind.CITY


class OrganisationName(models.Model):
    """Another name an organisation is looked for by: Malines and Malinas for Mechelen."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="other_names")
    name = models.CharField(_("name"), max_length=200)
    language = LanguageField(_("language"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=NameKind.choices, default=NameKind.EXONYM)
    normalised = models.CharField(max_length=260, editable=False, db_index=True)

    class Meta:
        ordering = ["normalised"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name", "language"],
                name="participants_name_once",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.normalised = normalise(self.name)
        super().save(*args, **kwargs)


class Affiliation(TimeStamped):
    """A city belongs to an association, from–to; several either way (P4)."""

    city = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="affiliations",
        limit_choices_to={"kind": OrganisationKind.CITY},
    )
    association = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="affiliated",
        limit_choices_to={"kind": OrganisationKind.ASSOCIATION},
    )
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "association"],
                condition=Q(ended_on=None),
                name="participants_affiliation_once",
                violation_error_message=_("The city already belongs to this association."),
            ),
            models.CheckConstraint(condition=~Q(city=F("association")), name="participants_affiliation_two"),
            from_before_to("participants_affiliation_dates"),
        ]


class Figure(TimeStamped):
    """One yearly figure of a city with its own source (Annex 2, 13–14).

    `published` is false while the answer that fed it has not been shared: a city's words are its own until then."""

    city = models.ForeignKey(Organisation, models.CASCADE, related_name="figures")
    indicator = models.CharField(_("indicator"), max_length=40, choices=Indicator.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices, default=Unit.PEOPLE)
    source = models.CharField(_("source"), max_length=300, blank=True)
    approximate = models.BooleanField(_("approximately"), default=False)
    published = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["indicator", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["city", "indicator", "year"],
                name="participants_figure_once",
                violation_error_message=_("There is a figure for this indicator and year already."),
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="participants_figure_not_negative"),
            models.CheckConstraint(
                condition=Q(year__gte=1900, year__lte=2100),
                name="participants_figure_year",
            ),
        ]


class Membership(MadeOnce, TimeStamped):
    """A person works for, or speaks for, an organisation. Gives no access to anything written: teams do."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    function = models.CharField(_("function"), max_length=200, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_on=None),
                name="participants_membership_once",
            ),
            from_before_to("participants_membership_dates"),
        ]
