"""manage.py create_sample_data --partnerships N --seed S"""

from django.core.management.base import BaseCommand, CommandError

from programmes.overview import sample


class Command(BaseCommand):
    help = "Makes a programme of N made-up partnerships, for measuring."

    def add_arguments(self, parser):
        parser.add_argument("--partnerships", type=int, default=100)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args, partnerships: int, seed: int, **options):
        if not 1 <= partnerships <= 100_000:
            raise CommandError("--partnerships takes a number from 1 to 100000.")
        try:
            made = sample.create(partnerships=partnerships, seed=seed)
        except sample.MadeAlready as already:
            raise CommandError(f"The sample of seed {seed} is here already: choose another --seed.") from already
        self.stdout.write(f"Programme {made.programme.pk} with {partnerships} partnerships.")
