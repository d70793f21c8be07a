from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "programmes.practices"
    label = "practices"
    verbose_name = _("Good practices")

    def ready(self):
        from programmes.common import slots

        from . import below_answers, factors

        slots.fill("below_answer", below_answers.rendered)
        slots.fill("practices_of_factor", factors.rendered)
