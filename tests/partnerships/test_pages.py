"""The pages: each opens for whom it is for, and the main job is done by clicks alone."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from programmes.participants.models import Organisation
from programmes.partnerships.models import Partnership, Programme, StageDate, TeamMember, Theme
from tests.factories import NetworkFactory, OrganisationFactory, UserFactory
from tests.pages import seen_in, seen_on, send

from .conftest import member_of, page_of

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"partnerships:{name}", args=args)


def picture(kind="PNG", size=(20, 10)) -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", size).save(data, kind)
    return SimpleUploadedFile("emblem.svg", data.getvalue(), content_type="image/svg+xml")


def settings_of(programme: Programme) -> dict:
    return {
        "title": programme.title,
        "policy_field_en": "integration",
        "languages": ["en", "lv"],
        "working_language": "en",
        "time_zone": "Europe/Riga",
        "tools_proposed": ["questions"],
    }


def test_every_page_opens_for_whom_it_is_for(world):
    theme, stage = world.programme.themes.get(), world.programme.stages.first()
    enrolment, member = world.mentee.enrolment, world.mentee.members.get()
    part = world.partnership.participations.get(role="mentee")
    pages = [
        (world.coordinator, url("programmes")),
        (world.admin, url("programme_add")),
        (world.coordinator, url("programme_add")),
        *[(world.coordinator, url(name, world.programme.pk)) for name in ("settings", "stages", "themes", "people")],
        *[(world.coordinator, url("enrol", world.programme.pk, role)) for role in ("mentee", "facilitator")],
        (world.coordinator, url("pair", world.programme.pk)),
        (world.coordinator, url("stage_edit", stage.pk)),
        (world.coordinator, url("theme_edit", theme.pk)),
        (world.mentor_user, url("people", world.programme.pk)),
        (world.mentor_user, url("enrolment", enrolment.pk)),
        (world.coordinator, url("enrolment", enrolment.pk)),
        (world.coordinator, url("enrolment", world.facilitators.enrolment.pk)),
        *[
            (world.coordinator, url(name, enrolment.pk))
            for name in ("enrolment_change", "backing_add", "enrolment_end")
        ],
        (world.coordinator, url("team_add", world.facilitators.enrolment.pk)),
        *[(user, url("team", world.mentee.pk)) for user in (world.mentee_user, world.coordinator, world.admin)],
        (world.mentee_user, url("team_invite", world.mentee.pk)),
        (world.mentee_user, url("member", member.pk)),
        (world.mentee_user, url("member_end", member.pk)),
        *[(world.coordinator, url(name, world.partnership.pk)) for name in ("history", "partnership_change", "dates")],
        (world.coordinator, url("partnership_end", world.partnership.pk)),
        *[(world.coordinator, url("take_part", world.partnership.pk, r)) for r in ("mentor", "mentor_association")],
        (world.coordinator, url("replace", part.pk)),
        (world.coordinator, url("leave", part.pk)),
        (world.mentor_user, url("tools", world.partnership.pk)),
        (world.association_user, url("history", world.partnership.pk)),
        (world.association_user, url("mentoring")),
    ]
    for user, path in pages:
        answer = page_of(user).get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        assert "style=" not in answer.content.decode(), path


def test_pages_are_closed_to_others(world):
    stranger = UserFactory()
    for name, pk in (("settings", world.programme.pk), ("dates", world.partnership.pk), ("team", world.mentee.pk)):
        assert page_of(stranger).get(url(name, pk)).status_code == 404
        assert Client().get(url(name, pk)).status_code == 302
    assert page_of(world.mentee_user).get(url("settings", world.programme.pk)).status_code == 403
    assert page_of(world.association_user).get(url("dates", world.partnership.pk)).status_code == 403
    assert page_of(world.coordinator).get(url("tools", world.partnership.pk)).status_code == 403
    assert page_of(world.admin).get(url("history", world.partnership.pk)).status_code == 404
    assert page_of(world.coordinator).get(url("team_invite", world.mentee.pk)).status_code == 403


def test_from_an_empty_database_to_a_pair_by_clicks(django_capture_on_commit_callbacks):
    admin = UserFactory(is_superuser=True, is_staff=True)
    office = page_of(admin)
    assert "kind=network" in office.get(url("programme_add")).content.decode()
    network = NetworkFactory()
    new = {"title": "Pilot", "network": network.pk, "languages": ["en"], "working_language": "en"}
    answer = office.post(url("programme_add"), new | {"time_zone": "Europe/Brussels", "policy_field_en": "housing"})
    team = Programme.objects.get().enrolments.get().teams.get()
    assert answer.url == url("team", team.pk)
    with django_capture_on_commit_callbacks(execute=True):
        office.post(url("team_invite", team.pk), {"name": "Coordinator", "email": "co@example.org", "language": "en"})
    coordinator = member_of(team, admin)
    desk, programme = page_of(coordinator), Programme.objects.get()
    desk.post(url("themes", programme.pk), {"title_en": "Homes for all"})
    for role, name in (("mentee", "Capaci"), ("mentor", "Mechelen")):
        city = OrganisationFactory(name=name)
        answer = desk.post(
            url("enrol", programme.pk, role), {"organisation": city.pk, "themes": [Theme.objects.get().pk]}
        )
        assert answer.status_code == 302
    mentee, mentor = (programme.enrolments.get(role=role).teams.get() for role in ("mentee", "mentor"))
    answer = desk.post(
        url("pair", programme.pk),
        {"mentee": mentee.pk, "mentor": [mentor.pk], "reason": "Alike"},
    )
    partnership = Partnership.objects.get()
    assert answer.url == url("dates", partnership.pk)
    assert partnership.theme == Theme.objects.get()


def test_mistakes_stand_at_the_field(world):
    both = world.enrol("both")
    page = page_of(world.coordinator).post(
        url("pair", world.programme.pk), {"mentee": both.pk, "mentor": [both.pk], "reason": "Kept"}
    )
    assert page.status_code == 200
    assert page.context["form"].errors["mentor"]
    assert "Kept" in page.content.decode()
    for data in ({}, {"mentee": "x", "mentor": ["9" * 40], "theme": "-1", "started_on": "yesterday"}):
        assert page_of(world.coordinator).post(url("pair", world.programme.pk), data).context["form"].errors


def test_the_funding_line_is_asked_in_every_language_of_the_programme(world):
    programme = world.programme
    Programme.objects.filter(pk=programme.pk).update(languages=["en", "lv"], funding_line={"nl": "Medegefinancierd"})
    browser, path = page_of(world.coordinator), url("settings", programme.pk)
    page = browser.get(path).content.decode()
    asked = [code for code in ("en", "es", "lv", "nl", "fr") if f'name="disclaimer_{code}"' in page]
    assert asked == ["en", "es", "lv"]
    assert 'name="funding_line_nl"' in page
    names = [field.removeprefix("funding_line_") for field in re.findall(r'name="(funding_line_\w+)"', page)]
    data = settings_of(programme) | {f"funding_line_{code}": "" for code in names} | {"funding_line_lv": "Līdzfinansē"}
    assert send(browser, path, data).status_code == 302
    programme.refresh_from_db()
    assert programme.funding_line == {"lv": "Līdzfinansē"}


def test_texts_in_languages_without_an_input_stay(world):
    texts = {"en": "integration", "lv": "integrācija"}
    Programme.objects.filter(pk=world.programme.pk).update(policy_field=texts)
    world.programme.refresh_from_db()
    data = settings_of(world.programme) | {"policy_field_en": "housing"}
    assert send(page_of(world.coordinator), url("settings", world.programme.pk), data).status_code == 302
    world.programme.refresh_from_db()
    assert world.programme.policy_field == {"en": "housing", "lv": "integrācija"}
    theme = Theme.objects.create(programme=world.programme, title={"en": "Schools", "lv": "Skolas"})
    edited = {"title_en": "Learning", "title_es": ""}
    assert send(page_of(world.coordinator), url("theme_edit", theme.pk), edited).status_code == 302
    theme.refresh_from_db()
    assert theme.title == {"en": "Learning", "lv": "Skolas"}


def test_settings_keep_a_picture_that_is_one(world):
    desk = page_of(world.coordinator)
    path, data = url("settings", world.programme.pk), settings_of(world.programme)
    assert send(desk, path, data | {"emblem": picture()}).status_code == 302
    programme = Programme.objects.get()
    assert programme.emblem.name.endswith(".png")
    assert (programme.policy_field, programme.tools_proposed) == ({"en": "integration"}, ["questions"])
    answer = page_of(world.mentee_user).get(url("emblem", programme.pk))
    assert answer["Content-Type"] == "image/png"
    assert page_of(UserFactory()).get(url("emblem", programme.pk)).status_code == 404
    assert page_of(world.mentee_user).get(url("logo", programme.pk)).status_code == 404
    assert send(desk, path, data | {"without_emblem": "on"}).status_code == 302
    assert not Programme.objects.get().emblem


def test_settings_refuse_what_is_no_picture(world):
    desk = page_of(world.coordinator)
    path, data = url("settings", world.programme.pk), settings_of(world.programme)
    svg = SimpleUploadedFile("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/png")
    large = SimpleUploadedFile("a.png", picture().read() + b"0" * 1024 * 1024, content_type="image/png")
    for wrong in (svg, large, picture("GIF")):
        page = desk.post(path, data | {"emblem": wrong, "title": "Typed"})
        assert page.context["form"].errors["emblem"]
        assert "Typed" in page.content.decode()
    assert Programme.objects.get().title == world.programme.title
    page = desk.post(path, data | {"started_on": "2026-05-01", "ended_on": "2026-04-01"})
    assert page.context["form"].errors


def test_dates_by_a_city(world):
    path = url("dates", world.partnership.pk)
    goals = world.programme.stages.get(key="goals")
    row = f"stage-{goals.pk}"
    desk = page_of(world.mentee_user)
    assert send(desk, path, {f"{row}-planned_on": "2030-05-01", "current_stage": goals.pk}).status_code == 302
    assert StageDate.objects.get().planned_on.isoformat() == "2030-05-01"
    world.partnership.refresh_from_db()
    assert world.partnership.current_stage == goals
    assert world.partnership.next_due.isoformat() == "2030-05-01"
    page = send(desk, path, {f"{row}-planned_on": "1 Foo"})
    assert page.status_code == 200
    assert "1 Foo" in page.content.decode()


def test_a_colleagues_date_is_not_undone_by_an_older_page(world):
    path = url("dates", world.partnership.pk)
    row = f"stage-{world.programme.stages.first().pk}"
    theirs, mine = page_of(world.mentee_user), page_of(world.mentor_user)
    shown, before = seen_on(mine, path), {"current_stage": world.partnership.current_stage_id}
    goals = world.programme.stages.get(key="goals")
    send(theirs, path, {f"{row}-planned_on": "2030-05-01", "current_stage": goals.pk})
    assert mine.post(path, shown | before | {f"{row}-planned_on": "", f"{row}-note": "online"}).status_code == 302
    there = StageDate.objects.get()
    assert (there.planned_on.isoformat(), there.note) == ("2030-05-01", "online")
    world.partnership.refresh_from_db()
    assert world.partnership.current_stage == goals


def test_a_colleagues_words_are_shown_before_they_are_replaced(world):
    """The same box, changed by both: what stands there now is said beside what was typed, then mine may stand."""
    path = url("partnership_change", world.partnership.pk)
    desk, theme = page_of(world.coordinator), world.partnership.theme_id
    shown = seen_on(desk, path)
    send(desk, path, {"theme": theme, "pairing_reason": "Both have a port."})
    page = desk.post(path, shown | {"theme": theme, "pairing_reason": "Both grow."})
    world.partnership.refresh_from_db()
    assert world.partnership.pairing_reason == "Both have a port."
    assert "It says now: Both have a port." in page.content.decode()
    assert "Both grow.</textarea>" in page.content.decode()
    assert desk.post(path, seen_in(page) | {"theme": theme, "pairing_reason": "Both grow."}).status_code == 302
    world.partnership.refresh_from_db()
    assert world.partnership.pairing_reason == "Both grow."


def test_replacing_by_form(world):
    capaci = world.enrol("mentee", "Capaci")
    part = world.partnership.participations.get(role="mentee")
    desk = page_of(world.coordinator)
    page = desk.post(url("replace", part.pk), {"team": capaci.pk})
    assert page.context["form"].errors["reason"]
    answer = desk.post(url("replace", part.pk), {"team": capaci.pk, "reason": "New council"})
    assert answer.url == url("history", world.partnership.pk)
    assert page_of(world.mentee_user).get(answer.url).status_code == 404
    text = desk.get(answer.url).content.decode()
    assert "New council" in text
    assert "Riverton" in text
    assert desk.get(url("replace", part.pk)).status_code == 404


def test_ending_ones_own_place(world):
    member = world.mentor.members.get()
    answer = page_of(world.mentor_user).post(url("member_end", member.pk), {"without": "on"})
    assert answer.url == reverse("overview:my_work")
    assert TeamMember.objects.get(pk=member.pk).ended_by == world.mentor_user


def test_small_acts(world):
    desk = page_of(world.coordinator)
    stage, theme = world.programme.stages.last(), world.programme.themes.get()
    assert (
        desk.post(url("stages", world.programme.pk), {"title_en": "Party", "purpose_en": "To end"}).status_code == 302
    )
    assert desk.post(url("stage_move", stage.pk), {"direction": "up"}).status_code == 302
    assert desk.post(url("stage_retire", stage.pk)).status_code == 302
    assert send(desk, url("stage_edit", stage.pk), {"title_en": "Going on"}).status_code == 302
    assert send(desk, url("theme_edit", theme.pk), {"title_es": "Idiomas"}).status_code == 302
    assert desk.post(url("theme_retire", theme.pk)).status_code == 302
    backing = world.mentee.enrolment.backings.get()
    assert desk.post(url("backing_end", backing.pk)).status_code == 302
    association = Organisation.objects.get(name="Union of Cities")
    path = url("backing_add", world.mentee.enrolment.pk)
    assert desk.post(path, {"association": association.pk}).status_code == 302
    assert desk.post(url("team_add", world.facilitators.enrolment.pk), {"name": "South"}).status_code == 302
    end = url("enrolment_end", world.mentee.enrolment.pk)
    assert desk.post(end, {"reason": "Left"}).url == url("people", world.programme.pk)
    city = page_of(world.mentor_user)
    assert city.post(url("team_facilitator", world.mentor.pk), {"allowed": "yes"}).status_code == 302
    assert send(city, url("tools", world.partnership.pk), {"tools": ["questions"]}).status_code == 302
    assert desk.post(url("partnership_end", world.partnership.pk), {}).status_code == 302
    assert desk.post(url("partnership_reopen", world.partnership.pk), {}).status_code == 302


@pytest.mark.parametrize("name", ["people", "programmes"])
def test_lists_ask_the_database_as_often_for_many_rows(world, name):
    desk = page_of(world.coordinator)
    path = url(name, *([world.programme.pk] if name == "people" else []))
    desk.get(path)
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(path)
    for _number in range(3):
        member_of(world.enrol("mentee"), world.coordinator)
    with CaptureQueriesContext(connection) as many:
        desk.get(path)
    assert len(few) == len(many) <= 15


def test_filters_of_who_takes_part(world):
    path = url("people", world.programme.pk)
    page = page_of(world.mentor_user).get(path, {"q": "rivertón"})
    assert [row.organisation.name for row in page.context["enrolments"]] == ["Riverton"]
    page = page_of(world.mentor_user).get(path, {"role": "nonsense", "theme": "x"})
    assert page.status_code == 200
