"""Boxes through the door: saved, merged, refused with both texts, restored, translated; nothing typed is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.assessments.models import Answer
from programmes.partnerships.models import TeamMember

JSON = {"accept": "application/json"}


def url(desk, key: str, name="answer") -> str:
    return reverse(f"assessments:{name}", args=[desk.needs.pk, key])


def post(desk, who, key, name="answer", *, json=True, **data):
    return desk.client(who).post(url(desk, key, name), {"base": 0} | data, headers=JSON if json else {})


def answer(desk, key: str) -> Answer:
    return Answer.objects.get(response=desk.needs, part_key=key)


def test_a_text_is_saved_with_revision_language_and_wording(desk):
    reply = post(desk, "mentee", "challenge.what", value="Valoda", language="lv")
    assert reply.status_code == 200
    assert reply.json()["revision"] == 1
    assert reply.json()["by"] == "Officer mentee"
    saved = answer(desk, "challenge.what")
    assert (saved.value, saved.language, saved.on_behalf) == ("Valoda", "lv", False)
    assert saved.history.get().wording["question"]["en"].startswith("What do you want")


def test_without_javascript_the_page_of_the_box_comes_back(desk):
    reply = post(desk, "mentee", "challenge.what", json=False, value="Text")
    assert reply.status_code == 302
    assert reply.url == f"/forms/{desk.needs.pk}/?section=challenge#challenge-what"


def test_changes_in_different_paragraphs_merge(desk):
    colleague = desk.world.join("colleague", desk.world.team("mentee"))
    desk.world.users["colleague"] = colleague
    desk.write("challenge.what", "One.\n\nTwo.")
    post(desk, "mentee", "challenge.what", base=1, value="One, changed.\n\nTwo.")
    reply = post(desk, "colleague", "challenge.what", base=1, value="One.\n\nTwo, changed.", base_value="One.\n\nTwo.")
    assert reply.json()["merged"] is True
    assert answer(desk, "challenge.what").value == "One, changed.\n\nTwo, changed."


def test_lists_merge_and_come_back_as_lines(desk):
    desk.write("challenge.partners", ["School", "Library"])
    post(desk, "mentee", "challenge.partners", base=1, value="School\nLibrary\nTheatre")
    reply = post(desk, "mentee", "challenge.partners", base=1, value="Schools\nLibrary", base_value="School\nLibrary")
    assert reply.json()["value"] == "Schools\nLibrary\nTheatre"
    assert answer(desk, "challenge.partners").value == ["Schools", "Library", "Theatre"]


def test_the_same_paragraph_is_refused_with_both_texts(desk):
    desk.write("challenge.what", "Ours.")
    post(desk, "mentee", "challenge.what", base=1, value="Theirs.")
    reply = post(desk, "mentee", "challenge.what", base=1, value="Mine.", base_value="Ours.")
    assert reply.status_code == 409
    body = reply.json()
    assert (body["base"], body["theirs"], body["mine"], body["revision"]) == ("Ours.", "Theirs.", "Mine.", 2)
    page = post(desk, "mentee", "challenge.what", json=False, base=1, value="Mine.")
    assert page.status_code == 409
    assert "Theirs." in page.content.decode()
    assert "Mine." in page.content.decode()


def test_figures_do_not_merge_and_show_both(desk):
    desk.write("local.inhabitants", {"state": "known", "value": "55300"})
    reply = post(desk, "mentee", "local.inhabitants", value="60 000", year="2021")
    assert reply.status_code == 409
    assert "55,300" in reply.json()["theirs"]
    assert "60,000" in reply.json()["mine"]


@pytest.mark.parametrize(
    ("key", "data", "field"),
    [
        ("local.inhabitants", {"value": "many"}, "value"),
        ("local.inhabitants", {"value": "5", "year": "x"}, "year"),
        ("local.definition", {"value": "<script>"}, "value"),
        ("challenge.what", {"value": "x" * 100_001}, "value"),
        ("challenge.what", {"value": "x", "language": "klingon"}, "language"),
        ("challenge.what", {"value": "x", "base": "abc"}, "base"),
        ("challenge.what", {"value": "x", "base": "-1"}, "base"),
        ("challenge.what", {"value": "x", "base": "9" * 30}, None),
    ],
)
def test_bad_input_is_told_at_the_field_and_kept(desk, key, data, field):
    reply = post(desk, "mentee", key, **data)
    assert reply.status_code in (409, 422) if field is None else reply.status_code == 422
    if field:
        assert field in reply.json()["errors"]
    page = post(desk, "mentee", key, json=False, **data)
    assert page.status_code in (302, 409, 422)


def test_hostile_text_is_shown_as_text(desk):
    hostile = "<script>alert(1)</script> \u202e =1+1 \x00\ud800 👋".encode("utf-8", "surrogatepass").decode(
        "utf-8", "replace"
    )
    assert post(desk, "mentee", "challenge.what", value=hostile).status_code == 200
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("key", ["challenge.unknown", "national.powers", "typicality.alike"])
def test_boxes_of_others_are_not_mine(desk, key):
    expected = 404 if key == "challenge.unknown" else 403
    assert post(desk, "mentee", key, value="x").status_code == expected
    assert not Answer.objects.filter(part_key=key).exists()


def test_an_association_writes_only_about_the_city(desk):
    assert post(desk, "lps", "typicality.alike", value="Typical.").status_code == 200
    assert post(desk, "lps", "challenge.what", value="x").status_code == 403
    assert post(desk, "brulocalis", "typicality.alike", value="x").status_code == 404


@pytest.mark.parametrize("who", ["mentor", "stranger", "coordinator", "facilitator", "superior", "admin"])
def test_nobody_else_writes_or_learns_that_there_is_something(desk, who):
    assert post(desk, who, "challenge.what", value="x").status_code == 404


def test_signed_out_is_told_and_the_text_is_kept(desk, client):
    reply = client.post(url(desk, "challenge.what"), {"base": 0, "value": "x"}, headers=JSON)
    assert reply.status_code == 401
    assert client.post(url(desk, "challenge.what"), {"base": 0, "value": "x"}).status_code in (302, 403)


def test_a_facilitator_writes_on_behalf_where_the_team_allowed_it_and_it_is_marked(desk):
    team = desk.world.team("mentee")
    team.facilitator_may_write_at, team.facilitator_may_write_by = timezone.now(), desk.world.users["mentee"]
    team.save()
    assert post(desk, "facilitator", "challenge.what", value="For you").status_code == 200
    assert answer(desk, "challenge.what").on_behalf is True
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert "typed by the facilitator" in page
    assert "your facilitator, whom your team lets write" in page


def test_a_member_who_left_is_out_with_the_next_request(desk):
    client = desk.client("mentee")
    assert client.get(desk.needs.get_absolute_url()).status_code == 200
    place = TeamMember.objects.get(person__user=desk.world.users["mentee"])
    place.ended_on, place.ended_by = timezone.localdate(), desk.world.users["coordinator"]
    place.save()
    assert client.get(desk.needs.get_absolute_url()).status_code == 404
    assert post(desk, "mentee", "challenge.what", value="x").status_code == 404


def test_history_shows_changes_and_restores_as_a_new_revision(desk):
    desk.write("challenge.what", "First thoughts of the team.")
    desk.world.users["colleague"] = desk.world.join("colleague", desk.world.team("mentee"))
    desk.write("challenge.what", "Second.", base=1, who="colleague")
    page = desk.client("mentee").get(url(desk, "challenge.what", "history"))
    assert page.status_code == 200
    assert "<del>" in page.content.decode()
    reply = post(desk, "mentee", "challenge.what", "history", json=False, revision=1)
    assert reply.status_code == 302
    saved = answer(desk, "challenge.what")
    assert (saved.value, saved.revision) == ("First thoughts of the team.", 3)
    assert post(desk, "mentee", "challenge.what", "history", json=False, revision=99).status_code == 302
    assert answer(desk, "challenge.what").revision == 3


def test_history_is_the_writers_own(desk):
    desk.write("challenge.what", "Text")
    desk.share("challenge", to=["mentor"])
    assert desk.client("mentor").get(url(desk, "challenge.what", "history")).status_code == 403
    assert desk.client("stranger").get(url(desk, "challenge.what", "history")).status_code == 404
    assert desk.client("mentee").get(url(desk, "challenge.why", "history")).status_code == 404


def test_a_translation_stands_beside_and_is_marked_when_the_original_went_on(desk):
    desk.write("challenge.what", "Valoda", language="lv")
    assert post(desk, "mentee", "challenge.what", "translate", base=1, value="Language").status_code == 200
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert "up to date" in page
    desk.write("challenge.what", "Valoda un darbs", language="lv", base=1)
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert "The original changed since" in page


def test_two_translators_are_shown_both_texts(desk):
    desk.write("challenge.what", "Valoda", language="lv")
    post(desk, "mentee", "challenge.what", "translate", base=1, value="Language", base_value="")
    reply = post(desk, "mentee", "challenge.what", "translate", base=1, value="Tongue", base_value="")
    assert reply.status_code == 409
    assert reply.json()["theirs"] == "Language"


def test_colleagues_see_each_other_and_nobody_else_does(desk):
    desk.world.users["colleague"] = desk.world.join("colleague", desk.world.team("mentee"))
    here = reverse("assessments:presence", args=[desk.needs.pk])
    desk.client("mentee").post(here)
    assert desk.client("colleague").post(here).json()["others"] == ["Officer mentee"]
    desk.client("mentee").post(here, {"leave": "1"})
    assert desk.client("colleague").post(here).json()["others"] == []
    assert desk.client("lps").post(here).json()["others"] == []
    assert desk.client("mentor").post(here).status_code == 404


LATVIAN = "Pieaugušie mācās latviešu valodu kursos, kas beidzas ar A2 līmeni, un pēc tam nav kur to lietot."


def test_the_language_of_the_words_is_offered_and_what_one_chose_last_comes_first(desk):
    reply = post(desk, "mentee", "challenge.what", base=0, value=LATVIAN, language="en").json()
    assert reply["language_guess"] == {"code": "lv", "name": "Latviešu"}
    reply = post(desk, "mentee", "challenge.what", base=1, value=LATVIAN, language="lv").json()
    assert reply["language_guess"] is None
    post(desk, "mentee", "challenge.why", base=0, value="x", language="uk")
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    chosen = [option for option in page.split("<option")[1:] if " selected" in option and 'lang="' in option]
    assert sum('value="uk"' in option for option in chosen) == len(chosen) - 1
    assert 'value="ti"' in page


def test_whether_a_text_or_a_translation_arrived(desk):
    nothing = post(desk, "mentee", "challenge.what", base=0, value="Valoda", base_value="", arrived=1)
    assert nothing.json() == {"arrived": False}
    desk.write("challenge.what", "Valoda", language="lv")
    assert post(desk, "mentee", "challenge.what", base=0, value="Valoda", base_value="", arrived=1).json() == {
        "arrived": True
    }
    fields = {"base": 1, "value": "Language", "base_value": ""}
    assert post(desk, "mentee", "challenge.what", "translate", **fields, arrived=1).json() == {"arrived": False}
    post(desk, "mentee", "challenge.what", "translate", **fields)
    assert post(desk, "mentee", "challenge.what", "translate", **fields, arrived=1).json() == {"arrived": True}


def test_what_was_saved_is_told_to_those_who_write_that_section(desk):
    here = reverse("assessments:presence", args=[desk.needs.pk])
    desk.write("challenge.what", "Courses end at A2")
    assert desk.client("mentee").post(here).json()["revisions"] == {"challenge.what": 1}
    assert desk.client("lps").post(here).json()["revisions"] == {}
    of_the_city = {"box": "challenge.what"}
    assert desk.client("mentee").get(here, of_the_city).json()["boxes"]["challenge.what"]["revision"] == 1
    assert desk.client("lps").get(here, of_the_city).json() == {"boxes": {}}
    assert desk.client("mentor").get(here, of_the_city).status_code == 404


def test_every_box_can_be_saved_without_javascript(desk):
    page = desk.client("mentee").get(f"{desk.needs.get_absolute_url()}?section=local").content.decode()
    assert page.count("data-autosave") == page.count("data-without-script")
    assert page.count("data-autosave") > 15
