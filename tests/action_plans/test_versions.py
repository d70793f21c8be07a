"""Frozen versions: unchangeable, read by whom they were shared with, recalled, asked about."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from programmes.action_plans import services
from programmes.action_plans.models import PlanGrant, PlanVersion
from programmes.common.access import Access
from programmes.common.models import FrozenError
from programmes.conversations.models import Conversation
from programmes.overview.waiting import waiting_for_one
from programmes.partnerships.models import SupportGroupMember, TeamMember
from programmes.partnerships.services.invitations import accept_as_newcomer, invite_to_seat
from programmes.partnerships.services.teams import allow_facilitator
from programmes.sharing.services import recall
from tests import staging

from .conftest import url, write

READERS = ("mentee", "mentor", "mentee_association", "group_member")


def test_freezing_keeps_the_plan_as_it_stands(world, visit):
    write(world.action, "results", "Twenty people", world.cast.mentee)
    client = visit(world.cast.mentee)
    reply = client.post(url("freeze", world.plan.pk), {"name": "Refined", "occasion": "After visit 2"})
    version = PlanVersion.objects.latest("pk")
    assert reply["Location"] == url("version", version.pk)
    assert (version.number, version.name, version.occasion) == (2, "Refined", "After visit 2")
    write(world.action, "results", "Forty people", world.cast.mentee)
    page = client.get(url("version", version.pk)).content.decode()
    assert "Twenty people" in page
    assert "Forty people" not in page


def test_a_version_is_frozen_for_the_code_and_for_the_database(world):
    version = world.plan_version
    version.name = "Other"
    with pytest.raises(FrozenError):
        version.save()
    with pytest.raises(FrozenError):
        version.delete()
    statements = [
        lambda: PlanVersion.objects.filter(pk=version.pk).update(data={}),
        lambda: PlanVersion.objects.filter(pk=version.pk).update(name="Other"),
        lambda: _execute("UPDATE action_plans_planversion SET data = '{}'"),
        lambda: _execute("UPDATE action_plans_planversion SET number = 9"),
        lambda: _execute("DELETE FROM action_plans_planversion"),
    ]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic():
            statement()
    assert PlanVersion.objects.get(pk=version.pk).name == "First list"


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("fields", [{}, {"name": "x" * 121}, {"name": "x", "occasion": "x" * 201}])
def test_a_wrong_name_is_told_at_its_field(world, visit, fields):
    assert visit(world.cast.mentee).post(url("freeze", world.plan.pk), fields).status_code == 422
    assert PlanVersion.objects.count() == 1


def test_an_empty_plan_is_not_frozen(world, visit):
    services.remove_action(action=world.action, by=world.cast.mentee)
    reply = visit(world.cast.mentee).post(url("freeze", world.plan.pk), {"name": "Nothing"})
    assert reply.status_code == 422
    assert "no action in the plan yet" in reply.content.decode()


def test_who_reads_what(world, visit):
    """Page of the plan, page of the version: 200 for the team and whoever it was shared with, else not there."""
    for role, user in world.cast.everybody().items():
        expected = 200 if role in READERS else 302 if role == "anonymous" else 404
        for address in (url("plan", world.plan.pk), url("version", world.plan_version.pk)):
            assert visit(user).get(address).status_code == expected, (role, address)


def test_the_working_version_is_the_teams_alone(world, visit):
    write(world.action, "results", "Marmalade", world.cast.mentee)
    for role in ("mentor", "mentee_association", "group_member"):
        page = visit(getattr(world.cast, role)).get(url("plan", world.plan.pk)).content.decode()
        assert "Open a language café" in page, role
        assert "Marmalade" not in page, role
        assert '<textarea class="form-control" id="box-' not in page, role


def test_readers_see_the_newest_version_they_were_given_and_the_older_ones(world, visit):
    write(world.action, "what", "Open two cafés", world.cast.mentee)
    second = services.freeze(plan=world.plan, name="Refined", by=world.cast.mentee)
    client = visit(world.cast.mentor)
    assert "Open a language café" in client.get(url("plan", world.plan.pk)).content.decode()
    assert client.get(url("version", second.pk)).status_code == 404
    services.share(version=second, teams=[world.teams["mentor"]], groups=[], by=world.cast.mentee)
    page = client.get(url("plan", world.plan.pk)).content.decode()
    assert "Open two cafés" in page
    assert url("version", world.plan_version.pk) in page


def test_shared_and_recalled_takes_effect_with_the_next_request(world, visit):
    client = visit(world.cast.facilitator)
    version = world.plan_version
    assert client.get(url("version", version.pk)).status_code == 404
    team = visit(world.cast.mentee)
    team.post(url("share", version.pk), {"readers": [f"team-{world.teams['facilitator'].pk}"]})
    assert client.get(url("version", version.pk)).status_code == 200
    grant = PlanGrant.objects.get(version=version, team=world.teams["facilitator"])
    team.post(url("recall", version.pk, grant.pk))
    assert client.get(url("version", version.pk)).status_code == 404
    assert client.get(url("plan", world.plan.pk)).status_code == 404


def test_the_support_group_and_the_coordinator_as_granted(world, visit):
    version = services.freeze(plan=world.plan, name="Second", by=world.cast.mentee)
    team = visit(world.cast.mentee)
    coordinators = world.teams["coordinator"].pk
    page = team.get(url("share", version.pk)).content.decode()
    assert str(world.cast.group_member.person) in page
    team.post(url("share", version.pk), {"readers": [f"group-{world.group.pk}", f"team-{coordinators}"]})
    for role in ("group_member", "coordinator"):
        assert visit(getattr(world.cast, role)).get(url("version", version.pk)).status_code == 200, role


@pytest.mark.parametrize("chosen", [[], ["team-0"], ["x"], ["other"]])
def test_a_wrong_reader_is_told_at_the_field(world, visit, chosen):
    keys = [f"team-{world.teams['other_city'].pk}" if key == "other" else key for key in chosen]
    before = PlanGrant.objects.count()
    reply = visit(world.cast.mentee).post(url("share", world.plan_version.pk), {"readers": keys})
    assert reply.status_code == 422
    assert "readers-error" in reply.content.decode()
    assert PlanGrant.objects.count() == before


def test_readers_cannot_share_recall_freeze_or_ask(world, visit):
    grant = world.plan_version.grants.first()
    addresses = [
        url("freeze", world.plan.pk),
        url("header", world.plan.pk),
        url("share", world.plan_version.pk),
        url("ask_group", world.plan_version.pk),
        url("recall", world.plan_version.pk, grant.pk),
    ]
    for role in ("mentor", "mentee_association", "group_member"):
        for address in addresses:
            assert visit(getattr(world.cast, role)).post(address).status_code == 403, (role, address)


def test_a_grant_of_another_version_is_not_there(world, visit):
    other = services.freeze(plan=world.plan, name="Second", by=world.cast.mentee)
    grant = world.plan_version.grants.first()
    assert visit(world.cast.mentee).post(url("recall", other.pk, grant.pk)).status_code == 404


def test_names_of_the_people_who_read_are_for_the_plans_team(world, visit):
    address = url("version", world.plan_version.pk)
    person = str(world.cast.mentee_association.person)
    assert person in visit(world.cast.mentee).get(address).content.decode()
    assert person not in visit(world.cast.mentor).get(address).content.decode()


def test_the_group_is_asked_one_question_and_answers(world, visit):
    address = url("version", world.plan_version.pk)
    team, group = visit(world.cast.mentee), visit(world.cast.group_member)
    assert "Would evenings suit you?" in group.get(address).content.decode()
    assert "Would evenings suit you?" not in visit(world.cast.mentor).get(address).content.decode()
    group.post(f"/conversations/{world.group_conversation.pk}/reply/", {"text": "Thursdays, please."})
    assert "Thursdays, please." in team.get(address).content.decode()
    reply = team.post(url("ask_group", world.plan_version.pk), {"text": "And Fridays?"})
    assert reply.status_code == 422
    assert "still open" in reply.content.decode()
    team.post(f"/conversations/{world.group_conversation.pk}/resolve/")
    assert team.post(url("ask_group", world.plan_version.pk), {"text": "And Fridays?"}).status_code == 302
    assert Conversation.objects.filter(about_plan__version=world.plan_version).count() == 2


def test_only_a_version_the_group_reads_can_be_asked_about(world, visit):
    version = services.freeze(plan=world.plan, name="Second", by=world.cast.mentee)
    reply = visit(world.cast.mentee).post(url("ask_group", version.pk), {"text": "What do you think?"})
    assert reply.status_code == 422
    assert "Share this version with the local support group first" in reply.content.decode()


def on_plans(user) -> list:
    return [item for item in waiting_for_one(Access(user)) if item.key == "plan.conversation"]


def test_what_waits_leads_to_a_page_that_is_there(world, visit):
    """A suggestion stays to be answered when the plan it is about was recalled."""
    services.suggest(plan=world.plan, action=world.action, text="Is that realistic?", access=Access(world.cast.mentee))
    mentor = world.cast.mentor
    assert {item.url.partition("#")[0] for item in on_plans(mentor)} == {url("plan", world.plan.pk)}
    for grant in world.plan_version.grants.filter(team=world.teams["mentor"]):
        recall(version=grant.version, team=grant.team, group=grant.support_group, by=world.cast.mentee)
    for item in on_plans(mentor):
        assert visit(mentor).get(item.url).status_code == 200


def test_whom_the_team_lets_type_neither_shares_nor_recalls(world, visit):
    allow_facilitator(team=world.teams["mentee"], allowed=True, by=world.cast.mentee)
    client, pk = visit(world.cast.facilitator), world.plan_version.pk
    assert client.get(url("plan", world.plan.pk)).status_code == 200
    grant = world.plan_version.grants.first()
    for address in (url("share", pk), url("recall", pk, grant.pk)):
        assert client.post(address, {"readers": f"team-{world.teams['facilitator'].pk}"}).status_code == 403
    assert client.get(url("share", pk)).status_code == 403


def test_a_group_nobody_joined_is_told_to_whoever_asks_it(world, visit):
    version, ask = url("version", world.plan_version.pk), url("ask_group", world.plan_version.pk)
    team = visit(world.cast.mentee)
    assert "Nobody of the group has joined yet" not in team.get(version).content.decode()
    world.group.members.filter(person__user=world.cast.group_member).update(ended_on=timezone.localdate())
    for address in (version, ask):
        assert "Nobody of the group has joined yet" in team.get(address).content.decode()
    assert "Nobody of the group has joined yet" not in visit(world.cast.mentor).get(version).content.decode()


def test_who_joined_since_is_named_before_the_next_share(world, visit):
    """The mentor's team reads the first version; a colleague comes, and a second one is to be shared."""
    later = services.freeze(plan=world.plan, name="Second list", by=world.cast.mentee)
    share = url("share", later.pk)
    assert "joined since you last shared" not in visit(world.cast.mentee).get(share).content.decode()
    staging.join(next(iter(staging.users("late_comer"))), world.teams["mentor"])
    assert "joined since you last shared: Late Comer" in visit(world.cast.mentee).get(share).content.decode()
    TeamMember.objects.filter(team=world.teams["mentor"]).delete()
    assert "whoever joins will read it" in visit(world.cast.mentee).get(share).content.decode()
    seat = world.group.members.create(name="Tenants’ union")
    SupportGroupMember.objects.filter(pk=seat.pk).update(created_at=timezone.now() - timedelta(days=9))
    details = {"email": "seated@example.org", "name": "Seated", "by": world.cast.mentee, "site": "https://example.org/"}
    invitation = invite_to_seat(member=seat, **details)
    accept_as_newcomer(invitation=invitation, name="Late Seat", password="ocean-tram-42", language="en")
    assert "joined since you last shared: Late Seat" in visit(world.cast.mentee).get(share).content.decode()
