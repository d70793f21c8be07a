"""My work, where one arrives, and the home of a partnership."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.models import User
from programmes.action_plans.models import PlanGrant
from programmes.action_plans.services import freeze
from programmes.action_plans.services import share as share_plan
from programmes.assessments.models import Response, ShareGrant
from programmes.assessments.services.sharing import share
from programmes.common.access import Access
from programmes.conversations.enums import OpenedTo
from programmes.conversations.services import consent, reply, resolve
from programmes.partnerships.models import Invitation
from programmes.partnerships.services.partnerships import choose_tools, record_dates
from programmes.sharing.services import recall
from tests.cast import SECRET, World


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user, address: str = "/"):
    return client_of(user).get(address)


def texts(response) -> list[str]:
    return [item.text for item in response.context["waiting"]]


@pytest.mark.parametrize("role", ["coordinator", "facilitator"])
def test_whoever_steers_arrives_at_the_board(world, role):
    arrived = page(getattr(world.cast, role), "/start/")
    assert arrived.headers["Location"] == world.programme.get_absolute_url()


@pytest.mark.parametrize("role", ["mentee", "mentor", "mentee_association", "group_member", "administrator"])
def test_everybody_else_arrives_at_my_work(world, role):
    assert page(getattr(world.cast, role), "/start/").headers["Location"] == "/"


def test_an_open_question_waits_for_whoever_has_not_spoken_last(world):
    asks = "Harbourg asks about question 1."
    (task,) = [item for item in page(world.cast.mentee).context["waiting"] if item.text == asks]
    assert (task.verb, task.quote) == ("Answer", world.conversation.first_words)
    assert not any("question" in text for text in texts(page(world.cast.mentor)) if "Harbourg" in text)
    resolve(conversation=world.conversation, access=Access(world.cast.mentee))
    assert asks not in texts(page(world.cast.mentee))


def test_a_task_lands_where_the_question_stands_or_on_the_conversation_once_that_is_recalled(world):
    where = reverse("assessments:conversation", args=[world.conversation.pk])
    place = f"#conversation-{world.conversation.pk}"
    form = world.response.get_absolute_url()
    landed = page(world.cast.mentee, where).headers["Location"]
    assert landed.startswith(f"{form}?section=")
    assert landed.endswith(place)
    assert page(world.cast.mentor, where).headers["Location"] == f"{form}read/{place}"
    assert place[1:] in page(world.cast.mentor, f"{form}read/").content.decode()
    recall(version=world.version, by=world.cast.mentee)
    assert page(world.cast.mentor, where).headers["Location"] == world.conversation.get_absolute_url()
    assert page(world.cast.coordinator, where).status_code == 404


def awaited(user) -> list[str]:
    return [item.key for item in page(user, "/partnerships/").context["awaited"]]


def test_whoever_spoke_last_waits_for_the_other(world):
    mentee, mentor = world.cast.mentee, world.cast.mentor
    assert "form.question.open" in awaited(mentor)
    assert "form.question.open" not in awaited(mentee)
    assert "You wrote to" in page(mentor, "/partnerships/").content.decode()
    reply(conversation=world.conversation, text="In May.", access=Access(mentee))
    assert "form.question.open" in awaited(mentee)
    assert "form.question.open" not in awaited(mentor)
    resolve(conversation=world.conversation, access=Access(mentee))
    assert "form.question.open" not in awaited(mentee)


def test_what_was_written_on_a_plan_and_what_nobody_followed_is_awaited(world):
    on_plans = {
        role: awaited(getattr(world.cast, role)).count("plan.conversation.open") for role in ("mentee", "mentor")
    }
    waiting_there = {
        role: [item.key for item in page(getattr(world.cast, role)).context["waiting"]].count("plan.conversation")
        for role in ("mentee", "mentor", "group_member")
    }
    assert on_plans["mentor"] == waiting_there["mentee"] == 1
    assert on_plans["mentee"] == waiting_there["group_member"] == 1
    inviter = world.invitation.invited_by
    assert awaited(inviter).count("invitation.open") == 1
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "invitation.open" not in awaited(inviter)


def test_an_offer_to_open_a_conversation_is_awaited_until_it_is_answered(world):
    consent(conversation=world.conversation, to=OpenedTo.ASSOCIATIONS, agree=True, access=Access(world.cast.mentor))
    assert [awaited(user).count("opening.unanswered") for user in (world.cast.mentor, world.cast.mentee)] == [1, 0]
    consent(conversation=world.conversation, to=OpenedTo.ASSOCIATIONS, agree=True, access=Access(world.cast.mentee))
    assert "opening.unanswered" not in awaited(world.cast.mentor)


def test_a_would_be_mentor_is_asked_about_the_needs_it_may_read(world):
    assert any("can you help?" in text for text in texts(page(world.cast.mentor)))
    recall(version=world.version, by=world.cast.mentee)
    assert not any("can you help?" in text for text in texts(page(world.cast.mentor)))


def test_what_was_shared_is_new_for_one_visit(world):
    """Whoever looks again within half an hour is still on the same visit."""
    client, mentor = client_of(world.cast.mentor), world.cast.mentor
    assert client.get("/").context["shared"]
    assert client.get("/").context["shared"]
    earlier = timezone.now() - timedelta(minutes=31)
    ShareGrant.objects.update(created_at=earlier)
    PlanGrant.objects.update(updated_at=earlier)
    User.objects.filter(pk=mentor.pk).update(seen_work_at=earlier + timedelta(seconds=1))
    assert not client.get("/").context["shared"]
    share(
        response=world.response,
        section_keys=["challenge"],
        teams=[world.teams["mentor"]],
        access=Access(world.cast.mentee),
    )
    work = client.get("/")
    assert [item.text for item in work.context["shared"]] == ["Riverton shared “Needs analysis”, version 2, with you."]


def test_what_changed_is_one_step_from_what_was_shared(world):
    """A link to the comparison where an earlier version was shared with the same reader, and only there."""
    client, teams, by = client_of(world.cast.mentor), [world.teams["mentor"]], world.cast.mentee
    first = client.get("/")
    assert {item.changes_url for item in first.context["shared"]} == {""}
    assert "What changed" not in first.content.decode()
    second = share(response=world.response, section_keys=["challenge"], teams=teams, access=Access(by))
    refined = freeze(plan=world.plan, name="Refined", by=by)
    share_plan(version=refined, teams=teams, groups=(), by=by)
    in_form = reverse("assessments:compare", args=[second.pk])
    in_plan = reverse("action_plans:compare", args=[refined.pk])
    shown = client.get("/")
    assert {item.changes_url for item in shown.context["shared"]} == {in_form, in_plan, ""}
    for address in (in_form, in_plan):
        assert f'href="{address}"' in shown.content.decode()
        assert client.get(address).status_code == 200
    recall(version=world.version, by=by)
    assert {item.changes_url for item in client.get("/").context["shared"]} == {in_plan, ""}


def test_the_support_group_finds_the_plan_and_its_question(world):
    work = page(world.cast.group_member)
    assert [plan.title for plan in work.context["group_plans"]] == ["Learning Latvian together"]
    assert len(texts(work)) == 1


def test_the_support_group_reads_its_citys_dates_without_notes_or_pages(world):
    stage = world.programme.stages.get(key="training")
    day = timezone.localdate() + timedelta(days=4)
    for partnership in (world.partnership, world.other_partnership):
        dated = {"planned_on": day, "note": "At the mayor's"}
        record_dates(partnership=partnership, dates={stage: dated}, by=world.cast.coordinator)
    (item,) = page(world.cast.group_member).context["dates"]
    assert item.pop("file_url").endswith(".ics")
    assert item == {"on": day, "text": str(stage), "url": "", "detail": "Riverton — Harbourg"}
    assert [item["url"] for item in page(world.cast.mentee).context["dates"]] == [world.partnership.get_absolute_url()]


def test_a_conversation_that_was_opened_waits_for_its_new_readers_until_one_of_them_has_read_it(world):
    readers = [world.cast.mentee_association, world.cast.mentor_association]
    for role in ("mentee", "mentor"):
        assert not any("opened a conversation" in text for reader in readers for text in texts(page(reader)))
        consent(
            conversation=world.conversation,
            to=OpenedTo.ASSOCIATIONS,
            agree=True,
            access=Access(getattr(world.cast, role)),
        )
    waits = [page(user).context["waiting"] for user in readers]
    first, second = ([item for item in items if item.key == "opening.opened"] for items in waits)
    assert first[0].url == second[0].url == world.conversation.get_absolute_url()
    assert first[0].context == "Riverton — Harbourg"
    assert SECRET in first[0].quote
    page(readers[0], first[0].url)
    assert "opening.opened" in [item.key for item in page(readers[0]).context["waiting"]]
    assert "We have read it" in page(readers[0], first[0].url).content.decode()
    assert "We have read it" not in page(world.cast.mentee, first[0].url).content.decode()
    client_of(readers[0]).post(f"{first[0].url}seen/")
    assert "opening.opened" not in [item.key for item in page(readers[0]).context["waiting"]]
    assert "opening.opened" in [item.key for item in page(readers[1]).context["waiting"]]
    agreed = {"conversation": world.conversation, "to": OpenedTo.ASSOCIATIONS, "access": Access(world.cast.mentor)}
    consent(agree=False, **agreed)
    assert "opening.opened" not in [item.key for item in page(readers[1]).context["waiting"]]
    consent(agree=True, **agreed)
    assert "opening.opened" in [item.key for item in page(readers[0]).context["waiting"]]


def test_nobody_without_a_place_is_told_anything(world):
    for role in ("superior", "former_member", "administrator"):
        work = page(getattr(world.cast, role))
        assert texts(work) == []
        assert not work.context["shared"]
        assert SECRET not in work.content.decode()


# A partnership's home


def home(world: World, role: str):
    return page(getattr(world.cast, role), world.partnership.get_absolute_url())


def titles(world: World, role: str) -> list[str]:
    return [piece.title for part in home(world, role).context["parts"] for piece in part.pieces]


def test_only_tools_in_use_are_shown_and_nothing_is_lost(world):
    own = ["Needs analysis of Riverton", "Strengths and experience of Harbourg", "Learning Latvian together"]
    assert titles(world, "mentee") == own
    choose_tools(partnership=world.partnership, tools=["needs_analysis"], by=world.cast.mentee)
    assert titles(world, "mentee") == own[:1]
    everything = ["needs_analysis", "strengths", "action_plan"]
    choose_tools(partnership=world.partnership, tools=everything, by=world.cast.mentee)
    assert titles(world, "mentee") == own


def test_a_tab_goes_with_its_tool(world):
    choose_tools(partnership=world.partnership, tools=["needs_analysis"], by=world.cast.mentee)
    tabs = [tab["label"] for tab in home(world, "mentee").context["tabs"]]
    assert tabs == ["Overview", "Needs & strengths", "People & settings"]
    for there, name in ((True, "forms"), (False, "plan"), (False, "conversations")):
        answer = page(world.cast.mentee, reverse(f"overview:{name}", args=[world.partnership.pk]))
        assert (answer.status_code == 200) is there, name


def test_the_work_says_where_it_stands_and_what_one_does_there(world):
    def said(role: str) -> dict[str, tuple[str, str]]:
        pieces = [piece for part in home(world, role).context["parts"] for piece in part.pieces]
        return {piece.title: (piece.state, piece.verb) for piece in pieces}

    needs, plan = "Needs analysis of Riverton", "Learning Latvian together"
    assert said("mentee")[needs] == ("changed since version 1", "Continue")
    assert said("mentee")[plan] == ("working version", "Continue")
    assert said("mentor")[needs] == said("mentor")[plan] == ("version 1", "Read")


def test_whoever_takes_part_hears_that_nobody_began_a_form_and_who_only_coordinates_does_not(world):
    recall(version=world.version, by=world.cast.mentee)
    Response.objects.filter(team=world.teams["mentor"], answers=None).delete()

    def texts_of(role: str) -> list[str]:
        return [piece.text for part in home(world, role).context["parts"] for piece in part.pieces]

    choose_tools(partnership=world.partnership, tools=["needs_analysis", "strengths"], by=world.cast.mentee)
    assert texts_of("facilitator") == [
        "Nothing of it is shared with you yet.",
        "Nobody has begun the strengths and experience.",
    ]
    assert texts_of("coordinator") == []


def test_whoever_takes_part_hears_that_nobody_began_the_plan_or_shared_it(world):
    def told(role: str, partnership) -> list[str]:
        where = reverse("overview:plan", args=[partnership.pk])
        return [piece.text for piece in page(getattr(world.cast, role), where).context["pieces"]]

    PlanGrant.objects.update(recalled_at=timezone.now(), recalled_by=world.cast.mentee)
    assert told("facilitator", world.partnership) == ["Nothing of it is shared with you yet."]
    assert told("coordinator", world.partnership) == []
    assert told("other_facilitator", world.other_partnership) == ["Nobody has begun the action plan."]


@pytest.mark.parametrize(("role", "count"), [("mentee", 1), ("mentor", 1), ("facilitator", 0), ("coordinator", 0)])
def test_only_the_two_teams_find_what_they_say_to_each_other(world, role, count):
    where = reverse("overview:conversations", args=[world.partnership.pk])
    found = page(getattr(world.cast, role), where).context["items"]
    assert [row.conversation.pk == world.conversation.pk for row in found].count(True) == count


def test_a_form_that_serves_one_partnership_stands_in_it_and_one_that_serves_two_in_none(world):
    assert "Pages of this partnership" in page(world.cast.mentee, world.response.get_absolute_url()).content.decode()
    strengths = Response.objects.filter(team=world.teams["mentor"]).first()
    if strengths is not None:
        answer = page(world.cast.mentor, strengths.get_absolute_url())
        assert "Pages of this partnership" not in answer.content.decode()


def test_a_form_whose_tool_is_off_stays_with_its_city_and_stands_in_no_partnership(world):
    for tools, stands in (([], False), (["needs_analysis"], True)):
        choose_tools(partnership=world.partnership, tools=tools, by=world.cast.mentee)
        answer = page(world.cast.mentee, world.response.get_absolute_url())
        assert answer.status_code == 200
        assert ("Pages of this partnership" in answer.content.decode()) is stands


# The number beside My work


def number(client: Client) -> str:
    return client.get("/waiting/", headers={"HX-Request": "true"}).content.decode()


def test_the_number_beside_my_work_is_fetched_once_and_counted_again_after_one_did_something(world):
    client = client_of(world.cast.mentee)
    assert 'hx-get="/waiting/"' in client.get("/directory/").content.decode()
    before = len(client.get("/").context["waiting"])
    assert f">{before}<" in number(client)
    assert f">{before}<" in client.get("/directory/").content.decode()
    client.post(f"/conversations/{world.conversation.pk}/resolve/")
    assert f">{before - 1}<" in number(client)


def test_the_next_step_comes_first(world):
    stage = world.programme.stages.get(key="training")
    day = timezone.localdate() + timedelta(days=4)
    record_dates(partnership=world.partnership, dates={stage: {"planned_on": day}}, by=world.cast.facilitator)
    row = home(world, "mentor").context["row"]
    assert (row.next.stage, row.next.on, row.next.passed) == (stage, day, False)


# What cities share


LISTS = ("overview:partnerships", "overview:shared", "assessments:forms")


def test_the_lists_of_all_partnerships_lead_to_one_another(world):
    def tabs(role: str, name: str) -> tuple[list[str], list[str]]:
        said = page(getattr(world.cast, role), reverse(name)).content.decode()
        found = said.partition('aria-label="Lists"')[2].partition("</nav>")[0]
        return re.findall(r'href="([^"]+)"', found), re.findall(r'"([^"]+)" aria-current', found)

    addresses = [reverse(name) for name in LISTS]
    for name in LISTS:
        assert tabs("mentee", name) == (addresses, [reverse(name)])
    assert tabs("group_member", "assessments:forms") == ([], [])


def shared_with(user) -> dict[str, list[str]]:
    cities = page(user, "/shared/").context["cities"]
    return {item.city.name: [piece.title for piece in item.pieces] for item in cities}


def test_city_by_city_what_one_may_read_each_with_its_document(world):
    riverton = ["Needs analysis", "Learning Latvian together"]
    assert shared_with(world.cast.mentor)["Riverton"] == riverton
    assert shared_with(world.cast.mentee_association)["Riverton"] == riverton
    assert shared_with(world.cast.coordinator) == {"Riverton": riverton[:1]}
    assert "As PDF or DOCX" in page(world.cast.mentor, "/shared/").content.decode()
    recall(version=world.version, by=world.cast.mentee)
    assert shared_with(world.cast.mentor)["Riverton"] == riverton[1:]
    assert shared_with(world.cast.coordinator) == {}
    assert shared_with(world.cast.administrator) == {}


def test_a_citys_page_says_what_one_may_read_of_it_and_only_to_whom_it_was_shared(world):
    address = world.teams["mentee"].enrolment.organisation.get_absolute_url()
    assert "Learning Latvian together" in page(world.cast.mentor, address).content.decode()
    assert "Learning Latvian together" not in page(world.cast.other_facilitator, address).content.decode()


# A local support group


def test_the_group_reads_what_the_city_shares_with_it_until_it_is_recalled(world):
    member, mentee = world.cast.group_member, client_of(world.cast.mentee)
    form = f"{world.response.get_absolute_url()}read/"
    assert page(member, form).status_code == 404
    data = {"sections": ["challenge"], "readers": [f"group-{world.group.pk}"]}
    address = reverse("assessments:share", args=[world.response.pk])
    assert mentee.post(address, data).status_code == 302
    version = world.response.versions.latest("number")
    read = page(member, form)
    assert read.status_code == 200
    assert [section.key for section in read.context["page"].sections if section.version] == ["challenge"]
    (group,) = page(member, "/my-groups/").context["groups"]
    assert group.forms == [world.response]
    assert page(world.cast.other_city, form).status_code == 404
    taken = mentee.post(reverse("assessments:recall", args=[version.pk]), {"reader": f"group-{world.group.pk}"})
    assert taken.status_code == 302
    assert page(member, form).status_code == 404
