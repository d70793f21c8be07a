from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "programmes.conversations"
    label = "conversations"
    verbose_name = _("Conversations")

    def ready(self) -> None:
        from programmes.common.slots import fill

        from .groups.slots import questions_to_group

        fill("group_questions", questions_to_group)
