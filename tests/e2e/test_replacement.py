"""Partinico is replaced by Capaci midway: who reads and writes what, before and after, in open browsers."""

import pytest
from django.urls import reverse

from programmes.accounts.models import User
from programmes.participants.models import Organisation
from programmes.partnerships.models import Team
from tests import staging
from tests.cast import SECRET, World

from .people import Meet, Person

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CHALLENGE = "Courses end at A2 and nobody practises."
ACTION = "Open a language café"


@pytest.fixture
def partinico(world: World) -> Organisation:
    """The mentee of the world under the name it has in this story."""
    city = world.teams["mentee"].enrolment.organisation
    city.name = "Partinico"
    city.save()
    return city


@pytest.fixture
def capaci(world: World) -> User:
    """An officer of the city that comes instead; enrolled with the same association, in no partnership yet."""
    team: Team = staging.enrolled(world.programme, staging.city("Capaci"), "mentee", by=world.cast.coordinator)
    (officer,) = staging.users("rosa")
    staging.join(officer, team, "Officer")
    staging.backed(team, world.teams["mentee_association"], by=officer)
    return officer


def test_partinico_is_replaced_by_capaci(partinico: Organisation, capaci: User, world: World, seat: Meet):
    partnership, form, plan, conversation = (
        reverse("overview:partnership", args=[world.partnership.pk]),
        reverse("assessments:form", args=[world.response.pk]),
        reverse("action_plans:plan", args=[world.plan.pk]),
        reverse("conversations:conversation", args=[world.conversation.pk]),
    )
    frozen = reverse("action_plans:version", args=[world.plan_version.pk])
    shared = reverse("assessments:version", args=[world.version.pk])
    refused = ("404", "403")
    writer = seat(world.cast.mentee, allow=refused).go(form)
    planner = seat(world.cast.mentee, allow=refused).go(plan).opens(1)
    rosa = seat(capaci)
    rosa.finds_nothing_at(partnership, form, plan, conversation)

    replace(seat(world.cast.coordinator).go(partnership))

    # The old team: the pages that are open, then every other.
    planner.loses(planner.cell("Action", 1), " every Thursday")
    writer.loses(writer.field("Impact wanted"), "Nobody reads this any more.")
    writer.finds_nothing_at(partnership, conversation)

    # What is its own it still reads, and writes no more.
    former = seat(world.cast.mentee)
    former.go(form).reads(CHALLENGE).reads_not("Nobody reads this any more.")
    former.go(plan).reads(ACTION).reads_not("every Thursday")

    # Those it had shared with go on reading it, under its name.
    mentor, association = seat(world.cast.mentor), seat(world.cast.mentee_association)
    for reader in (mentor, association):
        reader.go(frozen).reads("Partinico", ACTION).reads_not("every Thursday")
        reader.go(shared).reads("Partinico", CHALLENGE).reads_not("Capaci")
    mentor.go(conversation).reads(SECRET, "Partinico")

    # The new team starts clean, and is not let into what was between others.
    rosa.go("/").click("Capaci").reads("Capaci").reads_not(ACTION)
    rosa.finds_nothing_at(form, plan, conversation, frozen, shared)
    begin_anew(rosa)
    mentor.go(partnership).reads("Capaci").click("Needs analysis of Partinico").reads("Partinico", CHALLENGE)
    mentor.go(partnership).click("People & settings")
    mentor.reads("Partinico", "Partinico left the network.")


def replace(coordinator: Person) -> None:
    coordinator.click("People & settings")
    coordinator.click("Replace Partinico").choose("Who takes the part instead", "Capaci")
    coordinator.fill("Reason for the change", "Partinico left the network.").tick("It leaves the programme as well")
    coordinator.press("Replace").reads("The organisation is replaced.")


def begin_anew(rosa: Person) -> None:
    rosa.click("Needs analysis of Capaci").press("Begin").reads_not(CHALLENGE)
    rosa.type_and_be_saved(rosa.field("Challenges, problems or needs"), "Our harbour hires without contracts.")
    rosa.menu("My work").click("Capaci", "Action plan").fill("Title", "A fair harbour").press("Begin")
    rosa.reads("No action yet").reads_not(ACTION)
