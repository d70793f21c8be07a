"""What a coordinator does to many partnerships in one step, and a programme set up like another."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.models import AuditEvent
from programmes.common import choosing
from programmes.notices.models import Happening
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Partnership, Stage, StageDate, Theme
from programmes.partnerships.services import partnerships, programmes
from programmes.partnerships.services.participations import PartnershipOver
from programmes.partnerships.services.programmes import add_theme
from programmes.partnerships.services.stages import add_own_stage, retire_stage
from programmes.partnerships.services.together import agree_day

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


@pytest.fixture
def many(world, second, monkeypatch) -> list[Partnership]:
    """As if four partnerships were thousands; one of them has a date."""
    monkeypatch.setattr(choosing, "FITS", 2)
    cities = [{"mentee": [world.enrol(name=name)], "mentor": [world.mentor]} for name in ("Sligo", "Almada")]
    made = [
        partnerships.create_partnership(programme=world.programme, theme=None, cities=row, by=world.coordinator)
        for row in cities
    ]
    stage = world.programme.stages.get(key="academies")
    theirs = {"planned_on": timezone.localdate() + timedelta(days=3), "note": "online"}
    partnerships.record_dates(partnership=world.partnership, dates={stage: theirs}, by=world.coordinator)
    return [world.partnership, second, *made]


def dates_of_academies(world) -> dict:
    rows = StageDate.objects.filter(stage=world.programme.stages.get(key="academies"))
    return dict(rows.values_list("partnership", "planned_on"))


def common_day_of(world):
    stage = world.programme.stages.get(key="academies")
    return page_of(world.coordinator), reverse("partnerships:common_day", args=[stage.pk])


def test_one_day_for_a_whole_group_is_asked_back_with_its_number(world, many):
    client, address = common_day_of(world)
    page = client.get(address).content.decode()
    assert "Those without a date for this stage (3)" in page
    assert page.count('type="checkbox" name="partnerships"') == 2
    day = timezone.localdate() + timedelta(days=30)
    data = {"planned_on": day.isoformat(), "note": "in Brussels", "whose": "undated"}
    asked = client.post(address, data)
    assert "3 partnerships get" in asked.context["form"].question
    assert "in Brussels" in asked.content.decode()
    assert dates_of_academies(world) == {world.partnership.pk: timezone.localdate() + timedelta(days=3)}
    sure = asked.context["form"].data["sure"]
    assert f'value="{sure}"' in asked.content.decode()
    assert client.post(address, data | {"sure": sure}).status_code == 302
    assert {pk for pk, on in dates_of_academies(world).items() if on == day} == {row.pk for row in many[1:]}
    assert Partnership.objects.filter(next_due=day).count() == 3
    events = AuditEvent.objects.filter(verb="dated", by=world.coordinator, target_kind="partnerships.stagedate")
    assert events.count() == 4


def test_a_group_that_changed_in_between_is_asked_about_again(world, many):
    client, address = common_day_of(world)
    day = timezone.localdate() + timedelta(days=30)
    data = {"planned_on": day.isoformat(), "whose": "standing"}
    stage = world.programme.stages.get(key="academies")
    Partnership.objects.filter(pk__in=[row.pk for row in many[:2]]).update(current_stage=stage)
    asked = client.post(address, data).context["form"]
    assert "1 of them has another date, which is replaced." in asked.question
    Partnership.objects.update(current_stage=stage)
    again = client.post(address, data | {"sure": asked.data["sure"]}).context["form"]
    assert "4 partnerships get" in again.question
    assert client.post(address, data | {"sure": again.data["sure"]}).status_code == 302
    assert set(dates_of_academies(world).values()) == {day}


def test_a_group_of_nobody_and_no_choice_are_refused_at_the_form(world, many):
    client, address = common_day_of(world)
    data = {"planned_on": timezone.localdate().isoformat()}
    assert "Choose at least one partnership." in client.post(address, data | {"whose": "standing"}).content.decode()
    assert "Choose at least one partnership." in client.post(address, data | {"whose": "chosen"}).content.decode()
    assert client.post(address, data | {"whose": "theme-0"}).status_code == 200
    assert len(dates_of_academies(world)) == 1


def test_one_day_for_those_that_were_searched(world, many):
    client, address = common_day_of(world)
    found = client.get(
        address,
        {choosing.CHOOSE: "partnerships", "partnerships-words": "sligo"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "Sligo" in found
    assert "Almada" not in found
    day = timezone.localdate() + timedelta(days=30)
    sligo = many[2]
    data = {"planned_on": day.isoformat(), "whose": "chosen", "partnerships": [sligo.pk]}
    assert client.post(address, data).status_code == 302
    assert dates_of_academies(world)[sligo.pk] == day
    assert len(dates_of_academies(world)) == 2


def test_the_day_of_thousands_needs_no_more_queries_than_that_of_two(world, many):
    stage = world.programme.stages.get(key="academies")

    def number(rows) -> int:
        with CaptureQueriesContext(connection) as seen:
            agree_day(partnerships=rows, stage=stage, planned_on=timezone.localdate(), note="", by=world.coordinator)
        return len(seen)

    assert number(many[:2]) == number(many)


def test_each_partnership_is_told_once_of_a_day_for_all(world, many):
    stage, day = world.programme.stages.get(key="academies"), timezone.localdate() + timedelta(days=30)
    for planned_on in (day, day, day + timedelta(days=7)):
        agree_day(partnerships=many, stage=stage, planned_on=planned_on, note="", by=world.coordinator)
    told = Happening.objects.filter(key="date.agreed", handled_at=None)
    assert sorted(row.data["partnership"] for row in told) == sorted(row.pk for row in many)


def test_a_day_is_agreed_for_all_or_none(world, many):
    stage, day = world.programme.stages.get(key="academies"), timezone.localdate()
    partnerships.end_partnership(partnership=many[1], by=world.coordinator)
    with pytest.raises(PartnershipOver):
        agree_day(partnerships=many, stage=stage, planned_on=day, note="", by=world.coordinator)
    own = add_own_stage(partnership=many[2], title={"en": "Fair"}, by=world.coordinator)
    with pytest.raises(partnerships.ForeignStage):
        agree_day(partnerships=many[2:], stage=own, planned_on=day, note="", by=world.coordinator)
    assert len(dates_of_academies(world)) == 1


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
    assert answer.url == made.get_absolute_url()

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
    form = client.get(address).context["form"]
    assert [mentee.pk for mentee, _fields in form.rows()] == [left]
    assert form["facilitator"].initial == str(world.facilitators.pk)  # the only one, for every row
    assert client.post(address, {f"mentor-{left}": mentors[0].pk, "facilitator": form["facilitator"].initial}).url
    (last,) = Partnership.objects.filter(participations__team=left, participations__role=Role.MENTEE)
    assert [row.team for row in last.current_in(Role.FACILITATOR)] == [world.facilitators]


def test_rows_of_thousands_are_searched(world, monkeypatch):
    monkeypatch.setattr(choosing, "FITS", 1)
    mentee, mentors = world.enrol(name="Partinico"), [world.enrol("mentor", name=name) for name in ("Harlem", "Gent")]
    client, address = page_of(world.coordinator), reverse("partnerships:pair_many", args=[world.programme.pk])
    field = f"mentor-{mentee.pk}"
    page = client.get(address).content.decode()
    assert f'name="{field}-words"' in page
    assert "Harlem" not in page
    found = client.get(address, {choosing.CHOOSE: field, f"{field}-words": "gen"}, headers={"HX-Request": "true"})
    assert "Gent" in found.content.decode()
    typed = {f"{field}-words": "harl", choosing.CHOOSE: field, f"second-{mentee.pk}": mentors[1].pk}
    back = client.post(address, typed).content.decode()
    assert "Harlem" in back
    assert re.search(rf'name="second-{mentee.pk}" value="{mentors[1].pk}"[^>]*checked', back)
    assert client.post(address, {field: mentors[0].pk}).status_code == 302
    assert Partnership.objects.filter(participations__team=mentee, participations__role=Role.MENTEE).exists()
    assert Partnership.objects.filter(participations__team=mentors[0]).exists()


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
