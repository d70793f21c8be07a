"""Begun, answered, settled; made once however often a button is pressed."""

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from programmes.assessments.forms import key_of
from programmes.common.access import Access
from programmes.conversations.enums import OpenedTo
from programmes.conversations.models import Conversation, Message
from programmes.conversations.services import (
    ConversationResolved,
    NobodyToAsk,
    NotYourConversation,
    begin,
    consent,
    reopen,
    reply,
    resolve,
)
from programmes.overview.waiting import awaited_by, waiting_for_one
from tests.cast import World

pytestmark = pytest.mark.django_db
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


def visit(user) -> Client:
    client = Client()
    client.force_login(user, backend=MODEL_BACKEND)
    return client


def address(name: str, conversation: Conversation) -> str:
    return reverse(f"conversations:{name}", args=[conversation.pk])


def test_a_message_belongs_to_the_side_it_was_said_for(world):
    for user in (world.cast.mentee, world.cast.mentor):
        reply(conversation=world.conversation, text=" In May. ", access=Access(user))
    said = [(m.author, m.reader.participation.role, m.text) for m in world.conversation.messages.all()[1:]]
    assert said == [
        (world.cast.mentee.person, "mentee", "In May."),
        (world.cast.mentor.person, "mentor", "In May."),
    ]
    answer = reply(conversation=world.group_conversation, text="Yes.", access=Access(world.cast.group_member))
    assert answer.reader.support_group == world.group


def test_who_begins_it_is_a_side_and_settles_it(world):
    access = Access(world.cast.mentee_association)
    with pytest.raises(NotYourConversation):
        resolve(conversation=world.plan_conversation, access=access)
    mine = begin(
        sides=world.partnership.current_cities(),
        listeners=world.partnership.current_in("mentee_association"),
        text="Is there money?",
        access=access,
    )
    assert resolve(conversation=mine, access=access).resolved_by == world.cast.mentee_association.person


def test_what_is_resolved_is_reopened_before_one_writes_in_it(world):
    mentee = Access(world.cast.mentee)
    resolve(conversation=world.conversation, access=mentee)
    with pytest.raises(ConversationResolved):
        reply(conversation=world.conversation, text="One more thing.", access=mentee)
    reopen(conversation=world.conversation, access=mentee)
    assert reply(conversation=world.conversation, text="One more thing.", access=mentee).pk


def test_nobody_to_ask(world):
    with pytest.raises(NobodyToAsk):
        begin(sides=world.partnership.current_in("mentee"), text="Hello?", access=Access(world.cast.mentee))
    with pytest.raises(NotYourConversation):
        begin(sides=world.partnership.current_cities(), text="Hello?", access=Access(world.cast.facilitator))


def test_a_refused_answer_stands_on_a_page_with_what_was_typed(world):
    resolve(conversation=world.conversation, access=Access(world.cast.mentor))
    page = visit(world.cast.mentee).post(address("reply", world.conversation), {"text": "One more thing."})
    assert "Reopen it to write in it." in page.content.decode()
    assert "One more thing." in page.content.decode()
    assert world.conversation.messages.count() == 1


def test_the_page_says_who_reads_it(world):
    mentee, where = visit(world.cast.mentee), address("conversation", world.conversation)
    assert "Read by the teams of Riverton and Harbourg only." in mentee.get(where).content.decode()
    for user in (world.cast.mentee, world.cast.mentor):
        consent(conversation=world.conversation, to=OpenedTo.FACILITATOR, agree=True, access=Access(user))
    assert "They opened it to Method Lab." in mentee.get(where).content.decode()
    page = mentee.get(address("conversation", world.group_conversation)).content.decode()
    assert "Read by the team of Riverton and its local support group." in page
    page = mentee.get(address("conversation", world.plan_conversation)).content.decode()
    assert "Riverton, Harbourg and Union of Cities only." in page


def test_from_its_page_one_goes_back_to_where_it_was_asked(world):
    where, form = address("conversation", world.conversation), reverse("assessments:form", args=[world.response.pk])
    page = visit(world.cast.mentee).get(where, {"next": form}).content.decode()
    assert f'<a href="{form}">Where it was asked</a>' in page
    assert f'name="next" value="{where}?next={form.replace("/", "%2F")}"' in page


