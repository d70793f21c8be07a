"""The first steps of a programme: told to its coordinator until a partnership has an agreed date."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from programmes.overview.first_steps import first_steps
from programmes.partnerships.services.enrolments import enrol
from programmes.partnerships.services.partnerships import create_partnership, record_dates
from programmes.partnerships.services.programmes import create_programme
from tests.factories import AssociationFactory, OrganisationFactory
from tests.stage import Stage

pytestmark = pytest.mark.django_db


def test_they_are_ticked_off_one_by_one_and_vanish(django_assert_num_queries):
    stage = Stage()
    by, programme = stage.user("coordinator"), stage.programme
    client, board = Client(), programme.get_absolute_url()
    client.force_login(by)
    with django_assert_num_queries(1):
        assert [step.done for step in first_steps(programme)][1:] == [False] * 5
    page = client.get(board).content.decode()
    assert "First steps" in page
    assert "of 0 partnerships" not in page
    mentee, mentor = (
        enrol(programme=programme, organisation=OrganisationFactory(), role=role, by=by).teams.get()
        for role in ("mentee", "mentor")
    )
    enrol(programme=programme, organisation=AssociationFactory(), role="association", by=by)
    pair = create_partnership(programme=programme, theme=None, cities={"mentee": [mentee], "mentor": [mentor]}, by=by)
    assert [step.done for step in first_steps(programme)][1:] == [True, True, False, True, False]
    assert "1 of 1 partnership" in client.get(board).content.decode()
    record_dates(partnership=pair, dates={programme.stages.first(): {"planned_on": date(2027, 1, 1)}}, by=by)
    assert first_steps(programme) == []
    assert "First steps" not in client.get(board).content.decode()


def test_of_several_programmes_those_of_the_newest_stand_on_my_work():
    stage = Stage()
    by = stage.user("coordinator")
    assert f">{stage.programme}</a></h2>" in _my_work(by)
    create_programme(title="Second round", network=stage.programme.network, by=by)
    page = _my_work(by)
    assert ">Second round</a></h2>" in page
    assert f">{stage.programme}</a></h2>" not in page
    assert "First steps" not in _my_work(stage.user("mentee"))


def _my_work(user) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("overview:my_work")).content.decode()
