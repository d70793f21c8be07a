from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActionPlansConfig(AppConfig):
    name = "programmes.action_plans"
    label = "action_plans"
    verbose_name = _("Action plans")

    def ready(self):
        from programmes.common import slots

        from . import adapted, tool_use

        slots.fill("adapted_action", adapted.rendered)
        tool_use.declare_conversations()
