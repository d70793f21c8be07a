"""Conversations as a tool of a partnership."""

from django.utils.translation import gettext_lazy as _

from programmes.partnerships.tools import Tool

BETWEEN_CITIES = Tool(
    "questions",
    _("Conversations between the cities"),
    _("Both city teams ask and answer in confidence, beside the answer or the need in question."),
)
TOOLS = (BETWEEN_CITIES,)
