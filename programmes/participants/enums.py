"""Words of the directory: kinds of organisation, sectors, indicators, kinds of name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    CITY = "city", _("City")
    ASSOCIATION = "association", _("Association of municipalities")
    FACILITATOR = "facilitator", _("Facilitator organisation")
    NETWORK = "network", _("Network")
    STAKEHOLDER = "stakeholder", _("Stakeholder organisation")


class Sector(models.TextChoices):
    """Where a stakeholder stands (Annex 5, P5)."""

    MIGRANT_ASSOCIATION = (
        "migrant_association",
        _("Migrant or ethnic-minority association"),
    )
    RESIDENTS = "residents", _("Residents' or community association")
    NGO = "ngo", _("NGO or civil society")
    BUSINESS = "business", _("Business")
    UNION = "union", _("Trade union")
    ACADEMIA = "academia", _("University or research")
    PUBLIC_BODY = "public_body", _("Local public body")
    CITY_DEPARTMENT = "city_department", _("City department")
    OTHER = "other", _("Other")


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("Official name")
    EXONYM = "exonym", _("Name in another language")
    FORMER = "former", _("Former name")
    ACRONYM = "acronym", _("Acronym")
    SPELLING = "spelling", _("Other spelling")


class Indicator(models.TextChoices):
    """Yearly figures of a city; keys are stable because answers, profiles and matching share them (Annex 2, 13–14)."""

    INHABITANTS = "inhabitants", _("Inhabitants")
    MIGRANT_ORIGIN = "migrant_origin", _("Residents of migrant origin")
    FOREIGN_BORN = "foreign_born", _("Residents born abroad")
    FOREIGN_NATIONALS = "foreign_nationals", _("Foreign nationals")
    CITY_BUDGET = "city_budget", _("Yearly city budget")
    INTEGRATION_BUDGET = (
        "integration_budget",
        _("Sum for integration and services for migrants and refugees"),
    )
    INTEGRATION_SHARE = "integration_share", _("Share of the budget for integration")


class Unit(models.TextChoices):
    PEOPLE = "people", _("people")
    EURO = "EUR", _("euro")
    PERCENT = "percent", _("per cent")
