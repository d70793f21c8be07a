"""Needs: a list of the city, read as it was shared, answered by would-be mentors."""

import pytest
from django.urls import reverse

from programmes.assessments.boundary import help_visible_to, needs_visible_to
from programmes.assessments.models import HelpStatement, Need
from programmes.assessments.services import needs as services
from programmes.common.access import Access
from programmes.sharing.services import recall
from tests.pages import send


def address(desk, name="needs", pk=None):
    return reverse(f"assessments:{name}", args=[pk or desk.needs.pk])


def test_a_need_is_added_with_nothing_but_a_sentence(desk):
    assert desk.client("mentee").post(address(desk), {"title": "Places to practise"}).status_code == 302
    need = desk.needs.needs.get()
    assert (need.number, need.title, need.kind, need.created_by) == (
        1,
        "Places to practise",
        "",
        desk.world.users["mentee"],
    )


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({}, "title"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": "x", "kind": "other"}, "kind"),
        ({"title": "x", "part_key": "national.powers"}, "part_key"),
        ({"title": "x", "language": "klingon"}, "language"),
        ({"title": "x", "sector": "x" * 121}, "sector"),
    ],
)
def test_bad_input_is_told_at_the_field(desk, data, field):
    reply = desk.client("mentee").post(address(desk), data)
    assert reply.status_code == 200
    assert field in reply.context["form"].errors
    assert not Need.objects.exists()


def test_numbers_are_never_given_twice(desk):
    first, second = desk.need("One"), desk.need("Two")
    desk.client("mentee").post(address(desk, "need_retire", second.pk))
    assert desk.need("Three").number == 3
    page = desk.client("mentee").get(address(desk)).content.decode()
    assert "Needs removed from the list" in page
    desk.client("mentee").post(address(desk, "need_retire", second.pk), {"back": "1"})
    second.refresh_from_db()
    assert (second.retired_at, second.number, first.number) == (None, 2, 1)


def test_two_colleagues_do_not_overwrite_each_other(desk):
    need = desk.need("As it was")
    client = desk.client("mentee")
    seen = client.get(address(desk, "need", need.pk)).context["form"]["seen"].value()
    services.change_need(need=need, access=Access(desk.world.user("mentee")), title="Theirs")
    reply = client.post(address(desk, "need", need.pk), {"title": "Mine", "seen": seen})
    assert reply.status_code == 200
    text = reply.content.decode()
    assert "Theirs" in text
    assert "Mine" in text
    again = reply.context["form"]["seen"].value()
    assert client.post(address(desk, "need", need.pk), {"title": "Mine", "seen": again}).status_code == 302
    need.refresh_from_db()
    assert need.title == "Mine"


@pytest.mark.parametrize("who", ["mentor", "lps", "facilitator", "coordinator", "stranger", "superior", "admin"])
def test_needs_are_the_citys_until_shared(desk, who):
    need = desk.need()
    assert desk.client(who).get(address(desk, "need", need.pk)).status_code == 404
    assert desk.client(who).get(address(desk)).status_code in (403, 404)
    assert not needs_visible_to(Access(desk.world.user(who))).exists()


def test_readers_see_the_needs_of_the_version_in_its_words(desk):
    shared, changed = desk.need("Shared"), desk.need("Before")
    desk.share("needs", to=["mentor"])
    later = desk.need("Later")
    services.change_need(need=changed, access=Access(desk.world.user("mentee")), title="Afterwards")
    mentor = desk.world.user("mentor")
    assert set(needs_visible_to(Access(mentor))) == {shared, changed}
    page = desk.client("mentor").get(address(desk, "read")).content.decode()
    assert "Before" in page
    assert "Afterwards" not in page
    assert "Later" not in page
    assert desk.client("mentor").get(address(desk, "help", later.pk)).status_code == 404


def test_a_recalled_list_is_closed(desk):
    desk.need()
    version = desk.share("needs", to=["mentor"])
    recall(version=version, by=desk.world.user("mentee"), section_key="needs")
    assert not needs_visible_to(Access(desk.world.user("mentor"))).exists()


@pytest.mark.parametrize("who", ["mentor", "would_be"])
def test_a_would_be_mentor_says_need_by_need_whether_it_can_help(desk, who):
    need = desk.need()
    desk.share("needs", to=["mentor", "would_be"])
    data = {"able": "partly", "words": "With our volunteers"}
    client, url = desk.client(who), address(desk, "help", need.pk)
    assert send(client, url, data).status_code == 302
    send(client, url, {"able": "yes"})
    said = HelpStatement.objects.get()
    assert (said.able, said.team) == ("yes", desk.world.team(who))
    assert "We feel able to help" in desk.client("mentee").get(address(desk)).content.decode()


@pytest.mark.parametrize("data", [{}, {"able": "perhaps"}, {"able": "yes", "words": "x" * 2001}])
def test_a_wrong_word_is_told_at_the_field(desk, data):
    need = desk.need()
    desk.share("needs", to=["mentor"])
    reply = desk.client("mentor").post(address(desk, "help", need.pk), data)
    assert reply.status_code == 200
    assert reply.context["form"].errors
    assert not HelpStatement.objects.exists()


def test_only_mentors_are_asked(desk):
    need = desk.need()
    desk.share("needs", to=["mentor", "lps", "coordinator"])
    for who in ("lps", "coordinator", "mentee"):
        assert desk.client(who).post(address(desk, "help", need.pk), {"able": "yes"}).status_code == 403
    assert desk.client("stranger").post(address(desk, "help", need.pk), {"able": "yes"}).status_code == 404


def test_what_a_mentor_said_is_read_by_both_teams_and_the_coordinator(desk):
    need = desk.need()
    desk.share("needs", to=["mentor", "would_be", "lps", "coordinator"])
    services.state_help(need=need, team=desk.world.team("mentor"), able="no", words="", by=desk.world.user("mentor"))
    readers = [who for who in desk.world.users if help_visible_to(Access(desk.world.user(who))).exists()]
    assert set(readers) == {"mentor", "mentee", "coordinator"}


def test_whom_a_need_reaches_differently_is_folded_until_somebody_wrote_there(desk):
    page = desk.client("mentee").get(address(desk)).content.decode()
    assert '<details class="folded-prompt">' in page
    data = {"title": "Places to practise", "reach": "Women with small children come to none.", "language": "en"}
    desk.client("mentee").post(address(desk), data)
    need = desk.needs.needs.get()
    assert need.reach == data["reach"]
    assert (
        '<details class="folded-prompt" open>'
        in desk.client("mentee").get(address(desk, "need", need.pk)).content.decode()
    )
    shared = desk.share("needs", to=["mentor"])
    for client, name, pk in (("mentee", "needs", None), ("mentor", "read", None), ("mentor", "version", shared.pk)):
        assert data["reach"] in desk.client(client).get(address(desk, name, pk)).content.decode()
