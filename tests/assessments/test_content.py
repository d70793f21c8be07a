"""The method's texts as data: complete, in both languages, and every item of the annexes asked somewhere."""

import re

import pytest

from programmes.assessments.enums import Party
from programmes.assessments.wording import worded
from programmes.common.kinds import KINDS
from programmes.overview.tools import TOOLS
from programmes.participants.enums import Indicator, Sector
from programmes.partnerships.words import default_variables
from tests.method_files import PROGRAMMES, QUESTIONNAIRES, content, name_of, parts_of, questions_of, read, walk

METHOD_FILES = [file for file in sorted(PROGRAMMES.glob("*/data/*.yaml")) if file.stem != "coverage"]
COVERAGE = content("assessments/data/coverage.yaml")
LANGUAGES = {"en", "es"}
KEY = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_]*)?")


def texts_of(data):
    return [(path, node) for path, node in walk(data) if "en" in node]


# Texts


@pytest.mark.parametrize("file", METHOD_FILES, ids=name_of)
def test_every_text_says_something_else_in_each_language(file):
    for path, text in texts_of(read(file)):
        assert set(text) == LANGUAGES, f"{path}: {set(text)}"
        assert all(isinstance(words, str) and words.strip() for words in text.values()), path
        same = text["en"].casefold() == text["es"].casefold()
        assert not same, f"{path}: not translated: {text['en']}"


@pytest.mark.parametrize("file", METHOD_FILES, ids=name_of)
def test_variables_are_words_of_a_programme_and_stand_in_both_languages(file):
    known = {"{policy_field}", *(f"{{{key}}}" for key in default_variables())}
    for path, text in texts_of(read(file)):
        used = {language: sorted(re.findall(r"{[^}]*}", words)) for language, words in text.items()}
        assert used["en"] == used["es"], path
        assert set(used["en"]) <= known, path


ALL_FILES = sorted(PROGRAMMES.glob("*/data/*.yaml")) + sorted(PROGRAMMES.glob("overview/demo/*.yaml"))


@pytest.mark.parametrize("file", ALL_FILES, ids=name_of)
def test_no_comma_tears_a_text_apart(file):
    """An unquoted comma between braces makes a key without a value of what follows it."""
    for path, node in walk(read(file)):
        assert not {key for key, value in node.items() if value is None} - {"from", "to"}, path


# Questionnaires


@pytest.mark.parametrize("questionnaire", QUESTIONNAIRES.values(), ids=QUESTIONNAIRES)
def test_keys_are_ascii_unique_and_begin_with_their_section(questionnaire):
    keys = [part["key"] for question in questions_of(questionnaire) for part in question["parts"]]
    assert len(keys) == len(set(keys))
    for section in questionnaire["sections"]:
        for question in section["questions"]:
            for entry in (question, *question["parts"]):
                assert KEY.fullmatch(entry["key"]), entry["key"]
                assert entry["key"].split(".")[0] == section["key"]


@pytest.mark.parametrize("questionnaire", QUESTIONNAIRES.values(), ids=QUESTIONNAIRES)
def test_every_box_has_a_label_a_known_kind_and_what_its_kind_needs(questionnaire):
    for section in questionnaire["sections"]:
        assert {section["answered_by"], section["kept_by"]} <= set(Party.values)
        assert section["title"]
        assert section["purpose"]
    for key, part in parts_of(questionnaire).items():
        assert part["label"], key
        assert part["kind"] in KINDS, key
        counted = KINDS[part["kind"]].is_tabular
        assert (part.get("indicator") in Indicator.values) == counted, key
        assert bool(part.get("options")) == (part["kind"] == "choice"), key


@pytest.mark.parametrize("questionnaire", QUESTIONNAIRES.values(), ids=QUESTIONNAIRES)
def test_parts_of_one_question_are_lettered_in_order(questionnaire):
    for question in questions_of(questionnaire):
        letters = [part.get("letter", "") for part in question["parts"]]
        assert letters == ([""] if len(letters) == 1 else list("abcdefgh"[: len(letters)])), question["key"]


