"""Sample data for measuring."""

import pytest
from django.core.management import CommandError, call_command

from programmes.action_plans.models import Plan
from programmes.partnerships.models import Participation, Partnership

pytestmark = pytest.mark.django_db


def test_as_many_partnerships_as_asked_for_in_one_programme():
    call_command("create_sample_data", partnerships=12, seed=7, verbosity=0)
    assert Partnership.objects.count() == 12
    assert Partnership.objects.values("programme").distinct().count() == 1
    assert Participation.objects.filter(role="mentee", ended_on=None).count() == 12
    assert Plan.objects.count() == 6


def test_the_same_seed_twice_is_refused_with_a_sentence():
    call_command("create_sample_data", partnerships=2, seed=7, verbosity=0)
    with pytest.raises(CommandError, match="choose another --seed"):
        call_command("create_sample_data", partnerships=2, seed=7, verbosity=0)
    assert Partnership.objects.count() == 2


@pytest.mark.parametrize("count", [0, -3, 100_001])
def test_impossible_numbers(count):
    with pytest.raises(CommandError):
        call_command("create_sample_data", partnerships=count, seed=1)
