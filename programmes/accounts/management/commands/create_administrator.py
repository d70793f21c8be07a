"""The first account of an installation, or one more administrator."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from programmes.accounts import services


class Command(BaseCommand):
    help = (
        "Make an administrator, or make an existing account one. At a terminal it asks for a password; "
        "otherwise, or with --link, it prints the link under which the person chooses one."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", default="Administrator", help="the name colleagues read (for a new account)")
        parser.add_argument("--link", action="store_true", help="print a link instead of asking for a password")
        parser.add_argument("--site", default="", help="where the site is, such as https://mentoring.example.org")

    def handle(self, *args: Any, email: str, name: str, link: bool, site: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        password = "" if link or not sys.stdin.isatty() else self._ask_password()
        user = services.make_administrator(email=email, name=name)
        if password:
            user.set_password(password)
            user.save(update_fields=["password"])
            self.stdout.write(f"{user.email} may sign in as administrator.")
        else:
            self.stdout.write(f"{user.email} is an administrator and chooses a password here:")
            self.stdout.write(site.rstrip("/") + services.password_link_path(user))

    def _ask_password(self) -> str:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Password again: "):
            raise CommandError("The two passwords differ; nothing was changed.")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
