"""Small helps of the pages of forms."""

from collections.abc import Mapping
from typing import Any

from django import template

from programmes.partnerships.models import Partnership
from programmes.partnerships.selectors import partnership_of_team

from ..models import Response
from ..pages.reading import need_facts
from ..tool_use import purposes_off

register = template.Library()


@register.simple_tag(takes_context=True)
def partnership_of_form(context: Any, response: Response) -> Partnership | None:
    """The one running partnership in which the form stands: none where it serves several, or where its tool is off."""
    found = partnership_of_team(context["request"].access, response.team_id)
    return None if found is None or response.questionnaire.purpose in purposes_off(found) else found


@register.filter
def titled(section_key: str, titles: Mapping[str, str]) -> str:
    """The title of a section by its key."""
    return titles.get(section_key, section_key)


@register.filter
def facts(need: Any) -> list[str]:
    """What was said of a need, in the reader's words."""
    return need_facts({name: getattr(need, name) for name in ("kind", "scope", "policy", "sector")})
