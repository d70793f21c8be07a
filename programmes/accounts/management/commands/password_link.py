"""Another link to choose the first password, for whoever lost the one before."""

from typing import Any

from django.core.management.base import BaseCommand

from programmes.accounts import selectors, services


class Command(BaseCommand):
    help = "Print a link under which an account that has no password yet chooses one; nothing where it has one."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--site", default="", help="where the site is, such as https://mentoring.example.org")

    def handle(self, *args: Any, email: str, site: str, **options: Any) -> None:
        user = selectors.account_with_address(email)
        if user is not None and user.is_active and not user.has_usable_password():
            self.stdout.write(f"{user.email} chooses a password here:")
            self.stdout.write(site.rstrip("/") + services.password_link_path(user))
