"""A form gets a newer version: the team's click moves it, nothing written is lost, corrections show at once."""

import copy

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.urls import reverse

from programmes.assessments import loader, structure, versions
from programmes.assessments.checks import keys_keep_their_kind
from programmes.assessments.loader import KindChangedError, install, install_for, read
from programmes.assessments.models import Part, Questionnaire, QuestionnaireVersion, Response
from programmes.assessments.services import answers
from programmes.assessments.services.versions import NothingNewer, move_to_newest
from programmes.common.access import Access

NEXT = read("needs")["version"] + 1
LEFT_OUT, REWORDED, ADDED = "challenge.impact", "challenge.what", "challenge.since"


def second_version(data):
    """Leaves one question out, words one anew, and asks one more."""
    data["version"] = NEXT
    questions = data["sections"][0]["questions"]
    questions[:] = [question for question in questions if question["key"] != LEFT_OUT]
    questions[0]["title"] = {"en": "What is it about?", "es": "¿De qué se trata?"}
    part = {"key": ADDED, "kind": "text", "label": {"en": "Since when", "es": "Desde cuándo"}}
    questions.append({"key": ADDED, "number": 90, "title": {"en": "Since when?"}, "parts": [part]})


@pytest.fixture
def publish(monkeypatch, db):
    """Brings a changed needs analysis, as a release would."""
    known = read

    def bring(change):
        data = copy.deepcopy(known("needs"))
        change(data)
        monkeypatch.setattr(loader, "read", lambda key: data if key == "needs" else known(key))
        return install(apps.get_model)

    return bring


def move(desk, number=NEXT, who="mentee") -> Response:
    return move_to_newest(response=desk.needs, number=number, by=desk.world.user(who))


def page(desk, who="mentee", section="challenge") -> str:
    return desk.client(who).get(f"/forms/{desk.needs.pk}/", {"section": section, "all": "1"}).content.decode()


# What changes


def test_a_response_stays_with_its_version_until_the_click(desk, publish):
    publish(second_version)
    before = desk.needs.questionnaire_version
    assert answers.begin(team=desk.needs.team, purpose="needs", access=Access(desk.world.user("mentee"))) == desk.needs
    assert Response.objects.get(pk=desk.needs.pk).questionnaire_version == before
    html = page(desk)
    assert reverse("assessments:newer", args=[desk.needs.pk]) in html
    assert "What is it about?" not in html


def test_a_new_response_begins_with_the_newest(desk, publish):
    publish(second_version)
    assert desk.begin("stranger", "needs").questionnaire_version.number == NEXT


def test_the_page_says_what_is_added_reworded_and_left_out(desk, publish):
    publish(second_version)
    new = versions.newer_version(desk.needs)
    found = versions.changes(desk.needs.questionnaire_version, new, {"policy_field": {"en": "integration"}})
    assert (len(found.added), len(found.reworded), len(found.left_out)) == (1, 1, 1)
    html = desk.client("mentee").get(f"/forms/{desk.needs.pk}/newer/").content.decode()
    for words in (*found.added, *found.reworded, *found.left_out):
        assert words in html


def test_only_the_organisations_own_team_moves_its_form(desk, publish):
    publish(second_version)
    url = f"/forms/{desk.needs.pk}/newer/"
    assert desk.client("lps").get(url).status_code == 403
    assert desk.client("stranger").get(url).status_code == 404
    assert url not in page(desk, "lps", "typicality")
    assert desk.client("lps").post(url, {"number": NEXT}).status_code == 403
    assert desk.client("mentee").post(url, {"number": NEXT}).status_code == 302
    assert Response.objects.get(pk=desk.needs.pk).questionnaire_version.number == NEXT


def test_moving_twice_is_moving_once_and_another_version_is_refused(desk, publish):
    with pytest.raises(NothingNewer):
        move(desk)
    publish(second_version)
    move(desk)
    assert move(desk).questionnaire_version.number == NEXT
    with pytest.raises(NothingNewer):
        move(desk, NEXT + 1)


# Nothing is lost


def test_answers_go_on_where_the_box_is_and_others_stand_below_with_their_words(desk, publish):
    desk.write(REWORDED, "Courses end at A2")
    desk.write(LEFT_OUT, "People leave the town", language="lv")
    publish(second_version)
    asked = desk.part(LEFT_OUT).question.title["en"]
    move(desk)
    html = page(desk)
    assert "Courses end at A2" in html
    below = html[html.index('id="asked-earlier"') :]
    assert "People leave the town" in below
    assert asked.replace("{policy_field}", "the integration of migrants") in below
    assert "Courses end at A2" not in below


def test_an_association_does_not_see_what_the_city_answered_earlier(desk, publish):
    desk.write(LEFT_OUT, "People leave the town")
    publish(second_version)
    move(desk)
    assert "People leave the town" not in page(desk, "lps", "typicality")


