"""What a coordinator does to many partnerships in one step, and a programme set up like another."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership, Stage, StageDate, Theme
from programmes.partnerships.services import partnerships, programmes
from programmes.partnerships.services.programmes import add_theme
from programmes.partnerships.services.stages import retire_stage

from .conftest import page_of

NO_THEME = re.compile(r">\s*None\s*<|None ·|· None")


@pytest.fixture
def second(world) -> Partnership:
    """A further pair with the same facilitator, without a theme."""
    cities = {"mentee": [world.enrol(name="Partinico")], "mentor": [world.enrol("mentor", name="Harlem")]}
    return partnerships.create_partnership(
        programme=world.programme, theme=None, cities=cities, facilitator=world.facilitators, by=world.coordinator
    )


def test_a_pair_without_a_theme_is_shown_everywhere(world, second):
    client = page_of(world.coordinator)
    for address in (world.programme.get_absolute_url(), second.get_absolute_url(), "/partnerships/"):
        answer = client.get(address)
        assert "Partinico" in answer.content.decode()
        assert not NO_THEME.search(answer.content.decode()), address


def test_one_day_for_all_that_have_none_yet(world, second):
    stage = world.programme.stages.get(key="academies")
    theirs = timezone.localdate() + timedelta(days=3)
    partnerships.record_dates(
        partnership=world.partnership, dates={stage: {"planned_on": theirs}}, by=world.coordinator
    )
    client, address = page_of(world.coordinator), reverse("partnerships:common_day", args=[stage.pk])
    form = client.get(address).context["form"]
    assert form.initial["partnerships"] == [second.pk]
    day = timezone.localdate() + timedelta(days=30)
    data = {"planned_on": day.isoformat(), "note": "in Brussels"}
    refused = client.post(address, data)
    assert "Choose at least one partnership." in refused.content.decode()
    assert day.isoformat() in refused.content.decode()
    assert client.post(address, data | {"partnerships": [second.pk]}).status_code == 302
    dates = dict(StageDate.objects.filter(stage=stage).values_list("partnership", "planned_on"))
    assert dates == {world.partnership.pk: theirs, second.pk: day}
    assert StageDate.objects.get(stage=stage, partnership=second).note == "in Brussels"
    second.refresh_from_db()
    assert second.next_due == day


def test_another_facilitator_takes_over_everywhere_at_once(world, second):
    new = world.enrol("facilitator", name="Bureau for Cities")
    client, address = page_of(world.coordinator), reverse("partnerships:facilitator_replace", args=[world.programme.pk])
    data = {"old": world.facilitators.pk, "new": world.facilitators.pk, "reason": "The contract ended."}
    assert "Choose another team." in client.post(address, data).content.decode()
    assert client.post(address, data | {"new": new.pk}).status_code == 302
    for row in (world.partnership, second):
        rows = row.participations.filter(role=Role.FACILITATOR)
        assert [part.team for part in rows.filter(ended_on=None)] == [new]
        assert [part.team for part in rows.exclude(ended_on=None)] == [world.facilitators]
    again = client.post(address, data | {"new": new.pk})
    assert "This team facilitates no partnership at the moment." in again.content.decode()


def test_a_programme_set_up_like_another_takes_its_method_and_nothing_else(world):
    like = world.programme
    programmes.add_stage(programme=like, title={"en": "Job shadowing"}, by=world.coordinator)
    retire_stage(stage=like.stages.get(key="goals"), by=world.coordinator)
    add_theme(programme=like, title={"en": "Schools"}, by=world.coordinator)
    client = page_of(world.coordinator)
    data = {
        "title": "Second round",
        "network": like.network_id,
        "like": like.pk,
        "policy_field_en": "schools",
        "languages": ["en"],
        "working_language": "en",
        "time_zone": "Europe/Brussels",
    }
    answer = client.post(reverse("partnerships:programme_add"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    made = like.network.programmes_run.get(title="Second round")

    def stages(programme) -> list[tuple]:
        rows = Stage.objects.filter(programme=programme, retired=False, partnership=None)
        return list(rows.values_list("key", "origin", "title"))

    assert stages(made) == stages(like)
    assert "goals" not in [key for key, *_rest in stages(made)]
    assert {str(theme) for theme in Theme.objects.filter(programme=made)} == {
        str(theme) for theme in Theme.objects.filter(programme=like, retired=False)
    }
    assert not made.partnerships.exists()


def test_all_rows_that_are_filled_in_are_paired_at_once(world):
    teams = [world.enrol(name=name) for name in ("Partinico", "Sligo", "Almada")]
    mentors = [world.enrol("mentor", name=name) for name in ("Harlem", "Gent")]
    client, address = page_of(world.coordinator), reverse("partnerships:pair_many", args=[world.programme.pk])
    assert [mentee.pk for mentee, _fields in client.get(address).context["form"].rows()] == [
        team.pk for team in sorted(teams, key=str)
    ]
    first, second, left = (team.pk for team in teams)
    data = {
        f"mentor-{first}": mentors[0].pk,
        f"second-{first}": mentors[1].pk,
        f"mentor-{second}": mentors[0].pk,
        f"facilitator-{second}": world.facilitators.pk,
    }
    wrong = client.post(address, data | {f"facilitator-{left}": world.facilitators.pk})
    assert wrong.context["form"].errors == {f"mentor-{left}": ["Choose a mentor as well."]}
    assert Partnership.objects.count() == 1
    assert "Choose a mentor in at least one row." in client.post(address, {}).content.decode()
    twice = client.post(address, data | {f"second-{second}": mentors[0].pk})
    assert twice.context["form"].errors == {f"second-{second}": ["This city is the first mentor already."]}
    assert client.post(address, data).status_code == 302
    made = Partnership.objects.exclude(pk=world.partnership.pk)
    assert sorted(len(row.current_in(Role.MENTOR)) for row in made) == [1, 2]
    assert [mentee.pk for mentee, _fields in client.get(address).context["form"].rows()] == [left]


def test_both_mentors_that_are_ticked_are_shown_beside_the_mentee(world):
    second = world.enrol("mentor", name="Harlem")
    address = reverse("overview:pair_compare", args=[world.programme.pk])
    chosen = {"mentee": world.mentee.pk, "mentor": [world.mentor.pk, second.pk]}
    text = page_of(world.coordinator).get(address, chosen).content.decode()
    for team in (world.mentee, world.mentor, second):
        assert str(team.enrolment.organisation) in text


def test_a_city_added_on_the_way_is_chosen_when_one_comes_back(world):
    enrol = reverse("partnerships:enrol", args=[world.programme.pk, "mentor"])
    lines = {
        f"{name}-{part}": "0"
        for name in ("names", "affiliations", "figures")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    address = f"{reverse('participants:organisation_add')}?kind=city&next={enrol}"
    client = page_of(world.coordinator)
    back = client.post(address, lines | {"name": "Gent", "country": "BE"}).url
    assert back.startswith(enrol)
    assert "selected>Gent" in client.get(back).content.decode()