def test_htmx_gets_the_conversation_as_it_is_now(world):
    where = address("reply", world.conversation)
    sent = {"text": "In May.", "heading_level": "4"}
    part = visit(world.cast.mentee).post(where, sent, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<article")
    assert "In May." in part
    assert f'<h4 class="visually-hidden" id="conversation-{world.conversation.pk}-name">Conversation: ' in part


def test_pressed_twice_it_is_one_message_and_other_words_are_another(world):
    mentee, where = visit(world.cast.mentee), address("reply", world.conversation)
    sent = {"text": "In May.", "once": str(uuid4())}
    assert [mentee.post(where, sent).status_code for _ in range(2)] == [302, 302]
    assert world.conversation.messages.count() == 2
    mentee.post(where, sent | {"text": "Or in June."})
    assert world.conversation.messages.count() == 3
    visit(world.cast.mentor).post(where, sent)
    assert world.conversation.messages.count() == 4


@pytest.mark.parametrize("damaged", ["", "x", "0" * 400])
def test_a_damaged_token_loses_no_message(world, damaged):
    mentee, where = visit(world.cast.mentee), address("reply", world.conversation)
    for _ in range(2):
        assert mentee.post(where, {"text": "In May.", "once": damaged}).status_code == 302
    assert world.conversation.messages.count() == 3


@pytest.mark.parametrize("name", ["suggest", "ask_group", "ask"])
def test_pressed_twice_it_is_one_conversation(world, name):
    mentee, sent = visit(world.cast.mentee), {"text": "On Tuesdays?", "once": str(uuid4())}
    if name == "suggest":
        where = reverse("action_plans:suggest", args=[world.action.pk])
    elif name == "ask_group":
        resolve(conversation=world.group_conversation, access=Access(world.cast.mentee))
        where = reverse("action_plans:ask_group", args=[world.plan_version.pk])
    else:
        where = reverse("assessments:ask", args=[world.response.pk])
        cities = key_of(world.partnership.current_cities())
        sent |= {"about": "part:challenge.what", "cities": cities}
    before = Conversation.objects.count()
    assert [mentee.post(where, sent).status_code for _ in range(2)] == [302, 302]
    assert Conversation.objects.count() == before + 1
    assert Message.objects.filter(text="On Tuesdays?").count() == 1


def test_every_form_that_begins_or_answers_has_its_token(world):
    mentee = visit(world.cast.mentee)
    for where in (
        address("conversation", world.conversation),
        reverse("action_plans:plan", args=[world.plan.pk]),
        reverse("action_plans:suggest", args=[world.action.pk]),
        reverse("assessments:ask", args=[world.response.pk]) + "?about=part:challenge.what",
        reverse("assessments:needs", args=[world.response.pk]),
    ):
        assert 'name="once"' in mentee.get(where).content.decode(), where


def test_an_offer_to_open_waits_for_the_partner(world):
    def offers(found) -> list[str]:
        return [item.text for item in found if item.key.startswith("opening.")]

    mentee, mentor = Access(world.cast.mentee), Access(world.cast.mentor)
    consent(conversation=world.conversation, to=OpenedTo.ASSOCIATIONS, agree=True, access=mentor)
    (asked,), (asking,) = offers(waiting_for_one(mentee)), offers(awaited_by(mentor))
    assert "Harbourg" in asked
    assert "Riverton" in asking
    assert not offers(waiting_for_one(mentor))
    assert not offers(awaited_by(mentee))
    consent(conversation=world.conversation, to=OpenedTo.ASSOCIATIONS, agree=False, access=mentee)
    assert not offers(waiting_for_one(mentee))
    assert not offers(awaited_by(mentor))


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_the_same_moment_it_is_one_conversation(world: World):
    key, ready = uuid4(), threading.Barrier(4)
    sides = world.partnership.current_cities()
    made = []

    def ask() -> None:
        access = Access(world.cast.mentee)
        ready.wait()
        made.append(begin(sides=sides, text="On Tuesdays?", access=access, form_key=key).pk)
        connection.close()

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(made) == 4
    assert len(set(made)) == 1
    assert Message.objects.filter(text="On Tuesdays?").count() == 1
