"""Small helps of the pages of forms."""

from collections.abc import Mapping
from typing import Any

from django import template

from ..pages.reading import need_facts

register = template.Library()


@register.filter
def titled(section_key: str, titles: Mapping[str, str]) -> str:
    """The title of a section by its key."""
    return titles.get(section_key, section_key)


@register.filter
def facts(need: Any) -> list[str]:
    """What was said of a need, in the reader's words."""
    return need_facts({name: getattr(need, name) for name in ("kind", "scope", "policy", "sector")})
