"""Who takes part: organisations, people and local support groups (G2, P1–P6)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.common.fields import CountryField, LanguageField
from programmes.common.models import TimeStamped, from_before_to

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
        return reverse("participants:organisation", args=[self.pk])

    @property
    def short(self) -> str:
        """The acronym where there is one, else the name."""
        return self.acronym or self.name

    @property
    def is_city(self) -> bool:
        return self.kind == OrganisationKind.CITY


class KindManager(models.Manager["Organisation"]):
    """Rows of one kind; rows made through it get that kind."""

    def __init__(self, kind: str):
        super().__init__()
        self.kind = kind

    def get_queryset(self):
        return super().get_queryset().filter(kind=self.kind)

    def create(self, **kwargs):
        return super().create(**{"kind": self.kind} | kwargs)


class City(Organisation):
    objects = KindManager(OrganisationKind.CITY)  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("city")
        verbose_name_plural = _("cities")


class Association(Organisation):
    objects = KindManager(OrganisationKind.ASSOCIATION)  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("association of municipalities")
        verbose_name_plural = _("associations of municipalities")


class FacilitatorOrganisation(Organisation):
    objects = KindManager(OrganisationKind.FACILITATOR)  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("facilitator organisation")
        verbose_name_plural = _("facilitator organisations")


class Network(Organisation):
    objects = KindManager(OrganisationKind.NETWORK)  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("network")
        verbose_name_plural = _("networks")


class StakeholderOrganisation(Organisation):
    objects = KindManager(OrganisationKind.STAKEHOLDER)  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("stakeholder organisation")
        verbose_name_plural = _("stakeholder organisations")


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


class Person(TimeStamped):
    """Somebody who takes part: name and address, with or without an account. Kept while a team, group or
    membership names them; erasing empties name and address in place, so that history stays readable. Show a person by
    `str`, which then says "former member"."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        editable=False,
    )
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(email=""),
                name="participants_person_email_once",
                violation_error_message=_("Somebody with this e-mail address is known already."),
            ),
        ]

    def __str__(self):
        return self.name or gettext("former member")


class Membership(TimeStamped):
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


class SupportGroup(TimeStamped):
    """The local support group of a city: light, outlives a programme, can rest and be woken (P5, Annex 5)."""

    city = models.ForeignKey(Organisation, models.PROTECT, related_name="support_groups")
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

    class Meta:
        verbose_name = _("local support group")
        verbose_name_plural = _("local support groups")

    def __str__(self):
        return self.name or _("Local support group of %(city)s") % {"city": self.city.name}

    def get_absolute_url(self):
        return reverse("participants:support_group", args=[self.pk])


class SupportGroupMember(TimeStamped):
    """A line of the group: a person or only a seat. `represents_migrants` describes the seat, never the person.
    Personal data: the name, if one was typed; kept until the group's city removes the line's name."""

    group = models.ForeignKey(SupportGroup, models.CASCADE, related_name="members")
    name = models.CharField(_("name or seat"), max_length=200)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=30, choices=Sector.choices, blank=True)
    represents_migrants = models.BooleanField(_("seat of migrants"), default=False)
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
        constraints = [from_before_to("participants_group_member_dates")]

    def __str__(self):
        return self.name or gettext("former member")
