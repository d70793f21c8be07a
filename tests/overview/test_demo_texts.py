"""The texts of the demo fit the boxes, columns and people they name."""

import pytest

from programmes.assessments.boxes import box_of, kind_of
from programmes.common.kinds import KINDS
from programmes.participants.enums import Sector
from tests.method_files import PROGRAMMES, QUESTIONNAIRES, content, parts_of, read, walk

DEMO = {file.stem: read(file) for file in sorted((PROGRAMMES / "overview/demo").glob("*.yaml"))}
PEOPLE = {person["key"]: person for person in DEMO["people"]["people"]}
CITIES = {name: file for name, file in DEMO.items() if "response" in file}
ANSWER_FIELDS = {"part", "language", "value", "translation", "translation_of", "by", "day", "earlier"}


def test_the_demo_is_the_real_programme():
    programme = DEMO["programme"]
    assert len(DEMO["organisations"]["cities"]) == len(CITIES) == 8
    assert len(DEMO["organisations"]["associations"]) == 7
    assert len({partnership["current_stage"] for partnership in programme["partnerships"]}) == 4
    assert sum("plan" in file for file in CITIES.values()) == 2


@pytest.mark.parametrize("name", CITIES)
def test_demo_answers_fit_their_boxes(name):
    response = CITIES[name]["response"]
    boxes = parts_of(QUESTIONNAIRES[response["questionnaire"]])
    keys = [answer["part"] for answer in response["answers"]]
    assert len(keys) == len(set(keys))
    for answer in response["answers"]:
        check_answer(answer, boxes[answer["part"]])


def check_answer(answer, box):
    """A value as the box itself would have stored it, with a translation in words."""
    written = KINDS[box["kind"]].has_language
    assert set(answer) <= ANSWER_FIELDS, answer["part"]
    assert ("language" in answer) == written, answer["part"]
    assert isinstance(answer.get("translation", ""), str), answer["part"]
    assert answer.get("by", "admin") in PEOPLE
    assert as_stored(answer["value"], box) == answer["value"], answer["part"]


def as_stored(value, box):
    data = value if isinstance(value, dict) else {"value": "\n".join(value) if isinstance(value, list) else value}
    asked = box_of({"indicator": "", "options": []} | box)
    form = kind_of(box).form(asked, data={name: str(typed) for name, typed in data.items()})
    assert form.is_valid(), form.errors
    return form.cleaned_data["value"]


def test_demo_associations_answer_their_own_boxes():
    national, needs = parts_of(QUESTIONNAIRES["association-context"]), parts_of(QUESTIONNAIRES["needs"])
    for association in DEMO["associations"]["associations"]:
        for answer in association["context"]:
            check_answer(answer, national[answer["part"]])
        for city in association["typicality"]:
            assert city["city"] in CITIES
            for answer in city["answers"]:
                check_answer(answer, needs[answer["part"]])


@pytest.mark.parametrize("name", [name for name, file in CITIES.items() if "plan" in file])
def test_demo_plans_fit_the_columns(name):
    plan = CITIES[name]["plan"]
    columns = {column["key"]: column["kind"] for column in content("action_plans/data/columns.yaml")["columns"]}
    folded = {column["key"] for column in content("action_plans/data/columns.yaml")["columns"] if column.get("folded")}
    needs = {need["number"] for need in CITIES[name]["needs"]}
    for action in plan["actions"]:
        assert set(action) <= {"key", "needs", "cells", "since", "first"}
        assert set(action["needs"]) <= needs
        assert action["needs"]
        assert set(action["cells"]) | folded == set(columns)
        for key, cell in action["cells"].items():
            value = cell["value"] if isinstance(cell, dict) and "value" in cell else cell
            kind = {"text": str, "list": list, "period": dict}[columns[key]]
            assert isinstance(value, kind), (action["key"], key)


def test_demo_people_and_parts_that_are_named_exist():
    teams = {person.get("team") for person in PEOPLE.values()}
    boxes = {part for questionnaire in QUESTIONNAIRES.values() for part in parts_of(questionnaire)}
    for name, file in DEMO.items():
        for path, node in walk(file):
            assert node.get("by", "admin") in PEOPLE, f"{name}{path}"
            assert node.get("written_by", "admin") in PEOPLE, f"{name}{path}"
            assert node.get("part", "local.strategy") in boxes, f"{name}{path}"
            if isinstance(node.get("readers"), list):
                assert set(node["readers"]) <= teams, f"{name}{path}"
            if "able" in node:
                assert set(node) == {"team", "by", "day", "able", "words"}
                assert node["able"] in {"yes", "partly", "no"}


def test_demo_support_groups_have_at_most_ten_and_a_seat_of_migrants():
    groups = [file["support_group"] for file in CITIES.values() if "support_group" in file]
    assert max(len(group["members"]) for group in groups) == 10
    for group in groups:
        assert any(seat.get("migrants") for seat in group["members"])
        for seat in group["members"]:
            assert set(seat) <= {"name", "organisation", "sector", "migrants", "dialogue", "person"}
            assert seat["sector"] in Sector.values


def test_demo_conversations_hold_what_was_said():
    for file in CITIES.values():
        for conversation in file.get("conversations", []) + file.get("plan", {}).get("conversations", []):
            assert set(conversation) <= {"about", "state", "opened_to", "messages"}
            assert conversation["messages"]
            for message in conversation["messages"]:
                assert set(message) == {"by", "day", "language", "text"}
