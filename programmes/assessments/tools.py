"""Forms of the cities as tools of a partnership."""

from django.utils.translation import gettext_lazy as _

from programmes.partnerships.tools import Tool

NEEDS_ANALYSIS = Tool(
    "needs_analysis",
    _("Needs analysis"),
    _("The mentee describes its challenge and its context, and draws its needs from them."),
)
STRENGTHS = Tool(
    "strengths",
    _("Strengths and experience"),
    _("The mentor records what it has learned, what worked and who was part of it."),
)
TOOLS = (NEEDS_ANALYSIS, STRENGTHS)
