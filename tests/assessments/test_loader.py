"""The files become rows, once; wording follows the files, structure does not."""

import copy

import pytest
from django.apps import apps
from django.core.management import call_command

from programmes.assessments import loader
from programmes.assessments.loader import StructureChangedError, install, read
from programmes.assessments.models import Part, Question, Questionnaire, QuestionnaireVersion, Section
from tests.method_files import content

COVERAGE = content("assessments/data/coverage.yaml")["questionnaires"]
NEXT = read("needs")["version"] + 1

pytestmark = pytest.mark.django_db


def parts_in_rows(key: str) -> set[str]:
    return set(Part.objects.filter(question__section__version__questionnaire__key=key).values_list("key", flat=True))


def test_an_empty_database_has_the_questionnaires():
    assert set(Questionnaire.objects.values_list("key", flat=True)) == {"needs", "strengths", "association-context"}
    asked = Question.objects.exclude(number=None)
    assert asked.filter(section__version__questionnaire__key="needs").count() == 22
    assert asked.filter(section__version__questionnaire__key="strengths").count() == 14


@pytest.mark.parametrize("key", ["needs", "strengths"])
def test_numbers_run_through_as_in_the_annex(key):
    rows = Question.objects.filter(section__version__questionnaire__key=key).order_by("section__order", "order")
    numbers = list(rows.exclude(number=None).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_five_questions_open_first():
    first = Question.objects.filter(section__version__questionnaire__key="needs", opens_first=True)
    assert set(first.values_list("number", flat=True)) == {1, 3, 5, 9, 10}


@pytest.mark.parametrize("item", COVERAGE, ids=lambda item: "+".join(item["ids"].values()))
def test_every_item_of_the_annexes_is_asked_by_a_row(item):
    for key in item["ids"]:
        question = Question.objects.get(section__version__questionnaire__key=key, key=item["question"])
        assert set(item["parts"]) <= set(question.parts.values_list("key", flat=True))


def test_installing_again_changes_nothing():
    before = list(Part.objects.values_list("pk", "key"))
    loaded = install(apps.get_model)
    assert (loaded.made, loaded.reworded) == (0, 0)
    assert list(Part.objects.values_list("pk", "key")) == before


def test_a_corrected_wording_reaches_the_row(monkeypatch):
    changed = changing(
        "needs", lambda data: data["sections"][0]["questions"][0]["title"].update(en="What is it about?")
    )
    monkeypatch.setattr(loader, "read", changed)
    loaded = install(apps.get_model)
    assert loaded.reworded == 1
    assert (
        Question.objects.get(section__version__questionnaire__key="needs", number=1).title["en"] == "What is it about?"
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["sections"][0]["questions"].pop(),
        lambda data: data["sections"][0]["questions"][0]["parts"].append({"key": "challenge.new"}),
        lambda data: data["sections"][0]["questions"][0]["parts"][0].update(kind="list"),
        lambda data: data["sections"].reverse(),
    ],
    ids=["taken away", "added", "other kind", "moved"],
)
def test_a_published_structure_stays(monkeypatch, change):
    monkeypatch.setattr(loader, "read", changing("needs", change))
    before = parts_in_rows("needs")
    with pytest.raises(StructureChangedError, match=f"version {NEXT}"):
        install(apps.get_model)
    assert parts_in_rows("needs") == before


def test_a_new_version_stands_beside_the_old_one(monkeypatch):
    def change(data):
        data["version"] = NEXT
        data["sections"][0]["questions"].pop()

    monkeypatch.setattr(loader, "read", changing("needs", change))
    install(apps.get_model)
    rows = QuestionnaireVersion.objects.filter(questionnaire__key="needs")
    assert list(rows.values_list("number", flat=True)) == [NEXT, NEXT - 1]
    assert Section.objects.filter(version__questionnaire__key="needs").count() == 10


def test_the_command_says_what_it_did(capsys):
    call_command("load_questionnaires")
    assert "0 rows made, 0 reworded" in capsys.readouterr().out


def changing(key: str, change):
    """`loader.read` with one questionnaire changed."""

    def reading(asked: str):
        data = copy.deepcopy(read(asked))
        if asked == key:
            change(data)
        return data

    return reading
