"""The tools that forms and the conversations beside them are part of."""

from django.db.models import Q

from programmes.conversations.tool_use import declare
from programmes.conversations.tools import BETWEEN_CITIES
from programmes.partnerships.models import Partnership
from programmes.partnerships.tool_use import in_use, tools_in_use

from .enums import Purpose
from .tools import NEEDS_ANALYSIS, STRENGTHS

TOOL_OF = {Purpose.NEEDS: NEEDS_ANALYSIS.key, Purpose.STRENGTHS: STRENGTHS.key}
"""A form is its city's: where the tool is off, it is gone from that partnership and stays everywhere else."""


def purposes_off(partnership: Partnership) -> set[str]:
    used = tools_in_use(partnership)
    return {purpose for purpose, tool in TOOL_OF.items() if tool not in used}


def _conversation_in_use(path: str) -> Q:
    """Beside a form: the cities converse in this partnership, and it uses that form."""
    partnership, purpose = f"{path}partnership", f"{path}about_answer__response__questionnaire__purpose"
    found = in_use(BETWEEN_CITIES.key, partnership)
    for known, tool in TOOL_OF.items():
        others = [other for other in Purpose.values if other != known]
        found &= in_use(tool, partnership) | Q(**{f"{purpose}__in": others})
    return found


def declare_conversations() -> None:
    declare("about_answer", BETWEEN_CITIES.key, _conversation_in_use)
