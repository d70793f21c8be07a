"""manage.py load_demo"""

from django.core.management.base import BaseCommand, CommandError

from programmes.overview import demo_loader


class Command(BaseCommand):
    help = "Loads the demo programme, once: a later call leaves what people changed. Only where DEMO is on."

    def handle(self, *args, **options):
        try:
            programme = demo_loader.load()
        except demo_loader.NotADemoError as error:
            raise CommandError("This is not a demo (DEMO is off): the demo programme stays out of it.") from error
        self.stdout.write(f"Loaded {programme}." if programme else "The demo programme is there already.")
