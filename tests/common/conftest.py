"""One answer of a city and two people who write it."""

import pytest

from programmes.accounts.models import User
from programmes.assessments.models import Answer, Response
from programmes.assessments.structure import newest_for
from programmes.participants.models import Organisation
from programmes.partnerships.models import Enrolment, Programme, Team


@pytest.fixture
def ilze(db) -> User:
    return User.objects.create_user(email="ilze@example.org", name="Ilze", password="a long password")


@pytest.fixture
def janis(db) -> User:
    return User.objects.create_user(email="janis@example.org", name="Jānis", password="a long password")


@pytest.fixture
def answer(db) -> Answer:
    network = Organisation.objects.create(kind="network", name="A network")
    programme = Programme.objects.create(title="A programme", network=network)
    city = Organisation.objects.create(kind="city", name="Jelgava", country="LV")
    enrolment = Enrolment.objects.create(programme=programme, organisation=city, role="mentee")
    version = newest_for(programme, "needs")
    team = Team.objects.create(enrolment=enrolment, role="city")
    response = Response.objects.create(team=team, questionnaire=version.questionnaire, questionnaire_version=version)
    return Answer.objects.create(response=response, part_key="needs.1.a")
