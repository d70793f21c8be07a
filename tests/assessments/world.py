"""A small programme to test forms in: one pair with its associations and facilitator, a would-be mentor, a coordinator,
a stranger, a superior of the mentee's town hall, an administrator. People are found by their short names."""

from datetime import timedelta

from django.utils import timezone

from programmes.accounts.models import Person, User
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Membership, Organisation
from programmes.partnerships.enums import TEAM_OF, EnrolmentRole, Role
from programmes.partnerships.models import (
    Backing,
    Enrolment,
    Participation,
    Partnership,
    Programme,
    Team,
    TeamMember,
    Theme,
)

LONG_AGO = timezone.localdate() - timedelta(days=400)


class World:
    """Built once per test: `world.user("mentee")`, `world.team("mentor")`, `world.city.organisation`…"""

    def __init__(self):
        self.network = organisation("Network", OrganisationKind.NETWORK)
        self.programme = Programme.objects.create(
            title="Cities learn",
            policy_field={"en": "the integration of migrants", "es": "integración de migrantes"},
            network=self.network,
            languages=["en", "es"],
            working_language="en",
        )
        self.theme = Theme.objects.create(programme=self.programme, title={"en": "Language", "es": "Lengua"})
        self.enrolments, self.teams, self.users = {}, {}, {}
        self._enrol()
        self.partnership = Partnership.objects.create(programme=self.programme, theme=self.theme)
        self._pair()
        self._others()

    def _enrol(self):
        city, association = OrganisationKind.CITY, OrganisationKind.ASSOCIATION
        self.add("mentee", "Jelgava", city, EnrolmentRole.MENTEE, country="LV", languages=["lv"])
        self.add("mentor", "Schaerbeek", city, EnrolmentRole.MENTOR, country="BE", languages=["fr"])
        self.add("would_be", "Mechelen", city, EnrolmentRole.MENTOR, country="BE", languages=["nl"])
        self.add("stranger", "Capaci", city, EnrolmentRole.MENTEE, country="IT", languages=["it"])
        self.add("lps", "LPS", association, EnrolmentRole.ASSOCIATION, country="LV", languages=["lv"])
        self.add("brulocalis", "Brulocalis", association, EnrolmentRole.ASSOCIATION, country="BE", languages=["fr"])
        self.add("facilitator", "Consultants", OrganisationKind.FACILITATOR, EnrolmentRole.FACILITATOR)
        self.add("coordinator", "Network office", OrganisationKind.NETWORK, EnrolmentRole.COORDINATOR)
        self.back("mentee", "lps")
        self.back("mentor", "brulocalis")

    def add(self, key: str, name: str, kind: str, role: str, **fields):
        """An organisation enrolled in the role, with a team of one."""
        found = organisation(name, kind, **fields)
        self.enrolments[key] = Enrolment.objects.create(
            programme=self.programme, organisation=found, role=role, started_on=LONG_AGO
        )
        self.teams[key] = Team.objects.create(enrolment=self.enrolments[key], role=TEAM_OF[EnrolmentRole(role)])
        self.users[key] = self.join(key, self.teams[key])

    def back(self, city: str, association: str):
        """An association that the city accepted long ago."""
        Backing.objects.create(
            enrolment=self.enrolments[city],
            team=self.teams[association],
            started_on=LONG_AGO,
            accepted_at=timezone.now() - timedelta(days=300),
            accepted_by=self.users[city],
        )

    def join(self, name: str, team: Team) -> User:
        """A new person with an account, in the team."""
        user = User.objects.create_user(f"{name}@example.org", "secret-secret", name=f"Officer {name}")
        person = Person.objects.create(name=user.name, email=user.email, user=user)
        TeamMember.objects.create(team=team, person=person, started_on=LONG_AGO)
        return user

    def _pair(self):
        roles = {
            "mentee": Role.MENTEE,
            "mentor": Role.MENTOR,
            "lps": Role.MENTEE_ASSOCIATION,
            "brulocalis": Role.MENTOR_ASSOCIATION,
            "facilitator": Role.FACILITATOR,
        }
        self.participations = {
            key: Participation.objects.create(
                partnership=self.partnership,
                team=self.teams[key],
                organisation=self.teams[key].enrolment.organisation,
                role=role,
                started_on=LONG_AGO,
            )
            for key, role in roles.items()
        }

    def _others(self):
        superior = User.objects.create_user("superior@example.org", "secret-secret", name="Superior")
        person = Person.objects.create(name="Superior", email=superior.email, user=superior)
        Membership.objects.create(person=person, organisation=self.enrolments["mentee"].organisation)
        self.users["superior"] = superior
        self.users["admin"] = User.objects.create_superuser("admin@example.org", "secret-secret", name="Administrator")

    def user(self, key: str) -> User:
        """Fresh from the database: places are kept on the object for one request."""
        return User.objects.get(pk=self.users[key].pk)

    def team(self, key: str) -> Team:
        return self.teams[key]


def organisation(name: str, kind: str, **fields) -> Organisation:
    return Organisation.objects.create(name=name, kind=kind, **fields)
