"""The first coordinator of an installation, with the network and the programme they coordinate."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from programmes.accounts.models import User
from programmes.accounts.selectors import account_with_address
from programmes.accounts.services import create_account, password_link_path, person_for
from programmes.common.errors import Refusal
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.partnerships.boundary import current
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import Programme, Team
from programmes.partnerships.services.programmes import create_programme
from programmes.partnerships.services.teams import add_member


class Command(BaseCommand):
    help = (
        "Make somebody the coordinator of a programme: network, programme and account are made where they are missing. "
        "Prints the link under which a new account chooses its password. Safe to run twice."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name", help="the name colleagues read (for a new account)")
        parser.add_argument("--network", required=True, help="name of the coordinating network")
        parser.add_argument("--programme", default="", help="title of the programme; default: the network's name")
        parser.add_argument("--language", default="en", help="language of pages and mails")
        parser.add_argument("--site", default="", help="where the site is, such as https://mentoring.example.org")

    def handle(
        self, *args: Any, email: str, name: str, network: str, programme: str, language: str, site: str, **options: Any
    ) -> None:
        try:
            validate_email(email)
            with transaction.atomic():
                user = account_with_address(email) or create_account(email=email, name=name, language=language, by=None)
                team = _team_of(network, programme or network, user)
                _join(team, user)
        except ValidationError:
            raise CommandError(f"{email} is not an e-mail address.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.email} coordinates {team.enrolment.programme}.")
        if not user.has_usable_password():
            self.stdout.write("The password is chosen here:")
            self.stdout.write(site.rstrip("/") + password_link_path(user))


def _team_of(network: str, title: str, user: User) -> Team:
    organisation, _made = Organisation.objects.get_or_create(
        kind=OrganisationKind.NETWORK, name=network, country="", region=""
    )
    programme = Programme.objects.filter(title=title, network=organisation).first()
    if programme is None:
        programme = create_programme(title=title, network=organisation, by=user)
    teams = Team.objects.filter(enrolment__programme=programme, role=TeamRole.COORDINATOR, closed_at=None)
    return teams.filter(enrolment__ended_on=None)[0]


def _join(team: Team, user: User) -> None:
    if team.members.filter(current(), person__user=user).exists():
        return
    if team.members.exists():
        raise CommandError(f"{team} has people already: they invite.")
    person = getattr(user, "person", None) or person_for(email=user.email, name=user.name)
    if person.user_id is None:
        person.user = user
        person.save(update_fields=["user", "updated_at"])
    add_member(team=team, person=person, by=user)