def test_the_annexes_keep_their_numbers():
    numbers = {
        key: [q["number"] for q in questions_of(questionnaire) if "number" in q]
        for key, questionnaire in QUESTIONNAIRES.items()
    }
    assert numbers["needs"] == list(range(1, 23))
    assert numbers["strengths"] == list(range(1, 15))


def test_source_names_the_prompt_of_the_annex():
    for key, annex in (("needs", "Annex 2"), ("strengths", "Annex 3")):
        for question in questions_of(QUESTIONNAIRES[key]):
            prompt = f"{annex}, {question['number']}" if "number" in question else "Guide, 4"
            assert prompt in question["source"].split("; ")


def test_a_form_opens_with_the_few_questions_that_make_a_draft():
    opening = {
        key: [q["number"] for q in questions_of(questionnaire) if q.get("opens_first")]
        for key, questionnaire in QUESTIONNAIRES.items()
    }
    assert opening == {"needs": [1, 3, 5, 9, 10], "strengths": [1, 2], "association-context": []}


def test_the_association_keeps_only_what_is_about_itself():
    kept = {
        question.get("number"): (section["answered_by"], section["kept_by"])
        for section in QUESTIONNAIRES["needs"]["sections"]
        for question in section["questions"]
    }
    assert {kept[number] for number in (None, *range(1, 17))} == {("city", "city")}
    assert kept[17] == ("association", "city")
    assert {kept[number] for number in range(18, 23)} == {("association", "association")}


# Coverage of the annexes


def expected_ids(annex: str, prompts: int) -> set[str]:
    return {f"{annex}.{number}" for number in range(1, prompts + 1)}


def asked_prompts(questionnaire: str) -> set[str]:
    ids = (row["ids"][questionnaire] for row in COVERAGE["questionnaires"] if questionnaire in row["ids"])
    return {found.group() for asked in ids if (found := re.match(r"A\d\.\d+", asked))}


@pytest.mark.parametrize(("key", "annex", "prompts"), [("needs", "A2", 22), ("strengths", "A3", 14)])
def test_every_prompt_of_the_annexes_is_asked(key, annex, prompts):
    assert asked_prompts(key) == expected_ids(annex, prompts)


@pytest.mark.parametrize("row", COVERAGE["questionnaires"], ids=lambda row: next(iter(row["ids"].values())))
def test_each_item_of_an_annex_has_its_question_and_its_boxes(row):
    for key in row["ids"]:
        question = next(q for q in questions_of(QUESTIONNAIRES[key]) if q["key"] == row["question"])
        boxes = {part["key"]: part for part in question["parts"]}
        assert row["parts"]
        assert set(row["parts"]) <= set(boxes)
        number = row["ids"][key].split(".")[1].rstrip("abc")
        beside = row["ids"][key].startswith("G")
        assert key == "association-context" or beside or question["number"] == int(number)
        for language, words in row.get("named", {}).items():
            assert words.casefold() in said(question, [boxes[part] for part in row["parts"]], language)


def said(question, parts, language) -> str:
    """All that a reader of the default programme is told at these boxes, in one language."""
    entries = [question["title"], question["help"]]
    entries += [part[field] for part in parts for field in ("label", "help") if field in part]
    entries += [prompt for part in parts for prompt in part.get("prompts", ())]
    return " ".join(worded(entry, None, language) for entry in entries).casefold()


@pytest.mark.parametrize("key", QUESTIONNAIRES)
def test_questions_that_speak_of_migrants_leave_the_words_to_the_programme(key):
    """But for the three ways of counting them, which are figures of the directory."""
    counted = {"local.migrant_origin", "local.definition", "local.status_groups"}
    for question in questions_of(QUESTIONNAIRES[key]):
        parts = [part for part in question["parts"] if part["key"] not in counted]
        words = " ".join(entry["en"] for _path, entry in texts_of([question | {"parts": []}, parts]))
        assert not re.search("migra|refugee|integrat", words, re.IGNORECASE), question["key"]


SENSITIVITIES = ["work", "attitudes", "rivalry", "funding", "powers", "legislation", "other"]


