"""The first steps of a programme: told to its coordinator until a partnership has an agreed date."""

from datetime import date

import pytest
from django.test import Client

from programmes.overview.first_steps import first_steps
from programmes.partnerships.services.enrolments import enrol
from programmes.partnerships.services.partnerships import create_partnership, record_dates
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
    assert "First steps" in client.get(board).content.decode()
    mentee, mentor = (
        enrol(programme=programme, organisation=OrganisationFactory(), role=role, by=by).teams.get()
        for role in ("mentee", "mentor")
    )
    enrol(programme=programme, organisation=AssociationFactory(), role="association", by=by)
    pair = create_partnership(programme=programme, theme=None, cities={"mentee": [mentee], "mentor": [mentor]}, by=by)
    assert [step.done for step in first_steps(programme)][1:] == [True, True, False, True, False]
    record_dates(partnership=pair, dates={programme.stages.first(): {"planned_on": date(2027, 1, 1)}}, by=by)
    assert first_steps(programme) == []
    assert "First steps" not in client.get(board).content.decode()
