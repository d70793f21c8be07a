"""A programme: set up with the default design, changed, its stages moved."""

import pytest
from django.urls import reverse
from django.utils import translation

from programmes.accounts.models import AuditEvent
from programmes.common.zones import city_of
from programmes.overview.tools import TOOLS
from programmes.partnerships.enums import EnrolmentRole
from programmes.partnerships.models import Programme
from programmes.partnerships.services import programmes as services
from tests.factories import NetworkFactory, UserFactory
from tests.pages import send

from .conftest import page_of

pytestmark = pytest.mark.django_db


def test_a_new_programme_has_stages_tools_and_an_empty_coordinators_team():
    admin = UserFactory(is_superuser=True)
    programme = services.create_programme(title="New", network=NetworkFactory(), by=admin)
    assert list(programme.stages.values_list("key", flat=True))[:2] == ["needs-match", "goals"]
    assert programme.stages.count() == 8
    assert set(programme.tools_proposed) == {tool.key for tool in TOOLS} - {"benchmark"}
    enrolment = programme.enrolments.get()
    assert enrolment.role == EnrolmentRole.COORDINATOR
    assert not enrolment.teams.get().members.exists()
    assert AuditEvent.objects.filter(verb="created", target_kind="partnerships.programme", by=admin).exists()


def test_who_coordinates_for_the_network_already_is_in_the_new_team(world):
    second = services.create_programme(title="Second", network=world.programme.network, by=world.coordinator)
    assert second.enrolments.get().teams.get().members.get().person.user == world.coordinator


def test_stages_move_and_keep_their_keys(world):
    goals = world.programme.stages.get(key="goals")
    services.move_stage(stage=goals, step=-1, by=world.coordinator)
    assert list(world.programme.stages.values_list("key", flat=True))[:2] == ["goals", "needs-match"]
    services.move_stage(stage=goals, step=-1, by=world.coordinator)
    assert world.programme.stages.first().key == "goals"


def test_a_new_stage_gets_a_key_of_its_own(world):
    first = services.add_stage(programme=world.programme, title={"en": "Goals"}, by=world.coordinator)
    second = services.add_stage(programme=world.programme, title={"el": "Στόχοι"}, by=world.coordinator)
    assert (first.key, second.key) == ("goals-2", "stage")
    assert second.order > first.order


def test_taking_away_a_picture(world, settings, tmp_path, django_capture_on_commit_callbacks):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("a.png", b"not looked at here", content_type="image/png")
    services.change_programme(programme=world.programme, by=world.coordinator, emblem=upload)
    programme = Programme.objects.get(pk=world.programme.pk)
    assert programme.emblem.storage.exists(programme.emblem.name)
    name = programme.emblem.name
    with django_capture_on_commit_callbacks(execute=True):
        services.change_programme(programme=programme, by=world.coordinator, emblem=False)
    assert not Programme.objects.get(pk=programme.pk).emblem
    assert not programme.emblem.storage.exists(name)


def test_settings_stand_in_groups_with_boxes_for_languages_and_cities_for_zones(world):
    text = page_of(world.coordinator).get(reverse("partnerships:settings", args=[world.programme.pk])).content.decode()
    for group in ("The programme", "Languages and time", "On the documents", "Tools"):
        assert f'field-group__title">{group}<' in text
    assert 'type="checkbox" name="languages"' in " ".join(text.split()) or 'name="languages"' in text
    assert '<select name="languages"' not in text
    assert ">Brussels</option>" in text
    dates = page_of(world.coordinator).get(reverse("partnerships:dates", args=[world.partnership.pk]))
    assert "All dates in Brussels time." in dates.content.decode()
    with translation.override("es"):
        assert city_of("Europe/Brussels") == "Bruselas"
    assert city_of("America/Argentina/Buenos_Aires") == "Buenos Aires"


def test_a_group_of_settings_is_folded_until_something_in_it_is_wrong(world):
    url = reverse("partnerships:settings", args=[world.programme.pk])

    def opened(page: str) -> list[str]:
        groups = page.split('<details class="field-group"')[1:]
        return [part.split('title">')[1].split("<")[0] for part in groups if part.startswith(" open")]

    client = page_of(world.coordinator)
    assert opened(client.get(url).content.decode()) == []
    wrong = send(client, url, {"time_zone": "Nowhere/Land", "tools_proposed": world.programme.tools_proposed})
    assert opened(wrong.content.decode()) == ["The programme", "Languages and time"]