def test_what_is_typed_into_a_question_left_out_meanwhile_is_told_and_kept(desk, publish):
    desk.write(LEFT_OUT, "People leave")
    publish(second_version)
    move(desk)
    data = {"base": 1, "value": "People leave the town", "language": "en"}
    reply = desk.client("mentee").post(f"/forms/{desk.needs.pk}/boxes/{LEFT_OUT}/", data)
    assert reply.status_code == 422
    assert "People leave the town" in reply.content.decode()
    assert "Asked earlier" in reply.content.decode()
    assert desk.needs.answers.get(part_key=LEFT_OUT).value == "People leave"


def test_history_of_an_earlier_answer_is_read_and_not_restored(desk, publish):
    desk.write(LEFT_OUT, "People leave the town, because there is neither work nor a course near them")
    desk.write(LEFT_OUT, "", base=1)
    publish(second_version)
    move(desk)
    url = f"/forms/{desk.needs.pk}/boxes/{LEFT_OUT}/history/"
    html = desk.client("mentee").get(url).content.decode()
    assert "People leave" in html
    assert 'name="revision"' not in html
    desk.client("mentee").post(url, {"revision": 1})
    assert desk.needs.answers.get(part_key=LEFT_OUT).value == ""


def test_a_need_drawn_from_an_earlier_answer_keeps_where_it_came_from(desk, publish):
    need = desk.need(part_key=LEFT_OUT)
    publish(second_version)
    move(desk)
    html = desk.client("mentee").get(f"/forms/needs/{need.pk}/").content.decode()
    assert f'value="{LEFT_OUT}" selected' in html


# Corrections and kinds


def test_a_correction_shows_at_once_though_the_old_words_are_in_memory(desk, publish):
    before = desk.part(REWORDED).question.title["en"]
    page(desk)

    def correct(data):
        data["sections"][0]["questions"][0]["title"]["en"] = "Which challenge is it?"

    publish(correct)
    assert before != "Which challenge is it?"
    assert "Which challenge is it?" in page(desk)


def test_structure_is_read_once_per_stamp(desk, django_assert_num_queries):
    version = QuestionnaireVersion.objects.get(pk=desk.needs.questionnaire_version_id)
    structure.parts_of(version)
    with django_assert_num_queries(0):
        assert structure.sections_of(version)
        assert structure.parts_of(version)


def test_a_key_keeps_its_kind_in_every_version(publish):
    def change(data):
        second_version(data)
        data["sections"][0]["questions"][0]["parts"][0]["kind"] = "list"

    with pytest.raises(KindChangedError, match=REWORDED):
        publish(change)
    assert not QuestionnaireVersion.objects.filter(number=NEXT).exists()


def test_the_check_finds_a_key_of_two_kinds(publish):
    publish(second_version)
    assert keys_keep_their_kind(databases=["default"]) == []
    rows = Part.objects.filter(key=REWORDED, question__section__version__number=NEXT)
    assert rows.update(kind="list") == 1
    assert [error.id for error in keys_keep_their_kind(databases=["default"])] == ["assessments.E001"]
    assert keys_keep_their_kind() == []


# Any programme


def own_form() -> dict:
    data = copy.deepcopy(read("strengths"))
    return data | {"key": "our-strengths", "title": {"en": "What we are proud of"}}


def test_a_programme_may_ask_for_another_kind_under_a_key_of_everybodys_form(desk):
    data = copy.deepcopy(read("strengths"))
    part = next(part for section in data["sections"] for question in section["questions"] for part in question["parts"])
    part["kind"] = "list" if part["kind"] == "text" else "text"
    install_for(desk.world.programme, data, apps.get_model)
    assert keys_keep_their_kind(databases=["default"]) == []


def test_a_programme_asks_its_own_form_instead_of_everybodys(desk):
    install_for(desk.world.programme, own_form(), apps.get_model)
    assert desk.begin("mentor", "strengths").questionnaire.key == "our-strengths"
    other = structure.newest_for(None, "strengths")
    assert other.questionnaire.key == "strengths"
    assert "What we are proud of" in desk.client("would_be").get("/forms/").content.decode()


def test_what_was_begun_stays_when_the_programme_brings_its_own(desk):
    begun = desk.begin("mentor", "strengths")
    install_for(desk.world.programme, own_form(), apps.get_model)
    assert desk.begin("mentor", "strengths") == begun


def test_the_command_loads_a_programmes_file(desk, tmp_path, capsys):
    file = tmp_path / "form.yaml"
    file.write_text((loader.DATA / "strengths.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    call_command("load_questionnaires", str(file), programme=desk.world.programme.pk)
    assert Questionnaire.objects.get(owner=desk.world.programme).purpose == "strengths"


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "key: x\nsections: []\npurpose: nothing\nversion: 1\ntitle: {en: A}", ":"]
)
def test_the_command_refuses_what_is_no_form(desk, tmp_path, text):
    file = tmp_path / "form.yaml"
    file.write_text(text)
    with pytest.raises(CommandError, match="form"):
        call_command("load_questionnaires", str(file), programme=desk.world.programme.pk)
