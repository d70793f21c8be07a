import pytest
from django.test import Client

from programmes.assessments import structure
from programmes.assessments.models import Part
from programmes.assessments.services import answers, needs, sharing
from programmes.common.access import Access
from tests.once import once

from .world import World


class Desk:
    """The world with a needs analysis of the mentee, and short ways to write and share in it."""

    def __init__(self, world: World):
        self.world = world
        self.needs = self.begin("mentee", "needs")

    def begin(self, who: str, key: str, team: str | None = None):
        by = self.world.user(who)
        return answers.begin(team=self.world.team(team or who), purpose=key, access=Access(by))

    def part(self, key: str, response=None) -> Part:
        return structure.parts_of((response or self.needs).questionnaire_version)[key]

    def write(self, key: str, value, *, who="mentee", response=None, base=0, language="en"):
        response = response or self.needs
        part = self.part(key, response)
        return answers.save_answer(
            response=response, part=part, base=base, value=value, access=Access(self.world.user(who)), language=language
        )[0]

    def share(self, *sections: str, to: list[str], who="mentee", response=None, name=""):
        teams = [self.world.team(key) for key in to]
        return sharing.share(
            response=response or self.needs,
            section_keys=sections,
            teams=teams,
            access=Access(self.world.user(who)),
            name=name,
        )

    def need(self, title="Places to practise", **fields):
        return needs.add_need(response=self.needs, access=Access(self.world.user("mentee")), title=title, **fields)

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.world.users[who])
        return client


world = once(World)


@pytest.fixture
def desk(world) -> Desk:
    return Desk(world)