@pytest.mark.parametrize(("key", "prompt"), [("local.sensitive", "16b"), ("national.sensitive", "21b")])
def test_sensitivities_are_one_box_with_the_list_of_the_annex(key, prompt):
    part = parts_of(QUESTIONNAIRES["needs"])[key]
    named = [row["ids"]["needs"] for row in COVERAGE["questionnaires"] if key in row["parts"] and "named" in row]
    assert named == [f"A2.{prompt}.{item}" for item in SENSITIVITIES]
    assert len(part["prompts"]) == len(SENSITIVITIES)


@pytest.mark.parametrize("key", QUESTIONNAIRES)
def test_no_box_asks_what_no_annex_asks(key):
    asked = {part for row in COVERAGE["questionnaires"] if key in row["ids"] for part in row["parts"]}
    assert asked == set(parts_of(QUESTIONNAIRES[key]))


def test_each_item_is_listed_once():
    ids = [(key, asked) for row in COVERAGE["questionnaires"] for key, asked in row["ids"].items()]
    assert len(ids) == len(set(ids))


# Action plan (Annex 6), support group (Annex 5), mentoring (Annex 1)


def test_every_column_of_the_plan_annex_has_its_cells():
    file = content("action_plans/data/columns.yaml")
    columns = {column["key"]: column for column in file["columns"]}
    assert {column["kind"] for column in columns.values()} <= set(KINDS)
    assert {column.get("group") for column in columns.values()} == {None} | {group["key"] for group in file["groups"]}
    rows = [row for row in COVERAGE["plan"] if "columns" in row]
    assert {row["id"].split(".")[1] for row in rows if row["id"] != "A6.beside"} == {str(n) for n in range(1, 7)}
    assert [key for row in rows for key in row["columns"] if "resources" not in row["columns"]] == [
        "what", "results", "time", "leads", "partners", "success", "reach",
    ]  # fmt: skip
    assert {key for row in rows for key in row["columns"]} == set(columns)
    for row in rows:
        for language, words in row.get("named", {}).items():
            column = columns[row["columns"][0]]
            assert words in f"{column['title'][language]} {column['help'][language]}".casefold()


def test_every_recommendation_for_the_support_group_is_a_hint():
    file = content("partnerships/data/support_group_hints.yaml")
    lists = {"hint": "hints", "task": "tasks", "lifetime": "lifetime", "gain": "gains"}
    for kind, name in lists.items():
        assert [row["key"] for row in file[name]]
        assert {row[kind] for row in COVERAGE["support_group"] if kind in row} == {row["key"] for row in file[name]}
    assert {row["key"] for row in file["sectors"]} == set(Sector.values)
    assert {sector for row in file["hints"] for sector in row.get("sectors", [])} <= set(Sector.values)


POINTS = {
    "offers": "fresh_view confidential_ear guidance sounding_board own_story options comment encouragement",
    "does_not": ("professional_advice advice_or_training coaching therapy solve false_hope decide answer_for_success"),
    "does": "listen clarify ask_options aim next_step",
    "pull": "listen ask paraphrase suggest_options opinion offer_guidance",
    "push": "advise teach tell",
}
"""What Annex 1 says, point by point."""


@pytest.mark.parametrize("name", POINTS)
def test_the_points_of_mentoring_are_all_there(name):
    said = {item["key"]: item["text"] for item in content("partnerships/data/mentoring.yaml")[name]["items"]}
    assert list(said) == POINTS[name].split()
    rows = {row["item"]: row["named"] for row in COVERAGE["mentoring"] if row["list"] == name}
    assert list(rows) == list(said)
    for key, named in rows.items():
        for language, words in named.items():
            assert words in said[key][language].casefold(), key


def test_what_mentors_do_instead_of_advising_is_said_beside_it():
    items = content("partnerships/data/mentoring.yaml")["does_not"]["items"]
    text = next(item["text"] for item in items if item["key"] == "advice_or_training")
    for language, words in {
        "en": ("options", "opinion", "guidance"),
        "es": ("alternativas", "opinión", "orientación"),
    }.items():
        assert all(word in text[language] for word in words)


# The default design


def test_the_design_has_eight_stages_and_proposes_the_tools_of_the_guide():
    design = content("partnerships/data/design.yaml")
    assert len({stage["key"] for stage in design["stages"]}) == len(design["stages"]) == 8
    assert set(design["tools"]) == {tool.key for tool in TOOLS} - {"benchmark"}, "a pair may do without (B7)"
