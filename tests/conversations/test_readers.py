"""Who reads a conversation as people come and go: those who were there when it began or was opened, while they last."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.accounts.models import Person, User
from programmes.action_plans.boundary import plans_visible_to
from programmes.action_plans.boundary import versions_visible_to as plan_versions
from programmes.assessments.boundary import responses_visible_to
from programmes.assessments.boundary import versions_visible_to as form_versions
from programmes.common.access import Access
from programmes.conversations.boundary import conversations_visible_to, readings
from programmes.conversations.enums import OpenedTo
from programmes.conversations.models import Conversation, Reader
from programmes.conversations.services import NotYourConversation, consent, note, reply, resolve
from programmes.partnerships.enums import Role
from programmes.partnerships.models import Participation, Team
from programmes.partnerships.services.enrolments import end_enrolment
from programmes.partnerships.services.partnerships import replace_participation
from programmes.partnerships.services.succession import ask_to_reopen, begin_anew, leave, stop_reopening
from programmes.partnerships.services.support_groups import hand_on
from tests import staging
from tests.cast import ROLES, World

pytestmark = pytest.mark.django_db
BOTH = ("mentee", "mentor")


def readers_of(world: World, conversation: Conversation) -> set[str]:
    """Who of the cast reads it now."""
    everybody = world.cast.everybody()
    return {role for role in ROLES if reads(everybody[role], conversation)}


def reads(user: object, conversation: Conversation) -> bool:
    return conversations_visible_to(Access(user)).filter(pk=conversation.pk).exists()


def agree(world: World, *sides: str, to: str = OpenedTo.ASSOCIATIONS, yes: bool = True) -> None:
    for side in sides:
        consent(conversation=world.conversation, to=to, agree=yes, access=Access(getattr(world.cast, side)))


def newcomer(world: World, name: str, role: str) -> tuple[Team, User]:
    """A team that begins only now, with one officer."""
    (user,) = staging.users(name.lower())
    organisation = staging.organisation("association", name, "LV") if role == "association" else staging.city(name)
    team = staging.enrolled(world.programme, organisation, role, by=world.cast.coordinator)
    staging.join(user, team)
    return team, user


def follow(world: World, role: str, team: Team) -> Participation:
    """The team takes this part from now on."""
    old = world.partnership.participations.get(role=role, ended_on=None)
    old.ended_on, old.ended_by = timezone.localdate(), world.cast.coordinator
    old.save()
    return Participation.objects.create(
        partnership=world.partnership,
        team=team,
        organisation=team.enrolment.organisation,
        role=role,
        started_on=timezone.localdate(),
    )


def test_each_is_read_by_those_it_was_written_for(world):
    assert readers_of(world, world.conversation) == {"mentee", "mentor"}
    assert readers_of(world, world.plan_conversation) == {"mentee", "mentor", "mentee_association"}
    assert readers_of(world, world.group_conversation) == {"mentee", "group_member"}


@pytest.mark.parametrize("part", BOTH)
def test_a_city_that_comes_later_reads_nothing_and_the_partner_keeps_it(world, part):
    team, officer = newcomer(world, "Newtown", part)
    old = world.partnership.current_in(part)[0]
    replace_participation(old=old, team=team, reason="Elections.", by=world.cast.coordinator)
    (partner,) = set(BOTH) - {part}
    assert readers_of(world, world.conversation) == {partner}
    for conversation in Conversation.objects.all():
        assert not reads(officer, conversation)


def test_an_association_that_comes_later_reads_no_earlier_suggestion(world):
    team, officer = newcomer(world, "Another Union", "association")
    follow(world, Role.MENTEE_ASSOCIATION, team)
    assert readers_of(world, world.plan_conversation) == {"mentee", "mentor"}
    assert not reads(officer, world.plan_conversation)


def closed(team: Team) -> Team:
    """As a team is that was begun anew."""
    Team.objects.filter(pk=team.pk).update(closed_at=timezone.now())
    return team


def test_a_team_begun_anew_reads_nothing_of_the_former_one(world):
    (officer,) = staging.users("anew")
    anew = Team.objects.create(enrolment=closed(world.teams["mentee"]).enrolment, role="city", name="Anew")
    staging.join(officer, anew)
    follow(world, Role.MENTEE, anew)
    for conversation in (world.conversation, world.plan_conversation, world.group_conversation):
        assert not reads(officer, conversation)


def test_a_team_begun_anew_reads_no_plan_and_its_readers_keep_what_was_shared(world):
    old, cast = world.teams["mentee"], world.cast
    leave(member=old.members.get(ended_on=None), by=cast.mentee, site="https://example.org/")
    asked = ask_to_reopen(team=old, name="Anna", email="anna@example.org", language="en", by=cast.coordinator)
    stop_reopening(reopening=asked, person=cast.mentee.person)
    (officer,) = staging.users("anew")
    staging.join(officer, begin_anew(team=old, by=cast.coordinator))
    access, mentor = Access(officer), Access(cast.mentor)
    for rows in (conversations_visible_to, plans_visible_to, plan_versions, form_versions, responses_visible_to):
        assert not rows(access).exists(), rows
    assert world.plan_version in plan_versions(mentor)
    assert world.version in form_versions(mentor)


def test_it_is_opened_by_both_and_closed_by_either(world):
    agree(world, "mentor")
    assert readers_of(world, world.conversation) == {"mentee", "mentor"}
    agree(world, "mentee")
    associations = {"mentee_association", "mentor_association"}
    assert readers_of(world, world.conversation) == {"mentee", "mentor"} | associations
    agree(world, "mentor", yes=False)
    assert readers_of(world, world.conversation) == {"mentee", "mentor"}
    agree(world, "mentor")
    assert readers_of(world, world.conversation) == {"mentee", "mentor"} | associations


def test_whoever_takes_an_office_after_the_opening_reads_nothing_until_it_is_opened_again(world):
    agree(world, *BOTH, to=OpenedTo.FACILITATOR)
    follow(world, Role.FACILITATOR, world.teams["other_facilitator"])
    assert readers_of(world, world.conversation) == {"mentee", "mentor"}
    agree(world, "mentee", to=OpenedTo.FACILITATOR, yes=False)
    agree(world, "mentee", to=OpenedTo.FACILITATOR)
    assert readers_of(world, world.conversation) == {"mentee", "mentor", "other_facilitator"}


@pytest.mark.parametrize("part", BOTH)
def test_what_two_opened_is_closed_when_one_leaves(world, part):
    agree(world, *BOTH)
    place = world.partnership.current_in(part)[0]
    place.ended_on, place.ended_by = timezone.localdate(), world.cast.coordinator
    place.save()
    assert readers_of(world, world.conversation) == set(BOTH) - {part}


def test_only_cities_open_and_only_what_they_said_alone(world):
    for role, conversation in (
        ("mentee", world.plan_conversation),
        ("mentee", world.group_conversation),
        ("mentee_association", world.plan_conversation),
        ("facilitator", world.conversation),
    ):
        access = Access(getattr(world.cast, role))
        with pytest.raises(NotYourConversation):
            consent(conversation=conversation, to=OpenedTo.ASSOCIATIONS, agree=True, access=access)


def test_what_a_team_notes_for_itself_stays_its_own_after_a_replacement(world):
    place = world.partnership.current_in(Role.MENTEE)[0]
    noted = note(side=place, text="They were tired of us.", access=Access(world.cast.mentee))
    assert readers_of(world, noted) == {"mentee"}
    team, officer = newcomer(world, "Newtown", "mentee")
    replace_participation(old=place, team=team, reason="Elections.", by=world.cast.coordinator)
    assert readers_of(world, noted) == {"mentee"}
    assert not reads(officer, noted)
    reply(conversation=noted, text="And so were we.", access=Access(world.cast.mentee))
    with pytest.raises(NotYourConversation):
        consent(conversation=noted, to=OpenedTo.FACILITATOR, agree=True, access=Access(world.cast.mentee))


@pytest.mark.parametrize("how", ["replaced", "left the programme"])
def test_what_a_city_asked_its_group_stays_its_own_to_read(world, how):
    place, mentee = world.partnership.current_in(Role.MENTEE)[0], Access(world.cast.mentee)
    if how == "replaced":
        team, officer = newcomer(world, "Newtown", "mentee")
        replace_participation(old=place, team=team, reason="Elections.", by=world.cast.coordinator)
        assert not reads(officer, world.group_conversation)
    else:
        end_enrolment(enrolment=world.teams["mentee"].enrolment, by=world.cast.coordinator)
    assert readers_of(world, world.group_conversation) == {"mentee"}
    assert not reads(world.cast.mentee, world.conversation)
    client = Client()
    client.force_login(world.cast.mentee)
    page = client.get(world.group_conversation.get_absolute_url()).content.decode()
    assert "Read by the team of Riverton only." in page
    answer = reverse("conversations:reply", args=[world.group_conversation.pk])
    assert answer not in page
    assert client.post(answer, {"text": "Still there?"}).status_code == 403
    for act in (resolve, partial(reply, text="Still there?")):
        with pytest.raises(NotYourConversation):
            act(conversation=world.group_conversation, access=mentee)
    assert client.get(world.group.get_absolute_url()).status_code == 200
    edit = client.get(reverse("partnerships:support_group_change", args=[world.group.pk])).status_code
    assert edit == (403 if how == "left the programme" else 200)


def test_nobody_notes_or_writes_for_another_team(world):
    place = world.partnership.current_in(Role.MENTEE)[0]
    for role in ("mentor", "coordinator", "former_member", "superior", "administrator"):
        access = Access(getattr(world.cast, role))
        with pytest.raises(NotYourConversation):
            note(side=place, text="Not mine.", access=access)
    with pytest.raises(NotYourConversation):
        reply(conversation=world.conversation, text="Not mine.", access=Access(world.cast.facilitator))


def test_a_group_that_is_handed_on_takes_no_conversation_along(world):
    city, by = world.group.city, world.cast.administrator
    keeper = staging.enrolled(world.other_programme, city, "mentee", by=by)
    (officer,) = staging.users("keeper")
    staging.join(officer, keeper)
    hand_on(group=world.group, team=keeper, by=world.cast.mentee)
    assert readers_of(world, world.group_conversation) == {"mentee"}
    assert not reads(officer, world.group_conversation)


def test_a_person_with_a_link_reads_and_answers_what_names_them_and_nothing_else(world):
    expert = Person.objects.create(name="An expert")
    Reader.objects.create(conversation=world.plan_conversation, person=expert)
    access = Access(person=expert)
    assert list(conversations_visible_to(access)) == [world.plan_conversation]
    message = reply(conversation=world.plan_conversation, text="Ask the choir.", access=access)
    assert (message.author, message.reader.person) == (expert, expert)
    assert not readings(Access()).exists()


@pytest.mark.parametrize("kinds", [(), ("participation", "person"), ("person", "support_group")])
def test_a_reader_is_exactly_one(world, kinds):
    known = {
        "participation": world.partnership.current()[0],
        "person": world.cast.superior.person,
        "support_group": world.group,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Reader.objects.create(conversation=world.conversation, **{kind: known[kind] for kind in kinds})
