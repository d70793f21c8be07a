from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from programmes.action_plans.columns import column_corrections, correct_columns
from programmes.partnerships.models import Programme
from programmes.partnerships.services.programmes import correct_stages, stage_corrections


class Command(BaseCommand):
    help = (
        "Shows what the corrected default design would change in the stages and plan columns that programmes received "
        "from it; with --apply it does so. Rows that a programme changed are listed and left alone."
    )

    def add_arguments(self, parser):
        parser.add_argument("--programme", type=int, help="only the programme with this number")
        parser.add_argument("--apply", action="store_true", help="write the changes")

    @transaction.atomic
    def handle(self, *args, programme: int | None = None, apply: bool = False, **options):
        rows = Programme.objects.all() if programme is None else Programme.objects.filter(pk=programme)
        if programme is not None and not rows:
            raise CommandError(f"There is no programme with the number {programme}.")
        for row in rows:
            self._correct(row, apply=apply)

    def _correct(self, programme: Programme, *, apply: bool) -> None:
        if apply:
            found = [*correct_stages(programme=programme, by=None), *correct_columns(programme=programme, by=None)]
        else:
            found = [*stage_corrections(programme), *column_corrections(programme)]
        self.stdout.write(f"{programme.pk} {programme.title}")
        for correction in found:
            done = ", done" if apply and correction.applies else ""
            self.stdout.write(f"  {correction}{done}")
        if not found:
            self.stdout.write("  as in the design")
