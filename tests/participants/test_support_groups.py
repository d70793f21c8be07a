"""The local support group: ten lines in a minute, hints and no faults, resting and woken (P5, Annex 5)."""

import pytest
from django.test import Client
from django.utils import timezone

from programmes.action_plans.boundary import plans_visible_to
from programmes.common.access import Access
from programmes.partnerships.hints import hints_for
from programmes.partnerships.models import SupportGroup, SupportGroupMember
from programmes.partnerships.services.support_groups import rest_group, wake_group
from tests import staging
from tests.cast import make_world
from tests.factories import OrganisationFactory


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lines(*members: dict, **fields) -> dict[str, str]:
    data = {"name": "", "body": "", "members-TOTAL_FORMS": str(len(members)), "members-INITIAL_FORMS": "0"}
    for number, member in enumerate(members):
        data |= {f"members-{number}-{name}": value for name, value in member.items()}
    return data | fields


TEN = [
    {"name": f"Seat {number}", "organisation_name": "Somebody", "sector": "ngo", "started_on": "2025-03-01"}
    for number in range(9)
] + [{"name": "Chair of the newcomers’ council", "sector": "migrant_association", "represents_migrants": "on"}]


@pytest.fixture
def world(db):
    """The whole cast, not this folder's small programme."""
    return make_world()


@pytest.fixture
def team(world):
    return world.teams["mentor"]


@pytest.fixture
def city(team):
    return team.enrolment.organisation


def test_ten_lines_at_once(world, city, team):
    answer = client_of(world.cast.mentor).post(f"/teams/{team.pk}/groups/add/", lines(*TEN))
    group = SupportGroup.objects.get(city=city)
    assert answer.headers["Location"] == group.get_absolute_url()
    assert group.members.count() == 10
    assert group.members.get(represents_migrants=True).name == "Chair of the newcomers’ council"


def test_the_form_offers_ten_empty_lines(world, city, team):
    page = client_of(world.cast.mentor).get(f"/teams/{team.pk}/groups/add/")
    assert len(page.context["lines"].forms) >= 10


def test_an_existing_body_may_be_the_group(world, city, team):
    body = OrganisationFactory(kind="stakeholder", name="Round table of integration", sector="ngo")
    client = client_of(world.cast.mentor)
    client.post(f"/teams/{team.pk}/groups/add/", lines(body=str(body.pk)))
    group = SupportGroup.objects.get(city=city)
    assert group.body == body
    assert "Round table of integration serves as the group" in client.get(group.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "line",
    [
        {"name": "", "sector": "ngo"},
        {"name": "N" * 201},
        {"name": "A", "started_on": "soon"},
        {"name": "A", "sector": "x"},
    ],
)
def test_a_wrong_line_is_said_where_it_stands_and_the_others_stay(world, city, team, line):
    answer = client_of(world.cast.mentor).post(f"/teams/{team.pk}/groups/add/", lines(TEN[0], line))
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode()
    assert "Seat 0" in answer.content.decode()
    assert not SupportGroup.objects.filter(city=city).exists()


def test_eleven_and_nobody_of_the_migrants_are_saved_all_the_same(world, city, team):
    """What the annex recommends is a hint, never a fault."""
    eleven = [{"name": f"Seat {number}"} for number in range(11)]
    answer = client_of(world.cast.mentor).post(f"/teams/{team.pk}/groups/add/", lines(*eleven))
    assert answer.status_code == 302
    page = client_of(world.cast.mentor).get(answer.headers["Location"]).content.decode()
    assert "These are recommendations, not rules" in page
    assert "Up to ten people keep the conversation lively." in page


def test_hints_that_are_met_say_so():
    def met(*members: SupportGroupMember) -> dict[str, bool | None]:
        return {hint.key: hint.met for hint in hints_for(members)}

    alone = met(SupportGroupMember(name="A", sector="business"))
    assert (alone["at_most_ten"], alone["migrants_present"], alone["civil_society"]) == (True, False, True)
    assert alone["not_a_copy"] is None
    assert met(SupportGroupMember(name="A", represents_migrants=True))["migrants_present"] is True
    migrants, residents = (SupportGroupMember(name="A", sector=key) for key in ("migrant_association", "residents"))
    assert met(migrants)["residents"] is met(residents)["residents"] is False
    assert met(migrants, residents)["residents"] is True
    left = SupportGroupMember(name="A", represents_migrants=True, ended_on=timezone.localdate())
    assert met(left)["migrants_present"] is False


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("mentee", 200),
        ("facilitator", 200),
        ("mentor", 404),
        ("coordinator", 404),
        ("superior", 404),
        ("group_member", 404),
    ],
)
def test_only_the_city_and_its_facilitator_see_the_group_and_the_hints(world, role, status):
    assert client_of(getattr(world.cast, role)).get(world.group.get_absolute_url()).status_code == status


def test_a_resting_group_reads_nothing_until_it_is_woken(world):
    member = world.cast.group_member

    def reads() -> bool:
        return plans_visible_to(Access(member)).exists()

    assert reads()
    rest_group(group=world.group, by=world.cast.mentee)
    assert not reads()
    wake_group(group=world.group, by=world.cast.mentee)
    assert reads()
    assert world.group.members.count() == 1


def test_a_citys_team_adds_the_body_itself_and_comes_back(world, city, team):
    client, form = client_of(world.cast.mentor), f"/teams/{team.pk}/groups/add/"
    address = client.get(form).context["add_body_url"]
    empty = {"names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0"}
    answer = client.post(address, {"name": "Round table of integration", "sector": "ngo", **empty})
    assert answer.headers["Location"].partition("?")[0] == form
    assert "Round table of integration" in client.get(form).content.decode()
    menu = client.get("/directory/").content.decode()
    assert "kind=stakeholder" in menu
    assert "kind=city" not in menu


def test_another_team_of_the_city_neither_sees_nor_keeps_the_group(world):
    """A second team of the city, such as of another programme, is somebody else until the group is handed to it."""
    second = staging.enrolled(world.other_programme, world.group.city, "mentee", by=world.cast.administrator)
    staging.join(world.cast.other_programme, second)
    client, address = client_of(world.cast.other_programme), world.group.get_absolute_url()
    assert client.get(address).status_code == 404
    answer = client_of(world.cast.mentee).post(f"{address}hand-on/", {"team": second.pk})
    assert answer.status_code == 302
    assert client.get(address).status_code == 200
    assert client_of(world.cast.mentee).get(address).status_code == 404


def test_a_group_is_handed_on_within_its_city_only(world):
    answer = client_of(world.cast.mentee).post(
        f"{world.group.get_absolute_url()}hand-on/", {"team": world.teams["other_city"].pk}
    )
    assert answer.status_code == 200
    world.group.refresh_from_db()
    assert world.group.team == world.teams["mentee"]
