"""How partnerships are named on pages."""

from typing import Any

import rules
from django import template

from programmes.common.fields import in_language

from ..enums import CITY_ROLES
from ..models import Partnership

PARTS = ("offers", "does_not", "does", "pull", "push")

register = template.Library()


@register.simple_tag
def cities_of(partnership: Partnership) -> dict[str, str]:
    """By role the names of the current cities, several separated by commas."""
    rows = partnership.current()
    return {str(role): ", ".join(row.organisation.name for row in rows if row.role == role) for role in CITY_ROLES}


@register.simple_tag(takes_context=True)
def may(context: Any, permission: str, thing: Any) -> bool:
    """Whether the reader may do this to the thing, by the rules alone: superusers get no more."""
    return rules.has_perm(permission, context["request"].access, thing)


@register.filter
def mentoring_parts(points: dict) -> list[dict]:
    """The five lists of Annex 1 in reading order, each with `title` and `items` in all languages."""
    return [{"title": points[key]["title"], "items": points[key]["items"]} for key in PARTS]


register.filter("in_language", in_language)
