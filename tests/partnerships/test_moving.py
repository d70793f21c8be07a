"""A date that moves, and the later ones that may move along: nothing moves that nobody ticked."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from programmes.partnerships.models import Stage, StageDate
from programmes.partnerships.moving import Planned, later_dates
from programmes.partnerships.services.partnerships import record_dates
from tests.pages import seen_on

from .conftest import page_of

DAY = date(2027, 5, 3)
WEEK = timedelta(days=7)
FIRST, SECOND, THIRD = (Stage(pk=number, title={"en": f"Stage {number}"}) for number in (1, 2, 3))

LATER, LATEST = DAY + WEEK, DAY + 2 * WEEK
STAYS = (THIRD, LATER, LATER)

TABLE = [
    # What was planned and is now, and which move by how many days.
    ("one moves", [(FIRST, DAY, LATER), (SECOND, LATER, LATER)], {2: 7}),
    ("to an earlier day", [(FIRST, DAY, DAY - WEEK), (SECOND, LATER, LATER)], {2: -7}),
    ("nothing moves", [(FIRST, DAY, DAY), (SECOND, LATER, LATER)], {}),
    ("the first day agreed", [(FIRST, None, DAY), (SECOND, LATER, LATER)], {}),
    ("a day that is dropped", [(FIRST, DAY, None), (SECOND, LATER, LATER)], {}),
    ("an earlier one stays", [(FIRST, DAY - WEEK, DAY - WEEK), (SECOND, DAY, LATER)], {}),
    ("both by as many", [(FIRST, DAY, LATER), (SECOND, LATER, LATEST), STAYS], {3: 7}),
    ("by different numbers", [(FIRST, DAY, LATER), (SECOND, LATER, LATEST + WEEK), STAYS], {}),
    ("beyond all calendars", [(FIRST, DAY, LATER), (SECOND, date.max, date.max)], {}),
]


@pytest.mark.parametrize(("planned", "moves"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_may_move_along(planned, moves):
    found = later_dates(Planned(*row) for row in planned)
    assert {move.stage.pk: (move.to - move.day).days for move in found} == moves


def test_what_is_finished_stays():
    rows = [Planned(FIRST, DAY, DAY + WEEK), Planned(SECOND, DAY + WEEK, DAY + WEEK, done=True)]
    assert later_dates(rows) == []


@pytest.fixture
def way(world) -> list[Stage]:
    """Three stages, a week apart."""
    stages = list(world.programme.stages.filter(partnership=None)[1:4])
    dates = {stage: {"planned_on": DAY + place * WEEK} for place, stage in enumerate(stages)}
    record_dates(partnership=world.partnership, dates=dates, by=world.coordinator)
    return stages


def planned(world) -> dict[int, date]:
    rows = StageDate.objects.filter(partnership=world.partnership, planned_on__isnull=False)
    return dict(rows.values_list("stage", "planned_on"))


@pytest.mark.django_db
def test_the_page_asks_first_and_moves_what_was_ticked(world, way):
    client, address = page_of(world.facilitator), reverse("partnerships:dates", args=[world.partnership.pk])
    first, second, third = way
    typed = dates_on(client, address) | {f"stage-{first.pk}-planned_on": (DAY + timedelta(days=3)).isoformat()}
    asked = client.post(address, typed)
    page = asked.content.decode()
    assert "Later dates can move by 3 days as well" in page
    assert planned(world)[first.pk] == DAY
    assert page.count('name="along"') == 2
    assert "checked" not in page[page.index('name="along"') :].split("</section>")[0]
    for team in (world.mentee, world.mentor, world.facilitators, world.association):
        assert str(team) in page
    form = asked.context["along"]
    chosen = next(key for key, move in form.moves.items() if move.stage == second)
    answered = client.post(address, typed | {"asked": form.key, "along": [chosen]})
    assert answered.status_code == 302
    assert planned(world) == {
        first.pk: DAY + timedelta(days=3),
        second.pk: DAY + WEEK + timedelta(days=3),
        third.pk: DAY + 2 * WEEK,
    }


@pytest.mark.django_db
def test_without_a_tick_only_the_one_moves(world, way):
    client, address = page_of(world.mentee_user), reverse("partnerships:dates", args=[world.partnership.pk])
    typed = dates_on(client, address) | {f"stage-{way[0].pk}-planned_on": (DAY - WEEK).isoformat()}
    key = client.post(address, typed).context["along"].key
    assert client.post(address, typed | {"asked": key}).status_code == 302
    assert planned(world) == {way[0].pk: DAY - WEEK, way[1].pk: DAY + WEEK, way[2].pk: DAY + 2 * WEEK}


@pytest.mark.django_db
def test_another_step_or_a_stranger_choice_is_asked_about_again(world, way):
    client, address = page_of(world.facilitator), reverse("partnerships:dates", args=[world.partnership.pk])
    field = f"stage-{way[0].pk}-planned_on"
    typed = dates_on(client, address) | {field: (DAY + timedelta(days=3)).isoformat()}
    key = client.post(address, typed).context["along"].key
    other = client.post(address, typed | {"asked": key, field: (DAY + timedelta(days=4)).isoformat()})
    assert "move by 4 days" in other.content.decode()
    wrong = client.post(address, typed | {"asked": key, "along": ["1:2027-01-01:3"]})
    assert wrong.status_code == 200
    assert wrong.context["along"].errors
    record_dates(partnership=world.partnership, dates={way[2]: {"planned_on": DAY + 4 * WEEK}}, by=world.coordinator)
    moved = client.post(address, typed | {"asked": key})
    assert moved.status_code == 200
    assert planned(world)[way[0].pk] == DAY


@pytest.mark.django_db
def test_the_last_date_moves_without_a_question(world, way):
    client, address = page_of(world.facilitator), reverse("partnerships:dates", args=[world.partnership.pk])
    typed = dates_on(client, address) | {f"stage-{way[2].pk}-planned_on": (DAY + 5 * WEEK).isoformat()}
    assert client.post(address, typed).status_code == 302


def dates_on(client, address) -> dict[str, str]:
    """All that the page of dates shows, as a browser sends it."""
    rows = client.get(address).context["rows"]
    shown = {}
    for _stage, form in rows:
        for field in form.visible_fields():
            value = field.value()
            shown[field.html_name] = "" if value is None else str(value)
    return shown | seen_on(client, address)
