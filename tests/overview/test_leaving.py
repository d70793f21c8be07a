"""A city that is replaced and stays in the programme: what it keeps, and what others shared with it."""

import pytest
from django.test import Client

from programmes.common.access import Access
from programmes.common.waiting import find_rows
from programmes.overview import waiting
from programmes.partnerships.asking import asked_for
from programmes.partnerships.services.partnerships import replace_participation
from programmes.partnerships.services.teams import allow_facilitator
from programmes.reports.registry import BUILDERS, DocumentOptions
from tests import staging
from tests.cast import World

pytestmark = pytest.mark.django_db


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def replace(world: World, role: str) -> None:
    """Somebody new takes this part; whoever had it stays in the programme."""
    city = staging.enrolled(world.programme, staging.city("Newtown"), role, by=world.cast.coordinator)
    old = world.partnership.current_in(role)[0]
    replace_participation(old=old, team=city, reason="Elections.", by=world.cast.coordinator)
    world.partnership.refresh_from_db()


def test_a_replaced_city_reads_prints_and_recalls_what_it_wrote(world: World):
    replace(world, "mentee")
    own = client_of(world.cast.mentee)
    work = own.get("/").content.decode()
    assert "From earlier partnerships" in work
    assert world.plan.get_absolute_url() in work
    page = own.get(world.plan.get_absolute_url()).content.decode()
    assert "Open a language café" in page
    assert world.partnership.get_absolute_url() not in page
    wish = DocumentOptions("en", reader=Access(world.cast.mentee))
    assert "Open a language café" in repr(BUILDERS["action-plan"].gather(world.plan.pk, wish))
    grant = world.plan_version.grants.get(team=world.teams["mentor"])
    assert own.post(f"/plans/versions/{world.plan_version.pk}/recall/{grant.pk}/").status_code == 302
    grant.refresh_from_db()
    assert grant.recalled_at is not None


def test_a_facilitator_whom_it_let_write_goes_on_reading_and_writes_no_more(world: World):
    allow_facilitator(team=world.teams["mentee"], allowed=True, by=world.cast.mentee)
    replace(world, "mentee")
    facilitator = client_of(world.cast.facilitator)
    assert "Open a language café" in facilitator.get(world.plan.get_absolute_url()).content.decode()
    assert facilitator.post(f"/plans/{world.plan.pk}/add/").status_code == 403
    allow_facilitator(team=world.teams["mentee"], allowed=False, by=world.cast.mentee)
    assert facilitator.get(world.plan.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("role", ["facilitator", "mentor", "coordinator", "mentor_association"])
def test_the_history_links_to_what_was_written_and_every_link_opens(world: World, role: str):
    allow_facilitator(team=world.teams["mentee"], allowed=True, by=world.cast.mentee)
    replace(world, "mentee")
    client = client_of(getattr(world.cast, role))
    page = client.get(f"/partnerships/{world.partnership.pk}/history/").content.decode()
    linked = {path: path in page for path in (world.plan.get_absolute_url(), f"/forms/{world.response.pk}/read/")}
    assert linked == {path: client.get(path).status_code == 200 for path in linked}


def test_nobody_waits_for_an_answer_of_a_city_that_left(world: World):
    def conversations(role: str) -> list[str]:
        person = getattr(world.cast, role).person
        asked = asked_for([person])
        rows = [row for app in waiting.APPS for kinds in (app.WAITING, app.AWAITED) for row in find_rows(kinds, asked)]
        return [row.key for row in rows if row.key.startswith(("form.question", "plan.conversation"))]

    assert conversations("mentor") != []
    replace(world, "mentee")
    assert conversations("mentor") == []


def left(user) -> list[str]:
    return [row.url for row in waiting.waiting_for_one(Access(user)) if row.key == "shared.left"]


@pytest.mark.parametrize("choice", ["keep", "end"])
def test_what_was_shared_with_a_city_that_left_is_said_and_ended_or_kept(world: World, choice: str):
    coordinator = client_of(world.cast.coordinator)
    part = world.partnership.current_in("mentor")[0]
    assert "It goes on reading what Riverton shared with it." in coordinator.get(
        f"/participations/{part.pk}/replace/"
    ).content.decode().replace("\n", " ")
    assert left(world.cast.mentee) == []
    replace(world, "mentor")
    address = f"/shared/{world.teams['mentor'].pk}/left/"
    assert left(world.cast.mentee) == [address], "one page asks about form and plan"
    assert left(world.cast.mentor) == left(world.cast.facilitator) == []
    mentee = client_of(world.cast.mentee)
    page = mentee.get(address).content.decode()
    assert f"/forms/versions/{world.version.pk}/" in page
    assert f"/plans/versions/{world.plan_version.pk}/" in page
    reader = client_of(world.cast.mentor)
    assert reader.get(f"/forms/versions/{world.version.pk}/").status_code == 200
    assert mentee.post(address, {choice: ""}).headers["Location"] == "/"
    assert left(world.cast.mentee) == []
    assert mentee.get(address).status_code == 404
    assert reader.get(f"/forms/versions/{world.version.pk}/").status_code == (200 if choice == "keep" else 404)
    assert reader.get(f"/plans/versions/{world.plan_version.pk}/").status_code == (200 if choice == "keep" else 404)
