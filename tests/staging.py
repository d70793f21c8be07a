"""Whole acts, for tests/stage.py and tests/cast.py; tests/factories.py makes single rows."""

from collections.abc import Iterable

from django.utils import timezone

from programmes.accounts.models import User
from programmes.participants.models import Organisation
from programmes.partnerships.models import Backing, Programme, Team, TeamMember
from programmes.partnerships.services.backings import accept_backing, back
from programmes.partnerships.services.enrolments import enrol
from programmes.partnerships.services.programmes import create_programme

from .factories import OrganisationFactory, PersonFactory


def city(name: str, country: str = "LV") -> Organisation:
    return OrganisationFactory(name=name, country=country)


def organisation(kind: str, name: str, country: str = "") -> Organisation:
    return OrganisationFactory(kind=kind, name=name, country=country)


def programme(title: str, *, network: Organisation, by: User, **fields) -> Programme:
    """A programme with the default stages; its network is enrolled as coordinator with an empty team."""
    field = {"en": "language learning", "es": "aprendizaje de idiomas"}
    return create_programme(title=title, network=network, by=by, **{"policy_field": field, **fields})


def enrolled(programme: Programme, organisation: Organisation, role: str, *, by: User, **fields) -> Team:
    """The first team of a newly enrolled organisation."""
    row = enrol(programme=programme, organisation=organisation, role=role, by=by, **fields)
    return row.teams.get()


def backed(city: Team, association: Team, *, by: User) -> Backing:
    """An association that the city accepted."""
    row = back(enrolment=city.enrolment, association=association.enrolment.organisation, by=by)
    return accept_backing(backing=row, by=by)


def join(user: User, team: Team, function: str = "") -> TeamMember:
    """A place in a team since yesterday."""
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    return TeamMember.objects.create(team=team, person=user.person, started_on=yesterday, function=function)


def coordinator_team(programme: Programme) -> Team:
    return Team.objects.get(enrolment__programme=programme, role="coordinator")


def users(*names: str, domain: str = "example.org") -> Iterable[User]:
    for name in names:
        yield user(name, name.replace("_", " ").title(), domain=domain)


def user(name: str, called: str, *, domain: str = "example.org") -> User:
    return PersonFactory(user__name=called, user__email=f"{name}@{domain}").user
