"""Short names for the database constraints that most models need."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def both_or_neither(first: str, second: str, name: str) -> models.CheckConstraint:
    """`ended_on` with its `ended_by`: both set or both null."""
    together = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    together |= Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return models.CheckConstraint(
        condition=together,
        name=name,
        violation_error_message=_("These two belong together: give both or neither."),
    )


def from_before_to(name: str, start: str = "started_on", end: str = "ended_on") -> models.CheckConstraint:
    """A period does not end before it begins; either end may be open."""
    return models.CheckConstraint(
        condition=Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__lte": F(end)}),
        name=name,
        violation_error_message=_("The end lies before the beginning."),
    )
