"""Conversations go a year after the partnership ended, unless both teams keep them."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from programmes.action_plans.models import PlanConversation
from programmes.assessments.models import AnswerConversation, Need
from programmes.common.access import Access
from programmes.conversations.models import Conversation, Message
from programmes.conversations.privacy import forget_conversations
from programmes.partnerships.models import Participation, Partnership
from programmes.partnerships.services.retention import NotYourConversations, keep_conversations
from tests.cast import World, make_world

A_YEAR_AGO = timezone.now() - datetime.timedelta(days=365)


@pytest.fixture
def world(db: None) -> World:
    """The whole cast, with something said to everybody."""
    return make_world()


@pytest.fixture
def over(world: World) -> World:
    """The partnership ended longer ago than a year."""
    Partnership.objects.filter(pk=world.partnership.pk).update(ended_on=A_YEAR_AGO.date() - datetime.timedelta(days=1))
    return world


def keep(world: World, *sides: str) -> None:
    for side in sides:
        keep_conversations(partnership=world.partnership, keep=True, access=Access(getattr(world.cast, side)))


def left(world: World) -> set[int]:
    forget_conversations(A_YEAR_AGO)
    return set(Conversation.objects.filter(partnership=world.partnership).values_list("pk", flat=True))


@pytest.mark.parametrize("sides", [(), ("mentee",), ("mentor",)])
def test_one_side_alone_does_not_keep_what_both_said(over: World, sides):
    keep(over, *sides)
    assert not left(over) & {over.conversation.pk, over.plan_conversation.pk}
    assert not Message.objects.filter(conversation=over.conversation).exists()


def test_both_together_keep_it(over: World):
    keep(over, "mentee", "mentor")
    assert left(over) == {over.conversation.pk, over.plan_conversation.pk, over.group_conversation.pk}


def test_what_a_team_asked_its_group_is_the_teams_to_keep(over: World):
    keep(over, "mentee")
    assert left(over) == {over.group_conversation.pk}


def test_a_choice_is_taken_back(over: World):
    keep(over, "mentee", "mentor")
    keep_conversations(partnership=over.partnership, keep=False, access=Access(over.cast.mentor))
    assert over.conversation.pk not in left(over)


@pytest.mark.parametrize("ended", [None, A_YEAR_AGO.date() + datetime.timedelta(days=1)])
def test_nothing_goes_before_its_time(world: World, ended):
    Partnership.objects.filter(pk=world.partnership.pk).update(ended_on=ended)
    assert world.conversation.pk in left(world)


def test_forms_and_plans_stay_whole_without_them(over: World):
    left(over)
    assert not AnswerConversation.objects.filter(conversation=over.conversation.pk).exists()
    assert not PlanConversation.objects.filter(conversation=over.plan_conversation.pk).exists()
    assert Need.objects.filter(pk=over.need.pk).exists()


@pytest.mark.parametrize("role", ["facilitator", "coordinator", "mentee_association", "other_city"])
def test_nobody_else_chooses(world: World, role: str):
    with pytest.raises(NotYourConversations):
        keep_conversations(partnership=world.partnership, keep=True, access=Access(getattr(world.cast, role)))


def test_the_choice_stands_on_the_page_of_the_partnership(world: World):
    client, page = Client(), world.partnership.get_absolute_url()
    client.force_login(world.cast.mentor, backend="django.contrib.auth.backends.ModelBackend")
    assert "Keep our conversations" in client.get(page).content.decode()
    client.post(f"/partnerships/{world.partnership.pk}/keep/", {"keep": ""})
    assert "Your team keeps them." in client.get(page).content.decode()
    kept = Participation.objects.exclude(keeps_conversations_at=None)
    assert [row.keeps_conversations_by for row in kept] == [world.cast.mentor]
