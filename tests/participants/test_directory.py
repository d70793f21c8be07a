"""The directory: found by any name, changed by whom it concerns, figures with their sources."""

import pytest
from django.test import Client

from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Figure, Membership, Organisation, OrganisationName
from programmes.participants.names import normalise
from tests.factories import AssociationFactory, OrganisationFactory


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def found(user, query: str) -> list[str]:
    answer = client_of(user).get(f"/directory/?{query}")
    assert answer.status_code == 200
    return [row.name for row in answer.context["object_list"]]


def formset(prefix: str, *lines: dict, there: int = 0) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": str(there)}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


def city_form(*, name: str = "Mechelen", names=(), affiliations=(), figures=(), **fields) -> dict[str, str]:
    return {
        "name": name,
        "country": "BE",
        **fields,
        **formset("names", *names),
        **formset("affiliations", *affiliations),
        **formset("figures", *figures),
    }


FIGURE = {"indicator": "inhabitants", "year": "2024", "value": "87000", "unit": "people", "source": "City register"}


# Search


@pytest.fixture
def mechelen(world) -> Organisation:
    city = OrganisationFactory(name="Mechelen", country="BE")
    for name, language in (("Malines", "fr"), ("Malinas", "es"), ("Μαλίν", "el")):
        OrganisationName.objects.create(organisation=city, name=name, language=language)
    return city


@pytest.mark.parametrize("words", ["mechelen", "MALINES", "malin", "Málínàs", "μαλιν", "ΜΑΛΙΝ", "  mechelen  "])
def test_a_city_is_found_by_any_of_its_names_without_accents(world, mechelen, words):
    assert found(world.cast.mentee, f"q={words}") == ["Mechelen"]


@pytest.mark.parametrize(("name", "words"), [("Saint-Jean-de-la-Ruelle", "saint jean ruelle"), ("Łódź", "łodz")])
def test_hyphens_and_order_do_not_matter(world, name, words):
    OrganisationFactory(name=name)
    assert found(world.cast.mentee, f"q={words}") == [name]


def test_kind_country_and_sector_narrow_the_list(world):
    OrganisationFactory(name="Tartu", country="EE")
    AssociationFactory(name="ELVL", country="EE")
    assert found(world.cast.mentee, "country=EE") == ["ELVL", "Tartu"]
    assert found(world.cast.mentee, "country=EE&kind=association") == ["ELVL"]
    assert found(world.cast.mentee, "q=nobody+of+that+name") == []


@pytest.mark.parametrize("query", ["kind=x", "country=%00", "q=%27%22%3C%25_", "page=0", "page=last", "q=" + "ß" * 500])
def test_a_strange_search_breaks_nothing(world, query):
    assert client_of(world.cast.mentee).get(f"/directory/?{query}").status_code in (200, 404)


def test_names_are_compared_in_one_form():
    assert normalise("Ά Łódź — Ÿ") == normalise("α łodz y")
    assert normalise("ΛΙΒΑΔΕΙΆΣ") == normalise("λιβαδειας")


# Changing


def add(user, data: dict, kind: str = OrganisationKind.CITY):
    return client_of(user).post(f"/directory/add/?kind={kind}", data)


def test_a_city_with_names_associations_and_figures_in_one_go(world):
    vvsg, region = AssociationFactory(name="VVSG"), AssociationFactory(name="Region", is_regional=True)
    data = city_form(
        region="Antwerp",
        names=[{"name": "Malines", "language": "fr", "kind": "exonym"}],
        affiliations=[{"association": str(vvsg.pk)}, {"association": str(region.pk), "started_on": "2020-01-01"}],
        figures=[FIGURE, FIGURE | {"year": "2023", "approximate": "on"}],
    )
    assert add(world.cast.coordinator, data).status_code == 302
    city = Organisation.objects.get(name="Mechelen")
    assert [name.name for name in city.other_names.all()] == ["Malines"]
    assert {row.association.name for row in city.affiliations.all()} == {"VVSG", "Region"}
    assert [(row.year, row.source, row.approximate) for row in city.figures.all()] == [
        (2024, "City register", False),
        (2023, "City register", True),
    ]
    page = client_of(world.cast.mentee).get(city.get_absolute_url()).content.decode()
    for words in ("Malines", "VVSG", "87,000", "about 87,000", "City register", "Antwerp"):
        assert words in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"country": "XX"}, "Select a valid choice."),
        ({"figures": [FIGURE | {"year": "20024"}]}, "2147483647"),
        ({"figures": [FIGURE | {"year": "1850"}]}, ""),
        ({"figures": [FIGURE | {"value": "-3"}]}, ""),
        ({"figures": [FIGURE | {"value": "many"}]}, "Enter a number."),
        ({"figures": [FIGURE, FIGURE]}, ""),
        ({"name": "M" * 201}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_right_is_said_and_nothing_typed_is_lost(world, changes, message):
    data = city_form(**{"region": "Antwerp", "names": [{"name": "Malines", "kind": "exonym"}]} | changes)
    answer = add(world.cast.coordinator, data)
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "Antwerp" in words
    assert "Malines" in words
    assert "invalid-feedback" in words or "errorlist" in words
    assert not Organisation.objects.filter(region="Antwerp").exists()


def test_the_same_city_twice_is_refused_in_words(world):
    OrganisationFactory(name="Mechelen", country="BE")
    answer = add(world.cast.coordinator, city_form())
    assert "already has an organisation of this name" in answer.content.decode()


def test_two_associations_may_have_one_acronym(world):
    AssociationFactory(name="First", acronym="UC")
    data = {"name": "Second", "acronym": "UC", **formset("names")}
    assert add(world.cast.coordinator, data, OrganisationKind.ASSOCIATION).status_code == 302
    assert Organisation.objects.filter(acronym="UC").count() == 2


def test_a_figure_that_was_not_shared_stands_in_its_answer_only(world):
    city = world.teams["mentee"].enrolment.organisation
    Figure.objects.create(city=city, indicator="inhabitants", year=2024, value=4711, published=False)
    for role in ("mentee", "mentor", "superior", "coordinator"):
        assert "4,711" not in client_of(getattr(world.cast, role)).get(city.get_absolute_url()).content.decode(), role


# People


def test_people_have_functions_that_end_and_give_no_access(world):
    city = world.teams["mentee"].enrolment.organisation
    client = client_of(world.cast.mentee)
    client.post(f"/directory/{city.pk}/people/add/", {"name": "Anna Bērziņa", "function": "Deputy mayor"})
    membership = Membership.objects.get(person__name="Anna Bērziņa")
    assert "Deputy mayor" in client.get(city.get_absolute_url()).content.decode()
    assert "Anna" not in client_of(world.cast.mentor).get(city.get_absolute_url()).content.decode()
    client.post(f"/directory/{city.pk}/people/{membership.pk}/end/")
    assert "Anna" not in client.get(city.get_absolute_url()).content.decode()
    membership.refresh_from_db()
    assert membership.ended_on is not None
