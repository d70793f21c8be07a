"""The stage: named people, the teams they sit in, what these are part of. Whatever a test asks for is made then.

`Stage().team("mentor")` enrols Harbourg in the programme with a team of one; nothing else is there. Every world of the
tests stands on it (tests/cast.py, and what the folders call `world`), so that one name means one city everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from programmes.accounts.models import User
from programmes.participants.models import Membership, Organisation
from programmes.partnerships.models import Enrolment, Partnership, Programme, Team, Theme
from programmes.partnerships.services.partnerships import create_partnership

from . import staging


@dataclass(frozen=True)
class Part:
    """An organisation that takes part: in which role, and which association stands behind it."""

    organisation: str
    kind: str = "city"
    country: str = ""
    languages: tuple[str, ...] = ()
    role: str = ""
    backed_by: str = ""
    elsewhere: bool = False


PARTS = {
    "coordinator": Part("City Network", "network", role="coordinator"),
    "facilitator": Part("Method Lab", "facilitator", role="facilitator"),
    "mentee_association": Part("Union of Cities", "association", "LV", ("lv",), "association"),
    "mentor_association": Part("League of Towns", "association", "BE", ("fr",), "association"),
    "mentee": Part("Riverton", "city", "LV", ("lv",), "mentee", "mentee_association"),
    "mentor": Part("Harbourg", "city", "BE", ("fr",), "mentor", "mentor_association"),
    "other_city": Part("Milltown", "city", "LV", ("lv",), "mentee"),
    "would_be_mentor": Part("Bridgeford", "city", "BE", ("nl",), "mentor"),
    "other_programme": Part("Faraway", "city", "LV", ("lv",), "mentee", elsewhere=True),
}
"""By the name of their team, which is also its first member's."""


class Stage:
    """`absent`: those who do not play, though somebody of the others would bring them in."""

    def __init__(self, *, absent: Iterable[str] = (), **programme):
        self.absent = frozenset(absent)
        self.about_programme = {"title": "Learning together", **programme}
        self.organisations: dict[str, Organisation] = {}
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}

    @cached_property
    def administrator(self) -> User:
        user = self._somebody("administrator")
        User.objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
        user.refresh_from_db()
        return user

    @cached_property
    def programme(self) -> Programme:
        network = self.organisation("coordinator")
        return staging.programme(network=network, by=self.administrator, **self.about_programme)

    @cached_property
    def other_programme(self) -> Programme:
        abroad = staging.organisation("network", "Another Network")
        return staging.programme("Elsewhere", network=abroad, by=self.administrator)

    @cached_property
    def theme(self) -> Theme:
        return Theme.objects.create(programme=self.programme, title={"en": "Languages", "es": "Idiomas"})

    def organisation(self, name: str) -> Organisation:
        if name not in self.organisations:
            part = PARTS[name]
            made = staging.organisation(part.kind, part.organisation, part.country)
            Organisation.objects.filter(pk=made.pk).update(languages=list(part.languages))
            made.languages = list(part.languages)
            self.organisations[name] = made
        return self.organisations[name]

    def team(self, name: str) -> Team:
        """With one member, of the same name."""
        if name not in self.teams:
            self.teams[name] = self._enrolled(name)
            self.join(name, self.teams[name])
            self._back(name)
        return self.teams[name]

    def _enrolled(self, name: str) -> Team:
        part = PARTS.get(name)
        if name == "coordinator":
            return staging.coordinator_team(self.programme)
        if part is None:
            return self._second_team(name)
        programme = self.other_programme if part.elsewhere else self.programme
        more = {"themes": [self.theme]} if part.role in ("mentee", "mentor") and not part.elsewhere else {}
        return staging.enrolled(programme, self.organisation(name), part.role, by=self.administrator, **more)

    def _back(self, name: str) -> None:
        """The association behind a city, which the city accepted."""
        part = PARTS.get(name)
        if part and part.backed_by and part.backed_by not in self.absent:
            staging.backed(self.teams[name], self.team(part.backed_by), by=self.users[name])

    def _second_team(self, name: str) -> Team:
        """`other_facilitator` sits beside the team `facilitator`."""
        first = self.team(name.removeprefix("other_"))
        return Team.objects.create(enrolment=first.enrolment, role=first.role, name="Second")

    def enrolment(self, name: str) -> Enrolment:
        return self.team(name).enrolment

    def user(self, name: str) -> User:
        """The member of the team of this name; without one, somebody who only has an account."""
        if name in PARTS or name == "other_facilitator":
            self.team(name)
        elif name in ("administrator", "superior"):
            return getattr(self, name)
        return self.users.get(name) or self._somebody(name)

    def join(self, name: str, team: Team) -> User:
        """A new person with an account, in the team."""
        user = self._somebody(name)
        staging.join(user, team, "Officer")
        return user

    def _somebody(self, name: str) -> User:
        self.users[name] = staging.user(name, self.called(name))
        return self.users[name]

    def called(self, name: str) -> str:
        """What pages call this person."""
        return name.replace("_", " ").title()

    @cached_property
    def superior(self) -> User:
        """Of the mentee's town hall, in no team."""
        user = self._somebody("superior")
        Membership.objects.create(person=user.person, organisation=self.organisation("mentee"), function="Head")
        return user

    @cached_property
    def partnership(self) -> Partnership:
        return self._pair("mentee", "facilitator")

    @cached_property
    def other_partnership(self) -> Partnership:
        """Of the same mentor, with another facilitator."""
        return self._pair("other_city", "other_facilitator")

    def _pair(self, mentee: str, facilitator: str) -> Partnership:
        playing = [name for name in ("mentee_association", "mentor_association") if name not in self.absent]
        teams = {name: self.team(name) for name in (mentee, "mentor", *playing)}
        return create_partnership(
            programme=self.programme,
            theme=self.theme,
            cities={"mentee": [teams[mentee]], "mentor": [teams["mentor"]]},
            facilitator=None if facilitator in self.absent else self.team(facilitator),
            by=self.user("coordinator"),
            reason="They fit.",
        )
