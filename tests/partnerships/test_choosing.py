"""Choosing among thousands: nothing is listed whole, what one types finds, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from programmes.common import choosing
from programmes.participants.models import OrganisationName
from programmes.partnerships.models import Partnership
from tests.factories import AssociationFactory, OrganisationFactory

from .conftest import page_of as client_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """As if three rows were thousands."""
    monkeypatch.setattr(choosing, "FITS", 2)


def url(name, *args):
    return reverse(f"partnerships:{name}", args=args)


@pytest.fixture
def cities(world):
    return [OrganisationFactory(name=name) for name in ("Aalst", "Mechelen", "Vilnius", "Zwolle")]


def asked(client, path, field, words, **chosen):
    return client.get(path, {choosing.CHOOSE: field, f"{field}-words": words} | chosen, headers=HTMX)


def test_a_page_lists_the_first_and_an_input_to_search(world, cities):
    page = client_of(world.coordinator).get(url("enrol", world.programme.pk, "mentee")).content.decode()
    assert 'type="search"' in page
    assert page.count('type="radio" name="organisation"') == 2
    assert "Zwolle" not in page


def test_what_fits_is_a_select_box(world, cities, monkeypatch):
    monkeypatch.setattr(choosing, "FITS", 20)
    page = client_of(world.coordinator).get(url("enrol", world.programme.pk, "mentee")).content.decode()
    assert '<select name="organisation"' in page
    assert "Zwolle" in page


@pytest.mark.parametrize("words", ["malines", "MECH", "méchelen", "mech elen"])
def test_any_name_finds_whatever_its_accents(world, cities, words):
    OrganisationName.objects.create(organisation=cities[1], name="Malines", language="fr")
    answer = asked(client_of(world.coordinator), url("enrol", world.programme.pk, "mentee"), "organisation", words)
    text = answer.content.decode()
    assert "<html" not in text
    assert "Mechelen" in text
    assert "Aalst" not in text
    assert "1 found" in text


def test_what_is_chosen_stays_among_the_hits(world, cities):
    path = url("enrol", world.programme.pk, "mentee")
    text = asked(client_of(world.coordinator), path, "organisation", "zwo", organisation=cities[0].pk).content.decode()
    assert f'value="{cities[0].pk}" id="id_organisation_0" checked' in text
    assert "Zwolle" in text


def test_without_scripts_the_form_comes_back_with_hits_and_all_that_was_typed(world):
    mentees = [world.enrol("mentee", name) for name in ("Aalst", "Mechelen", "Zwolle")]
    mentors = [world.enrol("mentor", name) for name in ("Kaunas", "Lund", "Turku")]
    desk, path = client_of(world.coordinator), url("pair", world.programme.pk)
    typed = {
        "mentee": mentees[0].pk,
        "mentor": [mentors[0].pk],
        "reason": "Ports.",
        "started_on": "2026-02-30",
    }
    answer = desk.post(path, typed | {choosing.CHOOSE: "mentor", "mentor-words": "turku"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Partnership.objects.filter(participations__team=mentees[0]).exists()
    assert not answer.context["form"].errors
    assert "Turku" in page
    assert "Lund" not in page
    assert "Ports." in page
    assert 'value="2026-02-30"' in page
    assert 'value="turku"' in page
    for team in (mentees[0], mentors[0]):
        assert re.search(f'value="{team.pk}" id="[^"]+" checked', page)


def test_what_was_found_is_saved(world):
    for name in ("Aalst", "Lund", "Turku"):
        world.enrol("mentor", name)
    mentee, mentor = world.enrol("mentee", "Zwolle"), world.enrol("mentor", "Zagreb")
    chosen = {"mentee": mentee.pk, "mentor": [mentor.pk], "theme": world.programme.themes.get().pk}
    answer = client_of(world.coordinator).post(url("pair", world.programme.pk), chosen | {"mentor-words": "zag"})
    assert answer.status_code == 302
    assert Partnership.objects.filter(participations__team=mentor).exists()


@pytest.mark.parametrize("words", ["\0", "\ud800", "x" * 5000, "%", "<script>", "' OR 1=1"])
def test_words_that_no_name_has_find_nothing(world, cities, words):
    path = url("enrol", world.programme.pk, "mentee")
    answer = client_of(world.coordinator).post(
        path, {choosing.CHOOSE: "organisation", "organisation-words": words.encode("utf-8", "replace").decode()}
    )
    assert answer.status_code == 200


def test_only_fields_that_are_searched_answer(world, cities):
    desk, path = client_of(world.coordinator), url("enrol", world.programme.pk, "mentee")
    for field in ("themes", "nothing", "organisation-words"):
        assert asked(desk, path, field, "a").status_code == 404
    assert "<html" in desk.get(path, {choosing.CHOOSE: "organisation"}).content.decode()


def test_whoever_may_not_open_the_page_searches_nothing(world, cities):
    path = url("enrol", world.programme.pk, "mentee")
    assert asked(client_of(world.mentee_user), path, "organisation", "mech").status_code == 403


def test_an_association_is_found_from_the_enrolments_page(world):
    for name in ("Union", "League", "Council"):
        AssociationFactory(name=name)
    desk, enrolment = client_of(world.coordinator), world.mentee.enrolment
    address = url("backing_add", enrolment.pk)
    assert f'hx-get="{address}"' in desk.get(url("enrolment", enrolment.pk)).content.decode()
    assert "League" in asked(desk, address, "association", "leag").content.decode()


def test_lines_of_a_support_group_stay_while_one_searches_its_body(world):
    for name in ("Forum", "Round table", "Network"):
        OrganisationFactory(kind="stakeholder", name=name)
    lines = {"members-TOTAL_FORMS": "1", "members-INITIAL_FORMS": "0", "members-0-name": "Chair of the parents"}
    answer = client_of(world.mentee_user).post(
        url("support_group_add", world.mentee.pk), lines | {choosing.CHOOSE: "body", "body-words": "round"}
    )
    page = answer.content.decode()
    assert "Chair of the parents" in page
    assert "Round table" in page
    assert "Forum" not in page
    assert "invalid-feedback" not in page


def test_lines_of_a_city_stay_while_one_searches_its_association(world):
    for name in ("Union", "League", "Council"):
        AssociationFactory(name=name)
    desk, path = client_of(world.coordinator), reverse("participants:organisation_add") + "?kind=city"
    field = "affiliations-0-association"
    assert "League" in asked(desk, path, field, "leag").content.decode()
    typed = {"name": "", "region": "Flanders", field: "", f"{field}-words": "leag", choosing.CHOOSE: field}
    for name in ("names", "affiliations", "figures"):
        typed |= {f"{name}-TOTAL_FORMS": "1", f"{name}-INITIAL_FORMS": "0"}
    page = desk.post(path, typed).content.decode()
    assert "Flanders" in page
    assert "League" in page
    assert "invalid-feedback" not in page
