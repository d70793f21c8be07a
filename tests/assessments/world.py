"""The stage for forms: one pair with its associations and facilitator, a would-be mentor, a coordinator, a stranger, a
superior of the mentee's town hall, an administrator. People are found by their short names."""

from programmes.accounts.models import User
from programmes.partnerships.models import Team
from tests import staging
from tests.stage import Stage

SHORT = {
    "mentee_association": "lps",
    "mentor_association": "brulocalis",
    "would_be_mentor": "would_be",
    "other_city": "stranger",
    "administrator": "admin",
}
PLAYING = ("mentee", "mentor", "facilitator", "coordinator", "superior", *SHORT)


class World(Stage):
    """`world.user("mentee")`, `world.team("mentor")`, `world.enrolments["lps"]`…"""

    def __init__(self) -> None:
        super().__init__(
            title="Cities learn",
            policy_field={"en": "the integration of migrants", "es": "integración de personas migrantes"},
            languages=["en", "es"],
            working_language="en",
        )
        for name in PLAYING:
            super().user(name)
        for name, short in SHORT.items():
            self.users[short] = self.users[name]
            if name in self.teams:
                self.teams[short] = self.teams[name]
        self.enrolments = {name: team.enrolment for name, team in self.teams.items()}
        sides = {row.team_id: row for row in self.partnership.participations.all()}
        self.participations = {name: sides[team.pk] for name, team in self.teams.items() if team.pk in sides}

    def called(self, name: str) -> str:
        return f"Officer {SHORT.get(name, name)}"

    def user(self, name: str) -> User:
        """As the database has it now."""
        return User.objects.get(pk=super().user(name).pk)

    def back(self, city: str, association: str) -> None:
        """An association that the city accepted."""
        staging.backed(self.teams[city], self.teams[association], by=self.users[city])

    def add(self, key: str, name: str, kind: str, role: str) -> Team:
        """An organisation enrolled in the role, with a team of one."""
        found = staging.organisation(kind, name)
        self.teams[key] = staging.enrolled(self.programme, found, role, by=self.administrator)
        self.enrolments[key] = self.teams[key].enrolment
        self.join(key, self.teams[key])
        return self.teams[key]
