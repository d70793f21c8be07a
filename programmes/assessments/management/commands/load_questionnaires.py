from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from programmes.assessments.loader import (
    BadFileError,
    KindChangedError,
    StructureChangedError,
    install,
    install_for,
    read_file,
)
from programmes.partnerships.models import Programme


class Command(BaseCommand):
    help = (
        "Brings everybody's questionnaires in step with their files; migrating does the same by itself. With a file "
        "and a programme: the questionnaire that this programme asks instead of everybody's of the same purpose."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a file in the shape of assessments/data/needs.yaml")
        parser.add_argument("--programme", type=int, help="the programme's number")

    def handle(self, *args, file: Path | None = None, programme: int | None = None, **options):
        if (file is None) != (programme is None):
            raise CommandError("A file needs its --programme, and a programme its file.")
        try:
            if file is None or programme is None:
                loaded = install(apps.get_model)
            else:
                loaded = install_for(self._programme(programme), read_file(file), apps.get_model)
        except (BadFileError, KindChangedError, StructureChangedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{loaded.made} rows made, {loaded.reworded} reworded.")

    def _programme(self, number: int) -> Programme:
        found = Programme.objects.filter(pk=number).first()
        if found is None:
            raise CommandError(f"There is no programme with the number {number}.")
        return found
