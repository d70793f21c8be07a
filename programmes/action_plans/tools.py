"""The action plan as a tool of a partnership."""

from django.utils.translation import gettext_lazy as _

from programmes.partnerships.tools import Tool

ACTION_PLAN = Tool(
    "action_plan",
    _("Action plan"),
    _("The mentee plans what it will do, with whom and until when, and how it will know that it worked."),
)
TOOLS = (ACTION_PLAN,)
