"""The tools that plans and what is said about them are part of."""

from django.db.models import Q

from programmes.conversations.tool_use import declare
from programmes.partnerships.tool_use import in_use
from programmes.partnerships.tools import SUPPORT_GROUP

from .tools import ACTION_PLAN


def granted_in_use() -> Q:
    """Of grants: the partnership uses plans, and what a support group reads also support groups."""
    partnership = "version__plan__partnership"
    return in_use(ACTION_PLAN.key, partnership) & (Q(support_group=None) | in_use(SUPPORT_GROUP.key, partnership))


def _conversation_in_use(path: str) -> Q:
    """Suggestions on actions; what a group is asked about a version."""
    partnership = f"{path}partnership"
    of_cities = Q(**{f"{path}about_plan__version__isnull": True})
    return in_use(ACTION_PLAN.key, partnership) & (in_use(SUPPORT_GROUP.key, partnership) | of_cities)


def declare_conversations() -> None:
    declare("about_plan", ACTION_PLAN.key, _conversation_in_use)
