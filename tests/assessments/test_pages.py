"""Pages: reached, light, and the same number of queries however much there is."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from programmes.assessments.selectors import responses_to_read
from programmes.assessments.services.conversations import ask_about
from programmes.assessments.wording import source_words
from programmes.common.access import Access
from programmes.partnerships.enums import EnrolmentRole

MOST = 15
MORE = {"share": 3, "needs": 1}
PLACE = 5
"""What a page inside a partnership asks for its stages and tabs."""


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def fill(desk, times: int):
    """So many needs, versions, conversations, texts."""
    for number in range(times):
        answer_base = (
            desk.needs.answers.filter(part_key="challenge.what").values_list("revision", flat=True).first() or 0
        )
        desk.write("challenge.what", f"Text {number}", base=answer_base)
        desk.need(f"Need {number}")
        desk.share("challenge", "local", "needs", to=["mentor", "lps"])
        ask_about(
            response=desk.needs,
            sides=[desk.world.participations[side] for side in ("mentee", "mentor")],
            text="?",
            access=Access(desk.world.user("mentor")),
            part_key="challenge.what",
        )


@pytest.mark.parametrize(
    ("who", "name", "query"),
    [
        ("mentee", "form", ""),
        ("mentee", "form", "?section=local"),
        ("mentee", "form", "?section=typicality"),
        ("mentee", "form", "?section=national"),
        ("mentee", "share", ""),
        ("mentee", "needs", ""),
        ("mentor", "read", ""),
        ("lps", "form", ""),
        ("lps", "read", ""),
    ],
)
def test_the_number_of_queries_does_not_grow(desk, who, name, query):
    address = reverse(f"assessments:{name}", args=[desk.needs.pk]) + query
    client = desk.client(who)
    fill(desk, 1)
    client.get(address)
    few = queries(client, address)
    fill(desk, 3)
    many = queries(client, address)
    assert many == few
    assert many <= MOST + PLACE + MORE.get(name, 0)


def test_the_list_of_forms_does_not_grow(desk):
    client = desk.client("mentor")
    desk.share("challenge", to=["mentor"])
    few = queries(client, reverse("assessments:forms"))
    for number in range(3):
        key = f"city{number}"
        desk.world.add(key, f"City {number}", "city", EnrolmentRole.MENTEE)
        response = desk.begin(key, "needs")
        desk.share("challenge", to=["mentor"], who=key, response=response)
    assert queries(client, reverse("assessments:forms")) == few <= MOST


def test_a_form_begins_with_its_purpose_and_a_button(desk):
    team = desk.world.team("mentor")
    address = reverse("assessments:start", args=[team.pk, "strengths"])
    client = desk.client("mentor")
    assert address in client.get(reverse("assessments:forms")).content.decode()
    assert client.get(address).status_code == 200
    assert not team.responses.exists()
    reply = client.post(address)
    assert reply.url == team.responses.get().get_absolute_url()
    assert client.get(address).url == reply.url
    client.post(address)
    assert team.responses.count() == 1


@pytest.mark.parametrize(
    ("who", "team", "key", "status"),
    [
        ("mentee", "mentee", "strengths", 200),
        ("mentee", "mentor", "strengths", 403),
        ("mentee", "mentee", "association-context", 403),
        ("lps", "lps", "association-context", 200),
        ("lps", "lps", "needs", 403),
        ("lps", "mentee", "strengths", 200),
        ("brulocalis", "mentee", "strengths", 403),
        ("coordinator", "mentee", "strengths", 403),
        ("coordinator", "coordinator", "needs", 403),
        ("superior", "mentee", "strengths", 404),
        ("admin", "mentee", "strengths", 403),
        ("mentee", "mentee", "unknown", 404),
    ],
)
def test_who_may_begin_what(desk, who, team, key, status):
    address = reverse("assessments:start", args=[desk.world.team(team).pk, key])
    assert desk.client(who).get(address).status_code == status


def test_only_the_open_section_is_on_the_page(desk):
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert 'id="challenge-what-value"' in page
    assert "local-strategy" not in page
    assert desk.client("mentee").get(f"{desk.needs.get_absolute_url()}?section=nonsense").status_code == 200


FOLDED = re.compile(r'question--folds" id="[^"]+">')


def test_it_opens_with_five_questions_and_unfolds_all(desk):
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert len(FOLDED.findall(page)) == 6
    page = desk.client("mentee").get(f"{desk.needs.get_absolute_url()}?all=1").content.decode()
    assert not FOLDED.search(page)
    page = desk.client("mentee").get(f"{desk.needs.get_absolute_url()}?fold=1").content.decode()
    assert len(FOLDED.findall(page)) == page.count("question--folds") == 11


def test_a_section_says_once_who_reads_it(desk):
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert page.count("Read by your team until you share it") == 1
    desk.share("challenge", to=["mentor"])
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert page.count("Others read what was shared: version 1: Harbourg") == 1
    desk.share("challenge", to=["lps"])
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert page.count("version 2: Union of Cities; version 1: Harbourg") == 1


def test_only_figures_say_that_the_directory_tells_them(desk):
    browser, path = desk.client("mentee"), desk.needs.get_absolute_url()
    words = "read by everybody signed in"
    assert words not in browser.get(path).content.decode()
    assert words in browser.get(f"{path}?section=local").content.decode()


def test_how_far_a_section_is_only_its_own_team_is_told(desk):
    path = desk.needs.get_absolute_url()
    assert "0 of 11 begun" in desk.client("mentee").get(path).content.decode()
    desk.write("challenge.what", "Housing")
    page = desk.client("mentee").get(path).content.decode()
    assert "1 of 11 begun" in page
    assert "%" not in re.sub(r"<script.*?</script>|%[0-9A-F]{2}", "", page.partition("<main")[2], flags=re.DOTALL)
    desk.share("challenge", to=["mentor", "lps"])
    assert "of 11 begun" not in desk.client("mentor").get(path, follow=True).content.decode()
    assert "of 11 begun" not in desk.client("lps").get(path).content.decode()


def test_the_list_of_sections_leads_to_each_question(desk):
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    places = re.findall(r'<li><a href="#(question-[^"]+)"', page)
    assert len(set(places)) == 11
    assert all(f'id="{place}"' in page for place in places)


def test_an_association_finds_what_a_city_shared_though_it_writes_a_part_of_the_form(desk):
    assert list(responses_to_read(Access(desk.world.user("lps")))) == []
    desk.share("challenge", to=["lps"])
    assert list(responses_to_read(Access(desk.world.user("lps")))) == [desk.needs]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_policy_field_is_put_in(desk, language):
    user = desk.world.users["mentee"]
    user.language = language
    user.save()
    page = desk.client("mentee").get(desk.needs.get_absolute_url()).content.decode()
    assert "{policy_field}" not in page
    assert {"en": "the integration of migrants", "es": "integración de personas migrantes"}[language] in page


def test_readers_are_sent_to_the_page_for_reading(desk):
    desk.share("challenge", to=["mentor"])
    reply = desk.client("mentor").get(desk.needs.get_absolute_url())
    assert reply.url == reverse("assessments:read", args=[desk.needs.pk])


def test_anonymous_visitors_sign_in_first(desk, client):
    for address in (reverse("assessments:forms"), desk.needs.get_absolute_url()):
        assert client.get(address).status_code == 302


def test_the_source_of_a_form_is_said_in_the_readers_language():
    with translation.override("es"):
        assert source_words("Annex 2, 18–22; Annex 3, 10–14") == "Anexo 2, 18–22; Anexo 3, 10–14"


def test_prompts_of_a_box_are_a_list_that_describes_it(desk):
    page = desk.client("mentee").get(desk.needs.get_absolute_url(), {"section": "local"}).content.decode()
    hint = page[page.index('id="local-sensitive-help"') :]
    hint = hint[: hint.index("</ul>")]
    assert hint.count("<li>") == 7
    assert 'aria-describedby="local-sensitive-help"' in page


def test_a_question_beside_the_annex_has_no_number(desk):
    desk.write("together.people", ["Head of the library"])
    page = desk.client("mentee").get(desk.needs.get_absolute_url(), {"section": "together"}).content.decode()
    assert "Whom did you talk to?" in page
    assert "None" not in page
    assert "question__number" not in page
    shared = desk.share("together", to=["mentor"])
    read = desk.client("mentor").get(reverse("assessments:version", args=[shared.pk])).content.decode()
    assert "Head of the library" in read
    assert "None" not in read
