"""Questions of the partner city, and what waits for whom."""

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.assessments import structure
from programmes.assessments.boxes import kind_of
from programmes.assessments.forms import key_of
from programmes.assessments.models import AnswerConversation
from programmes.assessments.selectors import shared_since
from programmes.assessments.services import answers, needs
from programmes.assessments.services import conversations as about_answers
from programmes.common.access import Access
from programmes.conversations import services as conversations
from programmes.conversations.enums import OpenedTo
from programmes.conversations.models import Opening
from programmes.overview.waiting import waiting_for_one
from programmes.sharing.services import recall

WORDS = "Is it practice you lack, or teaching?"


def ask(desk, who: str, about="part:challenge.what", **data):
    cities = key_of(desk.world.participations[side] for side in ("mentee", "mentor"))
    fields = {"about": about, "cities": cities, "text": WORDS} | data
    return desk.client(who).post(reverse("assessments:ask", args=[desk.needs.pk]), fields)


@pytest.fixture
def shared(desk):
    desk.write("challenge.what", "Language")
    desk.need()
    desk.version = desk.share("challenge", "needs", to=["mentor", "lps", "would_be", "coordinator", "facilitator"])
    return desk


def kinds(desk, who: str) -> list[str]:
    return [item.key for item in waiting_for_one(Access(desk.world.user(who)))]


def test_the_mentor_asks_about_an_answer_and_about_a_need(shared):
    assert ask(shared, "mentor").status_code == 302
    need = shared.needs.needs.get()
    assert ask(shared, "mentor", about=f"need:{need.pk}").status_code == 302
    about = {(row.part_key, row.need) for row in AnswerConversation.objects.all()}
    assert about == {("challenge.what", None), ("", need)}


def test_it_stands_in_the_margin_of_both_and_of_nobody_else(shared):
    ask(shared, "mentor")
    assert WORDS in shared.client("mentee").get(shared.needs.get_absolute_url()).content.decode()
    for who in ("mentor", "lps", "would_be", "coordinator", "facilitator"):
        page = shared.client(who).get(reverse("assessments:read", args=[shared.needs.pk]))
        assert page.status_code == 200
        assert (WORDS in page.content.decode()) is (who == "mentor")


def test_it_stands_under_its_answer(shared):
    """So that telephones show both together; wide screens put it beside."""
    ask(shared, "mentor")
    page = shared.client("mentee").get(shared.needs.get_absolute_url()).content.decode()
    places = [page.index(f'id="{key}"') for key in ("question-challenge-what", "question-challenge-cross-cutting")]
    assert places[0] < page.index('class="beside"') < page.index(WORDS) < places[1]
    page = shared.client("mentor").get(reverse("assessments:read", args=[shared.needs.pk])).content.decode()
    assert page.index('id="challenge-what"') < page.index(WORDS) < page.index('id="challenge-cross-cutting"')


def test_the_mentee_asks_back_about_what_it_shared(shared):
    assert ask(shared, "mentee").status_code == 302
    assert kinds(shared, "mentor").count("form.question") == 1


@pytest.mark.parametrize(
    ("who", "status"), [("lps", 403), ("would_be", 403), ("coordinator", 403), ("facilitator", 403), ("stranger", 404)]
)
def test_others_cannot_ask(shared, who, status):
    assert ask(shared, who).status_code == status
    assert not AnswerConversation.objects.exists()


def test_nobody_is_asked_about_what_one_side_cannot_read(shared):
    assert ask(shared, "mentor", about="part:local.strategy").status_code == 403
    assert ask(shared, "mentee", about="part:local.strategy").status_code == 403
    recall(version=shared.version, by=shared.world.user("mentee"), section_key="challenge")
    assert ask(shared, "mentor").status_code == 403


@pytest.mark.parametrize(
    "about", ["", "x", "part:", "part:none", "need:", "need:x", "need:0", "need:" + "9" * 40, "response:1"]
)
def test_wrong_subjects_are_not_found(shared, about):
    assert ask(shared, "mentor", about=about).status_code == 404


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "x" * 10001}, {"cities": "x"}, {"cities": "0-1"}])
def test_bad_input_is_told_and_the_words_stay(shared, data):
    reply = ask(shared, "mentor", **data)
    assert reply.status_code == 200
    assert reply.context["form"].errors
    assert data.get("text", WORDS)[:20] in reply.content.decode()


def test_a_question_waits_for_the_side_that_did_not_speak_last(shared):
    ask(shared, "mentor")
    assert kinds(shared, "mentee") == ["form.question"]
    assert "form.question" not in kinds(shared, "mentor")
    conversation = AnswerConversation.objects.get().conversation
    conversations.reply(conversation=conversation, text="Practice.", access=Access(shared.world.user("mentee")))
    assert kinds(shared, "mentee") == []
    assert "form.question" in kinds(shared, "mentor")
    conversations.resolve(conversation=conversation, access=Access(shared.world.user("mentee")))
    assert "form.question" not in kinds(shared, "mentor")
    for who in ("lps", "coordinator", "facilitator", "superior", "admin"):
        assert "form.question" not in kinds(shared, who)


