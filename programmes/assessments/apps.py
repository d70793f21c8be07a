from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "programmes.assessments"
    label = "assessments"
    verbose_name = _("Assessments")

    def ready(self):
        from . import (
            checks,  # noqa: F401 (registers)
            tool_use,
        )

        tool_use.declare_conversations()
        post_migrate.connect(bring_questionnaires, sender=self)


def bring_questionnaires(apps: Apps = installed, **kwargs: Any) -> None:
    """After each migration, and after a database was emptied for a test: the questionnaires of this release.

    `flush` sends the signal without `apps`, hence the default.
    """
    from .loader import install

    if "part" in apps.all_models.get("assessments", {}):
        install(apps.get_model)
