from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class BenchmarksConfig(AppConfig):
    name = "programmes.benchmarks"
    label = "benchmarks"
    verbose_name = _("Benchmarks")

    def ready(self):
        post_migrate.connect(bring_benchmarks, sender=self)


def bring_benchmarks(apps: Apps = installed, **kwargs: Any) -> None:
    """After each migration, and after a database was emptied for a test: the benchmarks of this release.

    `flush` sends the signal without `apps`, hence the default.
    """
    from .loader import install

    if "passage" in apps.all_models.get("benchmarks", {}):
        install(apps.get_model)
