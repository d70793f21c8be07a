"""From an empty database and one administrator to the action plan's PDF, through pages alone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from programmes.accounts import services
from tests.services import Worker

from .documents import text_of
from .people import PASSWORD, Meet, Person

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CHALLENGE = "Newcomers wait eight months for a place in a course."
HABIT = "Two of the neighbouring towns share one teacher."
CONTEXT = "Municipalities pay for the second level themselves."
STRENGTH = "One counter places every newcomer within four weeks."
NEED = "A waiting list that every school sees."
QUESTION = "Who keeps the list today?"
ACTION = "Open one counter for all courses at the town library"
SECOND = "Train six volunteers who accompany newcomers to their first lesson"


@pytest.fixture
def administrator(transactional_db, meet: Meet) -> Person:
    user = services.make_administrator(email="admin@network.example", name="Administrator")
    services.set_first_password(user=user, password=PASSWORD)
    return meet("Administrator", user.email).sign_in()


def test_from_nothing_to_the_plan(administrator: Person, meet: Meet, worker: Worker, tmp_path: Path):
    carla = meet("Carla Rossi", "carla@council.example")
    lps = meet("Juris Liepa", "juris@lps.example")
    consultant = meet("Fatma Demir", "fatma@consultants.example")
    ilze = meet("Ilze Kalniņa", "ilze@jelgava.example")
    marc = meet("Marc Dubois", "marc@schaerbeek.example")

    found_the_programme(administrator)
    invite(administrator, carla)
    carla.follow_invitation()
    name_a_theme(carla)

    enrol(carla, "Association", lps, "Association of Local Governments", acronym="LPS", country="Latvia")
    enrol(carla, "Facilitator", consultant, "Consultants for Cities")
    enrol(carla, "Mentee", ilze, "Jelgava", country="Latvia", association="Association of Local Governments")
    enrol(carla, "Mentor", marc, "Schaerbeek", country="Belgium")
    for newcomer in (lps, consultant, ilze, marc):
        newcomer.follow_invitation()
    pair(carla)

    write_the_needs(ilze)
    answer_the_context(lps)
    write_the_strengths(marc)
    share_with(ilze, "Needs analysis", "Schaerbeek", "Association of Local Governments")
    ask(marc)
    answer_and_resolve(ilze)
    offer_help(marc)

    write_the_plan(ilze)
    freeze_and_share(ilze)
    plan = ask_for_the_plan(lps, tmp_path)
    for words in ("Jelgava", "Schaerbeek", ACTION, SECOND):
        assert words in plan


def found_the_programme(administrator: Person) -> None:
    administrator.menu("Programmes").click("New programme", "Add a network")
    administrator.fill("Name", "Council of Towns").press("Save")
    administrator.fill("Title", "Cities that welcome").choose("Coordinating organisation", "Council of Towns")
    administrator.fill("English", "the integration of migrants").press("Create the programme")
    administrator.click("Who takes part", "Team Council of Towns")


def invite(by: Person, newcomer: Person, function: str = "Integration officer") -> None:
    """On the page of a team."""
    by.fill("Name", newcomer.name).fill("E-mail", newcomer.email).fill("Function", function)
    by.press("Send the invitation").reads(f"The invitation to {newcomer.name} is on its way.")


def name_a_theme(carla: Person) -> None:
    carla.menu("Programmes").click("Cities that welcome", "Themes")
    carla.fill("English", "Language learning").press("Save").reads("Language learning")


def enrol(carla: Person, role: str, officer: Person, name: str, **about: str) -> None:
    """Adds an organisation to the directory on the way, enrols it and invites the first of its team."""
    carla.menu("Programmes").click("Cities that welcome", "Who takes part").unfold("Enrol an organisation").click(role)
    carla.click("Add:")
    carla.fill("Name", name)
    if "acronym" in about:
        carla.fill("Acronym", about["acronym"])
    if "country" in about:
        carla.choose("Country", about["country"])
    if "association" in about:
        carla.choose("Association, line 1", about["association"])
    carla.press("Save")
    carla.choose("Organisation", name)
    carla.press("Enrol")
    invite(carla, officer)
    carla.page.screenshot(path=f"/tmp/e2e/team-{role}.png", full_page=True)


def pair(carla: Person) -> None:
    carla.menu("Programmes").click("Cities that welcome", "Who takes part", "New partnership")
    carla.choose("Mentee", "Jelgava").tick("Schaerbeek").choose("Theme", "Language learning")
    carla.choose("Facilitator", "Consultants for Cities").fill("Why these cities", "Both teach adults in libraries.")
    carla.press("Make the partnership").reads("The partnership is made.")


def write_the_needs(ilze: Person) -> None:
    pass
