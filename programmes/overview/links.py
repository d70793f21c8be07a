"""The purposes of personal links, of all apps."""

from programmes.action_plans import links as on_plans
from programmes.assessments import links as in_forms
from programmes.conversations import links as in_conversations
from programmes.partnerships import links as in_partnerships

PURPOSES = (*in_partnerships.PURPOSES, *in_conversations.PURPOSES, *in_forms.PURPOSES, *on_plans.PURPOSES)
