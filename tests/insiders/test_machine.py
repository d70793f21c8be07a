"""Seeded: the same steps in every run. `make test ARGS="tests/insiders --insiders-steps=5000"` looks further."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RULE_MARKER, run_state_machine_as_test

from .conftest import Scene
from .machine import MOST_RULES, Insiders

pytestmark = pytest.mark.django_db

STEPS_A_RUN = 12


def test_nobody_becomes_a_reader_unless_a_member_of_the_team_acts(scene: Scene, pytestconfig: pytest.Config):
    steps = pytestconfig.getoption("insiders_steps")
    plan = settings(
        max_examples=max(steps // STEPS_A_RUN, 1),
        stateful_step_count=STEPS_A_RUN,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = type("Insiders", (Insiders,), {"scene": scene})
    run_state_machine_as_test(machine, settings=plan)


def test_it_has_few_rules():
    rules = [name for name in vars(Insiders) if hasattr(getattr(Insiders, name), RULE_MARKER)]
    assert 1 < len(rules) <= MOST_RULES
