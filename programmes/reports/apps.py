from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "programmes.reports"
    label = "reports"
    verbose_name = _("Documents")

    def ready(self):
        from . import checks, registry

        registry.discover()
        checks.register()
