"""For the mail server to hand a returned mail to."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from programmes.notices.returned import LARGEST, note_returned


class Command(BaseCommand):
    help = "Reads a report of a mail server from the standard input; a mail that came back counts as refused."

    def handle(self, *args: Any, **options: Any) -> None:
        number = note_returned(sys.stdin.buffer.read(LARGEST))
        self.stdout.write(f"{number} marked")
