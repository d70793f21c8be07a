"""A small programme with one pair, made through the services, as its coordinator would."""

from dataclasses import dataclass

from django.test import Client

from programmes.accounts.models import User
from programmes.partnerships.enums import EnrolmentRole
from programmes.partnerships.models import Enrolment, Partnership, Programme, Team
from programmes.partnerships.services import enrolments, partnerships, programmes
from programmes.partnerships.services.teams import add_member
from tests.factories import (
    AssociationFactory,
    FacilitatorOrganisationFactory,
    NetworkFactory,
    OrganisationFactory,
    PersonFactory,
    UserFactory,
)
from tests.once import once


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


def enrol(programme, organisation, role, by, **kwargs) -> Team:
    row: Enrolment = enrolments.enrol(programme=programme, organisation=organisation, role=role, by=by, **kwargs)
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
    admin = UserFactory(is_superuser=True, is_staff=True)
    programme = programmes.create_programme(title="IncluTest", network=NetworkFactory(), by=admin)
    theme = programmes.save_theme(programme=programme, title={"en": "Language"}, by=admin)
    coordinator = member_of(programme.enrolments.get(role=EnrolmentRole.COORDINATOR).teams.get(), admin)
    lps = AssociationFactory(name="LPS")
    mentee = enrol(
        programme, OrganisationFactory(name="Jelgava"), "mentee", coordinator, theme=theme, associations=[lps]
    )
    mentor = enrol(programme, OrganisationFactory(name="Schaerbeek", country="BE"), "mentor", coordinator, theme=theme)
    facilitators = enrol(programme, FacilitatorOrganisationFactory(), "facilitator", coordinator)
    association = programme.enrolments.get(organisation=lps).teams.get()
    people = {
        "mentee_user": member_of(mentee, coordinator),
        "mentor_user": member_of(mentor, coordinator),
        "facilitator": member_of(facilitators, coordinator),
        "association_user": member_of(association, coordinator),
    }
    partnership = partnerships.create_partnership(
        programme=programme,
        theme=theme,
        mentee=mentee,
        mentors=[mentor],
        facilitator=facilitators,
        reason="They fit.",
        by=coordinator,
    )
    return World(
        admin=admin,
        programme=programme,
        coordinator=coordinator,
        facilitators=facilitators,
        mentee=mentee,
        mentor=mentor,
        association=association,
        partnership=partnership,
        **people,
    )


world = once(make_world)
