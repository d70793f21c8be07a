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
ANSWER = "The library, since May."
ACTION = "Open one counter for all courses at the town library"
CELLS = {
    "Action": ACTION,
    "Expected results": "Nobody waits longer than six weeks",
    "Who leads": "Town library",
    "Partners": "Three schools",
    "Staff and funding": "Half a post, paid by the town",
    "How we will know": "Weeks between the first visit and the first lesson",
}
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
    anna = meet("Anna Bērziņa", "anna@jelgava.example")
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
    tell_who_works_there(ilze)
    accept_the_association(ilze)
    bring_a_colleague(ilze, anna)

    write_the_needs(ilze)
    marc.finds_nothing_at(ilze.page.url)
    answer_the_context(lps)
    write_the_strengths(marc)
    share(ilze, "Schaerbeek", "Association of Local Governments")
    offer_help(marc)
    ask(marc)
    answer_and_resolve(ilze)

    write_the_plan(ilze)
    freeze_and_share(ilze)
    plan = ask_for_the_plan(lps, tmp_path)
    for words in ("Jelgava", "Schaerbeek", ACTION, SECOND):
        assert words in plan


def found_the_programme(administrator: Person) -> None:
    administrator.menu("Programme").click("New programme", "Add a network")
    administrator.fill("Name", "Council of Towns").press("Save")
    administrator.fill("Title", "Cities that welcome").choose("Coordinating organisation", "Council of Towns")
    administrator.fill("English", "the integration of migrants").press("Create the programme")
    administrator.click("Who takes part", "Team Council of Towns")


def invite(by: Person, newcomer: Person, function: str = "Integration officer") -> None:
    """On the page of a team."""
    by.fill("Name", newcomer.name).fill("E-mail", newcomer.email).fill("Function", function)
    by.press("Send the invitation").reads(f"The invitation to {newcomer.name} is on its way.")


def name_a_theme(carla: Person) -> None:
    carla.menu("Programme").click("Themes")
    carla.fill("English", "Language learning").press("Save").reads("Language learning")


def enrol(carla: Person, role: str, officer: Person, name: str, **about: str) -> None:
    """Adds an organisation to the directory on the way, enrols it and invites the first of its team."""
    carla.menu("Programme").click("Who takes part").unfold("Enrol an organisation").click(role)
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


def pair(carla: Person) -> None:
    carla.menu("Programme").click("Who takes part", "New partnership")
    carla.choose("Mentee", "Jelgava").tick("Schaerbeek").choose("Theme", "Language learning")
    carla.choose("Facilitator", "Consultants for Cities").fill("Why these cities", "Both teach adults in libraries.")
    carla.press("Make the partnership").reads("The partnership is made.")


def tell_who_works_there(ilze: Person) -> None:
    """Somebody in the directory, who is given no access by that."""
    ilze.menu("Directory").main.get_by_role("link", name="Jelgava", exact=True).first.click()
    ilze.click("Add a person").fill("Name", "Edgars Zariņš").fill("Function", "Deputy mayor").press("Add")
    ilze.reads("Edgars Zariņš", "Deputy mayor")


def accept_the_association(ilze: Person) -> None:
    """Whoever was proposed as association behind a city is it once the city agrees."""
    ilze.menu("My work").click("is proposed as your city’s association").press("Accept the association")


def bring_a_colleague(ilze: Person, anna: Person) -> None:
    """A city's team invites its own people; the link leads the newcomer to the partnership."""
    ilze.menu("Partnerships").click("Jelgava (mentee)").main.get_by_role(
        "link", name="Jelgava", exact=True
    ).first.click()
    invite(ilze, anna, "Librarian")
    anna.follow_invitation().reads("Jelgava", "Schaerbeek", "The work")