def test_a_replaced_mentor_reads_and_hears_no_more(shared):
    ask(shared, "mentor")
    place = shared.world.participations["mentor"]
    place.ended_on, place.ended_by = timezone.localdate(), shared.world.users["coordinator"]
    place.save()
    assert kinds(shared, "mentor").count("form.question") == 0
    assert ask(shared, "mentor").status_code == 403


def test_needs_wait_for_would_be_mentors_until_they_spoke(shared):
    assert kinds(shared, "mentor") == kinds(shared, "would_be") == ["need.shared"]
    assert kinds(shared, "coordinator") == kinds(shared, "lps") == []
    need = shared.needs.needs.get()
    needs.state_help(need=need, team=shared.world.team("mentor"), able="yes", words="", by=shared.world.user("mentor"))
    assert kinds(shared, "mentor") == []
    assert kinds(shared, "would_be") == ["need.shared"]


def test_a_translation_that_fell_behind_waits_for_its_writers(desk):
    answer = desk.write("challenge.what", "Valoda", language="lv")
    part, by = desk.part("challenge.what"), desk.world.user("mentee")
    answers.translate_answer(answer=answer, part=part, text="Language", of=1, base_text="", access=Access(by))
    assert kinds(desk, "mentee") == []
    desk.write("challenge.what", "Valoda un darbs", language="lv", base=1)
    assert kinds(desk, "mentee") == ["translation.stale"]
    assert kinds(desk, "lps") == kinds(desk, "mentor") == []


def test_what_was_shared_since_one_was_here(desk):
    before = timezone.now()
    desk.share("challenge", to=["mentor"])
    mentor = desk.world.user("mentor")
    assert [item.key for item in shared_since(Access(mentor), before)] == ["form.shared"]
    assert shared_since(Access(mentor), timezone.now()) == []
    assert len(shared_since(Access(mentor), None)) == 1
    assert shared_since(Access(desk.world.user("lps")), None) == []


def test_the_services_want_a_partner(shared):
    cities, stranger = shared.world.participations, Access(shared.world.user("stranger"))
    with pytest.raises(conversations.NotYourConversation):
        about_answers.ask_about(
            response=shared.needs,
            sides=[cities["mentee"], cities["mentor"]],
            text="x",
            access=stranger,
            part_key="challenge.what",
        )


def offer(shared) -> Opening:
    """The mentor would let the associations read its question."""
    ask(shared, "mentor")
    conversation = AnswerConversation.objects.get().conversation
    mentor = Access(shared.world.user("mentor"))
    return conversations.consent(conversation=conversation, to=OpenedTo.ASSOCIATIONS, agree=True, access=mentor)


def offers(shared, who: str) -> int:
    return kinds(shared, who).count("opening.proposed")


@pytest.mark.parametrize(("answer", "opened"), [("yes", True), ("no", False)])
def test_an_offer_to_open_waits_for_the_partners_yes_or_no(shared, answer, opened):
    opening = offer(shared)
    assert {who: offers(shared, who) for who in ("mentee", "mentor", "lps", "facilitator")} == {
        "mentee": 1,
        "mentor": 0,
        "lps": 0,
        "facilitator": 0,
    }
    address = reverse("conversations:conversation", args=[opening.conversation_id])
    assert "Decline" in shared.client("mentee").get(address).content.decode()
    shared.client("mentee").post(f"{address}open/", {"to": opening.to, "agree": answer})
    assert offers(shared, "mentee") == offers(shared, "mentor") == 0
    assert shared.client("lps").get(address).status_code == (200 if opened else 404)
    assert opening.consents.count() == (2 if opened else 0)


def test_an_offer_of_a_city_that_left_waits_for_nobody(shared):
    offer(shared)
    place = shared.world.participations["mentor"]
    place.ended_on, place.ended_by = timezone.localdate(), shared.world.users["coordinator"]
    place.save()
    assert offers(shared, "mentee") == 0


def test_figures_are_asked_about_as_well(shared):
    shared.share("local", to=["mentor"])
    page = shared.client("mentor").get(reverse("assessments:read", args=[shared.needs.pk])).content.decode()
    parts = structure.parts_of(shared.needs.questionnaire_version).values()
    figures = [part.key for part in parts if kind_of(part).is_tabular and part.question.section.key == "local"]
    assert figures
    for key in figures:
        assert f"?about=part:{key}" in page
        assert ask(shared, "mentor", about=f"part:{key}").status_code == 302
