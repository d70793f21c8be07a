"""Queries that are made once and asked with other values."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import DataError, connection, transaction
from django.db.models import F, Q, QuerySet, Value
from django.test.utils import CaptureQueriesContext

from programmes.common import clock
from programmes.common.held import hold
from programmes.common.prepared import prepared
from programmes.participants.models import Organisation, OrganisationName

pytestmark = pytest.mark.django_db


@pytest.fixture
def cities() -> list[Organisation]:
    return [Organisation.objects.create(name=name, kind="city") for name in ("Alba", "Bruges 100%", "Cork")]


def names(rows: list[Organisation]) -> list[str]:
    return [row.name for row in rows]


def test_the_same_query_answers_for_other_numbers(cities):
    made = []

    @prepared
    def named_after(organisation: int) -> QuerySet[Organisation]:
        made.append(organisation)
        return Organisation.objects.filter(pk__gt=organisation).exclude(name__contains="%").order_by("name")

    assert names(named_after(cities[0].pk)) == ["Cork"]
    assert names(named_after(cities[0].pk - 1)) == ["Alba", "Cork"]
    assert named_after(10**20) == []
    assert len(made) == 2


def test_texts_and_what_is_empty_are_part_of_the_query(cities):
    @prepared
    def among(ids: list[int], name: str) -> QuerySet[Organisation]:
        return Organisation.objects.filter(Q(pk__in=ids) | Q(name=name)).order_by("name")

    first, second, third = (city.pk for city in cities)
    assert names(among([first, third], "")) == ["Alba", "Cork"]
    assert names(among([second], "")) == ["Bruges 100%"]
    assert names(among([], "Cork")) == ["Cork"]
    assert names(among([], "")) == []


def test_rows_are_what_the_queryset_gives(cities):
    @prepared
    def pairs(organisation: int) -> QuerySet[Organisation, tuple]:
        return Organisation.objects.filter(pk=organisation).annotate(said=Value("100%")).values_list("name", "said")

    @prepared
    def other_names(ids: list[int]) -> QuerySet[OrganisationName]:
        return OrganisationName.objects.filter(organisation__in=ids).select_related("organisation")

    OrganisationName.objects.create(organisation=cities[0], name="Old Alba")
    assert pairs(cities[1].pk) == [("Bruges 100%", "100%")]
    (found,) = other_names([city.pk for city in cities])
    with CaptureQueriesContext(connection) as asked:
        assert (found.organisation.name, found.name) == ("Alba", "Old Alba")
    assert len(asked) == 0


def test_the_day_in_a_query_is_today(cities):
    @prepared
    def begun(organisation: int) -> QuerySet[Organisation, tuple]:
        return Organisation.objects.filter(pk=organisation).values_list(Value(clock.today().isoformat()))

    for moment in (clock.now(), clock.now() + timedelta(days=1)):
        with clock.at(moment):
            assert begun(cities[0].pk) == [(clock.today().isoformat(),)]


def test_a_statement_that_failed_can_be_asked_again(cities):
    """PostgreSQL may have prepared it before it failed."""

    @prepared
    def divided(number: int) -> QuerySet[Organisation, tuple]:
        return Organisation.objects.filter(name="Alba").values_list(F("pk") / number)

    if connection.vendor == "postgresql":
        with pytest.raises(DataError), transaction.atomic():
            divided(0)
    assert len(divided(1)) == len(divided(1)) == 1


@pytest.mark.django_db(transaction=True)
def test_another_connection_prepares_it_anew():
    Group.objects.create(name="here")

    @prepared
    def groups(number: int) -> QuerySet[Group]:
        return Group.objects.filter(pk__gt=number)

    assert len(groups(0)) == 1
    connection.close()
    assert len(groups(0)) == len(groups(0)) == 1


def test_rows_in_hand_are_asked_for_no_more_unless_they_are_narrowed(cities):
    for city in cities[:2]:
        OrganisationName.objects.create(organisation=city, name=f"Old {city.name}")
    hold(cities, "other_names", OrganisationName.objects.all())
    with CaptureQueriesContext(connection) as asked:
        found = [[name.name for name in city.other_names.all()] for city in cities]
        assert cities[0].other_names.all()[0].organisation is cities[0]
    assert (found, len(asked)) == ([["Old Alba"], ["Old Bruges 100%"], []], 0)
    assert [name.name for name in cities[0].other_names.filter(name__startswith="Old")] == ["Old Alba"]
    assert cities[2].other_names.order_by("pk").count() == 0
