"""Words of the library: kinds of practice, and to whom one is offered."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeKind(models.TextChoices):
    """What a good practice may be (GP1)."""

    POLICY = "policy", _("Policy")
    PROJECT = "project", _("Project")
    SERVICE = "service", _("Service")
    ACTIVITY = "activity", _("Activity")


class CitySize(models.TextChoices):
    """By inhabitants: small and medium towns are the common case."""

    VILLAGE = "under_10k", _("Under 10,000 inhabitants")
    TOWN = "under_50k", _("10,000 to 50,000")
    MEDIUM = "under_150k", _("50,000 to 150,000")
    LARGE = "under_500k", _("150,000 to 500,000")
    METROPOLIS = "over_500k", _("500,000 and more")

    @classmethod
    def of(cls, inhabitants: Decimal | int | None) -> str:
        """Of a number; empty where nobody knows it."""
        if inhabitants is None:
            return ""
        return next((size for limit, size in LIMITS if inhabitants < limit), cls.METROPOLIS).value


LIMITS = (
    (10_000, CitySize.VILLAGE),
    (50_000, CitySize.TOWN),
    (150_000, CitySize.MEDIUM),
    (500_000, CitySize.LARGE),
)


class Decision(models.TextChoices):
    """What a city decides about a practice of another; "not here" is a result like any other."""

    TRANSFER = "transfer", _("Yes, we transfer it")
    PART = "part", _("Part of it")
    NOT_HERE = "not_here", _("Not here")


class Audience(models.TextChoices):
    """Who reads an offered practice, from few to all."""

    PARTNERSHIP = "partnership", _("Everybody in one partnership")
    PROGRAMME = "programme", _("Everybody in the programme")
    SIGNED_IN = "signed_in", _("Everybody signed in")
    EVERYBODY = "everybody", _("Everybody, by a public page")