def write_the_needs(ilze: Person) -> None:
    ilze.menu("My work").click("Jelgava (mentee)", "Needs analysis of Jelgava").press("Begin")
    ilze.type_and_be_saved(ilze.field("Challenges, problems or needs"), CHALLENGE)
    ilze.type_and_be_saved(ilze.field("Reasons and evidence"), HABIT)
    expect(ilze.main.get_by_role("link", name="Create a need from this answer")).to_have_count(2)
    ilze.page.reload()
    expect(ilze.field("Challenges, problems or needs")).to_have_value(CHALLENGE)
    ilze.click("Create a need from this answer").fill("The need, in one sentence", NEED)
    ilze.press("Add the need").reads(NEED)


def answer_the_context(lps: Person) -> None:
    """Only the association answers about itself; it does so once, for all its cities."""
    lps.menu("My work").click("My forms").click("National and regional context").press("Begin")
    lps.type_and_be_saved(lps.main.locator("textarea[name=value]").first, CONTEXT)
    share(lps, "Jelgava", "Schaerbeek")


def write_the_strengths(marc: Person) -> None:
    marc.menu("My work").click("Jelgava (mentee)", "Strengths and experience of Schaerbeek").press("Begin")
    marc.type_and_be_saved(marc.main.locator("textarea[name=value]").first, STRENGTH)
    share(marc, "Jelgava")


def share(writer: Person, *readers: str) -> None:
    """On a form: everything that is offered, with these readers."""
    writer.click("Share this version")
    for section in writer.main.get_by_role("group", name="What do you share?").get_by_role("checkbox").all():
        section.check()
    writer.tick(*readers).press("Share this version").reads("Versions you shared")


def offer_help(marc: Person) -> None:
    marc.menu("My work").click("can you help?").reads(NEED, CHALLENGE, HABIT, CONTEXT)
    marc.pick("We can help in part").fill("In words", "Our counter, but not our software.").press("Save need 1")
    marc.reads("Our counter, but not our software.")


def ask(marc: Person) -> None:
    marc.menu("My work").click(
        "Jelgava (mentee)", "Needs analysis of Jelgava", "Ask about this Challenges, problems or needs"
    )
    marc.fill("Your message", QUESTION).press("Ask").reads(QUESTION)


def answer_and_resolve(ilze: Person) -> None:
    ilze.menu("My work").click("Schaerbeek asks about question 1").reads(QUESTION)
    ilze.unfold("Answer").fill("Your message", ANSWER).press("Send").reads(ANSWER)
    ilze.press("Resolve").reads("Resolved")


def write_the_plan(ilze: Person) -> None:
    ilze.menu("My work").click("Jelgava (mentee)", "Action plan")
    ilze.fill("Title", "Everyone learns the language of the town").press("Begin").press("Add the first action")
    for title, words in CELLS.items():
        ilze.type_and_be_saved(ilze.cell(title, 1), words)
    ilze.click("Tie to needs").tick(NEED).press("Save").reads("Need 1")
    ilze.unfold("Time frame").type_and_be_saved(ilze.field("Or in words"), "from spring on")
    ilze.press("Add an action")
    expect(ilze.cell("Action", 2)).to_be_focused()
    ilze.type_and_be_saved(ilze.cell("Action", 2), SECOND)
    ilze.page.reload()
    expect(ilze.cell("Action", 2)).to_have_value(SECOND)
    expect(ilze.opens(1).cell("Action", 1)).to_have_value(ACTION)


def freeze_and_share(ilze: Person) -> None:
    ilze.click("Freeze a version").fill("Name of the version", "First list").press("Freeze this version")
    ilze.click("Share").tick("Association of Local Governments").press("Share").reads("The version is shared.")


def ask_for_the_plan(lps: Person, folder: Path) -> str:
    """The text of the PDF the association takes away."""
    lps.menu("My work").click("Version 1 of the action plan").reads(ACTION)
    lps.unfold("As PDF or DOCX").press("Make the document")
    return text_of(lps.takes_document(folder))
