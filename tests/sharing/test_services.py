"""Sharing a frozen version and recalling it, whatever it is of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programmes.action_plans import services as plans
from programmes.action_plans.boundary import versions_visible_to
from programmes.action_plans.models import PlanGrant
from programmes.common.access import Access
from programmes.sharing.readers import last_shared, readers_now
from programmes.sharing.services import NobodyChosen, NotAReader, recall


def reads(world, role) -> bool:
    return versions_visible_to(Access(getattr(world.cast, role))).filter(pk=world.plan_version.pk).exists()


def share(world, *teams) -> None:
    chosen = [world.teams[key] for key in teams]
    plans.share(version=world.plan_version, teams=chosen, groups=[], by=world.cast.mentee)


def test_somebody_is_chosen(world):
    with pytest.raises(NobodyChosen):
        share(world)


def test_only_who_takes_part_is_a_reader(world):
    with pytest.raises(NotAReader):
        share(world, "facilitator", "other_city")
    assert not reads(world, "facilitator")
    assert not reads(world, "other_city")


def test_who_was_recalled_reads_again_by_the_same_grant(world):
    before = PlanGrant.objects.count()
    assert recall(version=world.plan_version, team=world.teams["mentor"], by=world.cast.mentee) == 1
    assert not reads(world, "mentor")
    assert reads(world, "mentee_association")
    share(world, "mentor")
    assert reads(world, "mentor")
    assert PlanGrant.objects.count() == before


def test_all_are_recalled_at_once_and_once_only(world):
    assert recall(version=world.plan_version, by=world.cast.mentee) == 3
    assert recall(version=world.plan_version, by=world.cast.mentee) == 0
    assert not any(reads(world, role) for role in ("mentor", "mentee_association", "group_member"))


def test_one_group_is_recalled_alone(world):
    assert recall(version=world.plan_version, group=world.group, by=world.cast.mentee) == 1
    assert not reads(world, "group_member")
    assert reads(world, "mentor")


def test_recalling_is_no_giving(world):
    """Whoever joins after the last share is new, also when the version was recalled in between."""
    shared = timezone.now() - timedelta(days=3)
    grants = PlanGrant.objects.filter(team=world.teams["mentor"])
    grants.update(created_at=shared, updated_at=shared)
    recall(version=world.plan_version, team=world.teams["mentor"], by=world.cast.mentee)
    assert last_shared(grants, "team") == {world.teams["mentor"].pk: shared}


def test_who_reads_now_is_told_with_the_newest_version(world):
    later = plans.freeze(plan=world.plan, name="Second list", by=world.cast.mentee)
    plans.share(version=later, teams=[world.teams["mentor"]], groups=[], by=world.cast.mentee)
    found = readers_now(PlanGrant.objects.filter(version__plan=world.plan))[""]
    mentor, association = (world.teams[key] for key in ("mentor", "mentee_association"))
    readers = [(shared.team or shared.group, shared.number) for shared in found]
    assert readers == [(mentor, 2), (association, 1), (world.group, 1)]
