"""The tools of all apps, in the order in which pages show them."""

from programmes.action_plans import tools as on_plans
from programmes.assessments import tools as in_forms
from programmes.benchmarks import tools as in_benchmarks
from programmes.conversations import tools as in_conversations
from programmes.partnerships import tools as in_partnerships

TOOLS = (*in_forms.TOOLS, *in_benchmarks.TOOLS, *in_conversations.TOOLS, *on_plans.TOOLS, *in_partnerships.TOOLS)
