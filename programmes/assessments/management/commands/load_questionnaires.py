from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from programmes.assessments import structure
from programmes.assessments.loader import StructureChangedError, install


class Command(BaseCommand):
    help = "Brings the questionnaires in step with their files. Migrating does the same by itself."

    def handle(self, *args, **options):
        try:
            loaded = install(apps.get_model)
        except StructureChangedError as error:
            raise CommandError(str(error)) from error
        structure.forget()
        self.stdout.write(f"{loaded.made} rows made, {loaded.reworded} reworded.")
