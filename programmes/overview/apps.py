from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    name = "programmes.overview"
    label = "overview"
    verbose_name = _("Overview")

    def ready(self):
        from programmes.common import slots
        from programmes.links.registry import provide as provide_purposes
        from programmes.partnerships.tools import provide

        from . import inside, leaving, work
        from .links import PURPOSES
        from .tools import TOOLS

        provide(TOOLS)
        slots.fill("partnership_lists", inside.render_lists)
        provide_purposes(PURPOSES)
        slots.fill("partnership_place", inside.render_place)
        slots.fill("shared_by_city", inside.render_shared_by)
        slots.fill("shared_with_who_leaves", leaving.shared_with_who_leaves)
        slots.fill("written_earlier", work.written_earlier)
