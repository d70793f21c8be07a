from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "programmes.reports"
    label = "reports"
    verbose_name = _("Documents")

    def ready(self):
        from programmes.common import slots

        from . import asking, checks, registry

        registry.discover()
        checks.register()
        slots.fill("ask_for_document", asking.ask_for_document)
