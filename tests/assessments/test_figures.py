"""Figures of the answers and the city's profile."""

from decimal import Decimal

import pytest

from programmes.participants.models import Figure
from programmes.sharing.services import recall

INHABITANTS = {"state": "known", "value": "55300", "year": 2020, "source": "CSB"}


def figures(desk, **where) -> list[tuple]:
    rows = Figure.objects.filter(city=desk.world.enrolments["mentee"].organisation, **where).order_by(
        "indicator", "year"
    )
    return list(rows.values_list("indicator", "year", "value", "published"))


def test_a_typed_figure_waits_unpublished_until_the_section_is_shared(desk):
    desk.write("local.inhabitants", INHABITANTS)
    assert figures(desk) == [("inhabitants", 2020, Decimal(55300), False)]
    desk.share("challenge", to=["mentor"])
    assert figures(desk, published=True) == []
    desk.share("local", to=["mentor"])
    assert figures(desk) == [("inhabitants", 2020, Decimal(55300), True)]


def test_a_published_figure_is_replaced_by_sharing_only(desk):
    desk.write("local.inhabitants", INHABITANTS)
    desk.share("local", to=["mentor"])
    desk.write("local.inhabitants", INHABITANTS | {"value": "60000"}, base=1)
    assert figures(desk) == [("inhabitants", 2020, Decimal(55300), True)]
    desk.share("local", to=["mentor"])
    assert figures(desk) == [("inhabitants", 2020, Decimal(60000), True)]


def test_another_year_drops_the_figure_that_was_never_shared(desk):
    desk.write("local.inhabitants", INHABITANTS)
    desk.write("local.inhabitants", INHABITANTS | {"year": 2021}, base=1)
    assert figures(desk) == [("inhabitants", 2021, Decimal(55300), False)]
    desk.write("local.inhabitants", "", base=2)
    assert figures(desk) == []


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("local.city_budget", {"state": "known", "amount": "5", "currency": "EUR", "year": 2020}, ["city_budget"]),
        ("local.city_budget", {"state": "known", "amount": "5", "currency": "SEK", "year": 2020}, []),
        ("local.city_budget", {"state": "known", "amount": "5", "currency": "EUR"}, []),
        ("local.integration_budget", {"state": "known", "percent": "2.5", "year": 2020}, ["integration_share"]),
        ("local.integration_budget", {"state": "not_known", "year": 2020}, []),
        ("local.definition", "foreign_born", []),
    ],
)
def test_what_feeds_the_profile(desk, key, value, expected):
    desk.write(key, value)
    assert [row[0] for row in figures(desk)] == expected


def test_recalling_leaves_the_figure(desk):
    """What was published stands in the profile; the city changes it there."""
    desk.write("local.inhabitants", INHABITANTS)
    version = desk.share("local", to=["mentor"])
    recall(version=version, by=desk.world.user("mentee"))
    assert figures(desk, published=True)
