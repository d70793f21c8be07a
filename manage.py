#!/usr/bin/env python3
"""Django's command line; without DJANGO_SETTINGS_MODULE it uses the developers' settings."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings.dev")
    from django.core.management import execute_from_command_line

    from mentoring.start import require_settings

    require_settings()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
