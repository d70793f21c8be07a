"""A corrected design reaches the stages and columns that programmes received, but for those they changed."""

import copy

import pytest
from django.core.management import CommandError, call_command

from programmes.accounts.models import User
from programmes.action_plans import columns
from programmes.participants.enums import OrganisationKind
from programmes.participants.models import Organisation
from programmes.partnerships.design import default_design
from programmes.partnerships.services import programmes

TITLE = {"en": "Aims", "es": "Metas"}


@pytest.fixture
def carla(db) -> User:
    return User.objects.create_user("carla@example.org", name="Carla")


@pytest.fixture
def programme(carla):
    network = Organisation.objects.create(name="Network", kind=OrganisationKind.NETWORK)
    made = programmes.create_programme(title="Cities learn", network=network, by=carla)
    columns.columns_of(made)
    return made


@pytest.fixture
def corrected(monkeypatch):
    """The design with another title for goals and for results, one stage and one column more, one stage less."""
    design, plan = copy.deepcopy(default_design()), copy.deepcopy(columns._design())
    stages = {stage["key"]: stage for stage in design["stages"]}
    stages["goals"]["title"] = TITLE
    design["stages"] = [stage for stage in design["stages"] if stage["key"] != "academies"]
    design["stages"].append({"key": "review", "title": {"en": "Review"}, "purpose": {}})
    next(row for row in plan["columns"] if row["key"] == "results")["title"] = TITLE
    plan["columns"].append({"key": "cost", "kind": "money", "title": {"en": "Cost"}})
    monkeypatch.setattr(programmes, "default_design", lambda: design)
    monkeypatch.setattr(columns, "_design", lambda: plan)


def run(capsys, **options) -> str:
    call_command("correct_from_design", **options)
    return capsys.readouterr().out


def test_as_in_the_design_there_is_nothing_to_say(programme, capsys):
    assert "as in the design" in run(capsys)


def test_it_is_shown_first_and_nothing_is_written(programme, corrected, capsys):
    said = run(capsys)
    assert "stage goals: would be changed (title)" in said
    assert "stage review: would be added" in said
    assert "stage academies: left alone, the design has it no more" in said
    assert "plancolumn results: would be changed (title)" in said
    assert "plancolumn cost: would be added" in said
    assert programme.stages.get(key="goals").title != TITLE
    assert not programme.plan_columns.filter(key="cost").exists()


def test_applied_it_reaches_what_the_programme_left_as_it_came(programme, corrected, capsys):
    run(capsys, apply=True)
    assert programme.stages.get(key="goals").title == TITLE
    assert programme.stages.order_by("order").last().key == "review"
    assert programme.stages.filter(key="academies").exists()
    assert programme.plan_columns.get(key="results").title == TITLE
    cost = programme.plan_columns.last()
    assert (cost.key, cost.kind) == ("cost", "money")
    assert "would be" not in run(capsys)


def test_what_the_programme_changed_is_left_alone_and_listed(programme, carla, corrected, capsys):
    stage = programme.stages.get(key="goals")
    programmes.change_stage(stage=stage, title={"en": "Our goals"}, purpose=stage.purpose, by=carla)
    programme.plan_columns.filter(key="results").update(help={"en": "Say it in figures."})
    said = run(capsys, apply=True)
    assert "stage goals: left alone, the programme changed it (title)" in said
    assert "plancolumn results: left alone, the programme changed it (title)" in said
    assert programme.stages.get(key="goals").title == {"en": "Our goals"}
    assert programme.plan_columns.get(key="results").title != TITLE


def test_a_stage_of_the_programmes_own_is_nobodys_business(programme, carla, corrected, capsys):
    own = programmes.add_stage(programme=programme, title={"en": "Review"}, by=carla)
    assert (own.key, own.origin) == ("review", "")
    run(capsys, apply=True)
    own.refresh_from_db()
    assert own.title == {"en": "Review"}
    assert programme.stages.get(origin="review").key == "review-2"


def test_an_unknown_programme_is_said(db):
    with pytest.raises(CommandError, match="no programme"):
        call_command("correct_from_design", programme=77)
