"""A programme in another field has its own words: in forms, versions, comparisons and in what its roles are called."""

import pytest
from django.urls import reverse

from programmes.partnerships.enums import EnrolmentRole, Role
from programmes.partnerships.models import Programme
from programmes.reports.registry import BUILDERS, DocumentOptions
from tests.pages import seen_on

OWN = {
    "subject_en": "homelessness",
    "people_concerned_en": "people without a home",
    "people_concerned_es": "personas sin hogar",
    "role_mentor_en": "Companion city",
    "role_association_en": "League",
}


@pytest.fixture
def say(desk):
    """Fills in the words as the coordinator does."""

    def post(**data):
        address = reverse("partnerships:words", args=[desk.world.programme.pk])
        client = desk.client("coordinator")
        return client.post(address, seen_on(client, address) | data)

    return post


def page(desk, section="challenge") -> str:
    address = desk.needs.get_absolute_url()
    return desk.client("mentee").get(address, {"section": section, "all": "1"}).content.decode()


def version(desk, shared, who="mentor") -> str:
    return desk.client(who).get(reverse("assessments:version", args=[shared.pk])).content.decode()


def test_without_own_words_the_defaults_stand_there(desk, say):
    assert "groups of migrants and refugees" in page(desk)
    assert "How has migration developed in your city?" in page(desk, "local")
    assert say().status_code == 302
    assert Programme.objects.get(pk=desk.world.programme.pk).words == {}


def test_own_words_fill_the_questions(desk, say):
    assert say(**OWN).status_code == 302
    assert "groups of people without a home" in page(desk)
    local = page(desk, "local")
    assert "How has homelessness developed in your city?" in local
    assert "migrants and refugees" not in local


def test_own_words_in_one_language_replace_the_default_in_all(desk, say):
    say(subject_en="homelessness")
    user = desk.world.users["mentee"]
    user.language = "es"
    user.save()
    assert "homelessness" in page(desk, "local")
    assert "la migración" not in page(desk, "local")


def test_what_was_shared_keeps_the_words_of_its_day(desk, say):
    shared = desk.share("local", to=["mentor"])
    say(**OWN)
    assert "How has migration developed" in version(desk, shared)
    later = desk.share("local", to=["mentor"])
    assert "How has homelessness developed" in version(desk, later)


def test_documents_use_them(desk, say):
    say(**OWN)
    content = BUILDERS["needs-analysis"].gather(desk.needs.pk, DocumentOptions("en", blank=True)).content
    assert "Services to" not in repr(content)
    assert "for services to people without a home" in repr(content)
    assert "migrants and refugees" not in repr(content)
    assert content.label_mentor == "Companion city"


def test_roles_are_called_as_the_programme_says(desk, say):
    say(**OWN)
    programme = Programme.objects.get(pk=desk.world.programme.pk)
    assert programme.role_word(Role.MENTOR) == "Companion city"
    assert programme.role_word(Role.MENTEE) == "Mentee"
    assert programme.role_word(EnrolmentRole.BOTH) == "Mentee / Companion city"
    assert programme.role_word(Role.MENTEE_ASSOCIATION) == "League (Mentee)"
    for name, args in (
        ("partnerships:people", programme.pk),
        ("partnerships:history", desk.world.partnership.pk),
        ("overview:partnership", desk.world.partnership.pk),
    ):
        assert "Companion city" in desk.client("coordinator").get(reverse(name, args=[args])).content.decode()
    board = reverse("overview:board", args=[programme.pk])
    assert "Companion city" in desk.client("coordinator").get(board, {"view": "table"}).content.decode()


@pytest.mark.parametrize("text", ["{policy_field}", "people }"])
def test_words_hold_no_variables(desk, say, text):
    reply = say(people_concerned_en=text)
    assert reply.status_code == 200
    assert "people_concerned" in reply.context["form"].errors
    assert text in reply.content.decode()


def test_a_word_too_long_is_told_at_its_field(desk, say):
    assert "role_mentor" in say(role_mentor_en="x" * 81).context["form"].errors
