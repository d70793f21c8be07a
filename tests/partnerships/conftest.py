"""The stage with one pair, and ways to enrol more, as its coordinator would."""

from dataclasses import dataclass

import pytest
from django.test import Client

from programmes.accounts.models import User
from programmes.partnerships.models import Enrolment, Partnership, Programme, Team
from programmes.partnerships.services import enrolments
from programmes.partnerships.services.backings import accept_backing, back
from programmes.partnerships.services.teams import add_member
from tests.factories import AssociationFactory, FacilitatorOrganisationFactory, OrganisationFactory, PersonFactory
from tests.once import once
from tests.stage import Stage


@dataclass
class World:
    """Who is who; each `…_user` is the only member of the team of that name."""

    admin: User
    programme: Programme
    coordinator: User
    facilitator: User
    facilitators: Team
    mentee: Team
    mentee_user: User
    mentor: Team
    mentor_user: User
    association: Team
    association_user: User
    partnership: Partnership

    def enrol(self, role: str = "mentee", name: str = "", **kwargs) -> Team:
        """A further organisation with an empty team."""
        makers = {"association": AssociationFactory, "facilitator": FacilitatorOrganisationFactory}
        maker = makers.get(role, OrganisationFactory)
        organisation = maker(name=name) if name else maker()
        return enrol(self.programme, organisation, role, self.coordinator, **kwargs)


def enrol(programme, organisation, role, by, associations=(), **kwargs) -> Team:
    """`associations` stand behind the city at once, as if it had accepted them."""
    row: Enrolment = enrolments.enrol(programme=programme, organisation=organisation, role=role, by=by, **kwargs)
    for association in associations:
        accept_backing(backing=back(enrolment=row, association=association, by=by), by=by)
    return row.teams.get()


def member_of(team: Team, by: User) -> User:
    person = PersonFactory()
    add_member(team=team, person=person, by=by)
    return person.user


def page_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_world() -> World:
    stage = Stage(absent=("mentor_association",), title="IncluTest")
    partnership = stage.partnership
    return World(
        admin=stage.administrator,
        programme=stage.programme,
        coordinator=stage.user("coordinator"),
        facilitator=stage.user("facilitator"),
        facilitators=stage.team("facilitator"),
        mentee=stage.team("mentee"),
        mentee_user=stage.user("mentee"),
        mentor=stage.team("mentor"),
        mentor_user=stage.user("mentor"),
        association=stage.team("mentee_association"),
        association_user=stage.user("mentee_association"),
        partnership=partnership,
    )


world = once(make_world)


@pytest.fixture(autouse=True)
def _mails_go_at_once(postman: None) -> None:
    """The worker's part is done in this process."""
