"""Other shapes than a mentee and its mentors are the programme's rule, not the database's."""

import pytest
from django.urls import reverse

from programmes.common.access import Access
from programmes.overview.board import partnerships_of, rows_of
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership
from programmes.partnerships.selectors import stage_line, with_people
from programmes.partnerships.services import partnerships, stages
from programmes.partnerships.services.participations import TooMany

from .conftest import member_of, page_of

pytestmark = pytest.mark.django_db
TOWNS = ("Alba", "Bruges", "Cork", "Delft", "Evora")


@pytest.fixture
def peers(world):
    """A group of five cities that learn from one another."""
    world.programme.roles = {"peer": {"least": 2, "most": 5}}
    world.programme.save()
    world.group = [world.enrol("both", town) for town in TOWNS]
    return partnerships.create_partnership(
        programme=world.programme,
        theme=world.programme.themes.get(),
        cities={Role.PEER: world.group},
        by=world.coordinator,
    )


def test_five_peers_stand_on_the_board(world, peers):
    (row,) = [
        row
        for row in rows_of(with_people(partnerships_of(Access(world.coordinator), world.programme)), world.programme)
        if row.partnership == peers
    ]
    assert row.peers == "Alba, Bruges, Cork, Delft, Evora"
    assert all(part.side == "" for part in peers.current_cities())
    officer = member_of(world.group[0], world.coordinator)
    for person in (world.coordinator, officer):
        page = page_of(person).get(reverse("overview:board", args=[world.programme.pk])).content.decode()
        assert "Alba, Bruges, Cork, Delft, Evora" in page
    assert page_of(officer).get(peers.get_absolute_url()).status_code == 200


def test_the_programme_says_how_many(world, peers):
    with pytest.raises(TooMany):
        partnerships.add_participation(
            partnership=peers, team=world.enrol("mentee", "Sixth"), role="peer", by=world.coordinator
        )
    with pytest.raises(TooMany):
        partnerships.add_participation(partnership=peers, team=world.mentee, role="mentee", by=world.coordinator)
    with pytest.raises(partnerships.TooFew):
        partnerships.create_partnership(
            programme=world.programme,
            theme=world.programme.themes.get(),
            cities={Role.PEER: world.group[:1]},
            by=world.coordinator,
        )


def test_the_page_of_a_new_partnership_asks_for_peers(world, peers):
    desk, path = page_of(world.coordinator), reverse("partnerships:pair", args=[world.programme.pk])
    chosen = [str(team.pk) for team in world.group[:3]]
    theme = world.programme.themes.get().pk
    assert desk.post(path, {"peer": chosen, "theme": theme}).status_code == 302
    assert len(Partnership.objects.latest("pk").current_in(Role.PEER)) == 3


def test_a_stage_of_one_partnership_stands_on_its_row_only(world):
    other = partnerships.create_partnership(
        programme=world.programme,
        theme=world.programme.themes.get(),
        cities={"mentee": [world.enrol("mentee", "Other")], "mentor": [world.mentor]},
        by=world.coordinator,
    )
    after = world.programme.stages.get(key="goals")
    stage = stages.add_own_stage(
        partnership=world.partnership, title={"en": "Open day"}, after=after, by=world.mentee_user
    )
    partnerships.set_current_stage(partnership=world.partnership, stage=stage, by=world.mentee_user)
    line = stage_line(with_people(Partnership.objects.filter(pk=world.partnership.pk))[0])
    assert [(stop["title"], stop["state"]) for stop in line][:4] == [
        ("Needs & match", "done"),
        ("Goals", "done"),
        ("Open day", "current"),
        ("Training", "ahead"),
    ]
    assert "Open day" not in [stop["title"] for stop in stage_line(other)]
    with pytest.raises(partnerships.ForeignStage):
        partnerships.set_current_stage(partnership=other, stage=stage, by=world.coordinator)
    assert (
        "Open day"
        not in page_of(world.coordinator)
        .get(reverse("partnerships:stages", args=[world.programme.pk]))
        .content.decode()
    )
