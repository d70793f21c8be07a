"""What waits for whom: many people in few queries, the same as person by person, and nothing they may not read."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from programmes.accounts.models import Person
from programmes.action_plans.boundary import plans_visible_to
from programmes.assessments.boundary import responses_visible_to
from programmes.common.access import Access
from programmes.common.waiting import Waiting
from programmes.conversations.boundary import conversations_visible_to
from programmes.conversations.enums import OpenedTo
from programmes.conversations.services import consent
from programmes.overview import sample, waiting
from programmes.partnerships.enums import TeamRole
from programmes.partnerships.models import StageDate, Team
from programmes.partnerships.selectors import (
    backings_visible_to,
    invitations_visible_to,
    partnerships_visible_to,
    reopenings_visible_to,
    teams_visible_to,
)
from programmes.partnerships.services.partnerships import record_dates
from tests.cast import World

APPS = len(waiting.APPS)


def people_of(world: World) -> list[Person]:
    users = [user for user in world.cast.everybody().values() if user.is_authenticated]
    return list(Person.objects.filter(user__in=users))


def facts(rows: list[Waiting]) -> Counter:
    return Counter((row.key, row.subject_id, row.person_id, row.partnership_id, row.due, row.since) for row in rows)


@pytest.fixture
def passed(world):
    for partnership in (world.partnership, world.other_partnership):
        stage = partnership.programme.stages.get(key="goals")
        day = timezone.localdate() - timedelta(days=2)
        record_dates(partnership=partnership, dates={stage: {"planned_on": day}}, by=world.cast.coordinator)
    consent(conversation=world.conversation, to=OpenedTo.ASSOCIATIONS, agree=True, access=Access(world.cast.mentor))


def test_many_people_at_once_get_what_each_gets_alone(world, passed):
    people = people_of(world)
    together = waiting.waiting_for(people)
    alone = [row for person in people for row in waiting.waiting_for_one(Access(person.user))]
    assert facts(together) == facts(alone)
    assert {row.key for row in together} >= {"stage.passed", "opening.proposed", "form.question", "plan.conversation"}
    assert all(row.text and row.url for row in together)


VISIBLE = {
    "stage.passed": lambda access: StageDate.objects.filter(partnership__in=partnerships_visible_to(access)),
    "team.empty": teams_visible_to,
    "invitation.expired": invitations_visible_to,
    "invitation.open": invitations_visible_to,
    "backing.proposed": backings_visible_to,
    "team.reopening": reopenings_visible_to,
    "form.question": conversations_visible_to,
    "form.question.open": conversations_visible_to,
    "plan.conversation": conversations_visible_to,
    "plan.conversation.open": conversations_visible_to,
    "need.shared": responses_visible_to,
    "translation.stale": responses_visible_to,
    "translation.stale.backed": responses_visible_to,
}


def test_nobody_is_told_of_what_they_may_not_read(world, passed):
    for person in people_of(world):
        access = Access(person.user)
        for row in [*waiting.waiting_for([person]), *waiting.awaited_by(access)]:
            assert row.person_id == person.pk
            if row.key.startswith("opening"):
                assert conversations_visible_to(access).filter(pk=row.data["conversation"]).exists()
            else:
                assert VISIBLE[row.key](access).filter(pk=row.subject_id).exists(), row
            if row.data.get("title") is not None:
                assert plans_visible_to(access).filter(pk=row.data["plan"]).exists()


def test_who_has_no_open_account_waits_for_nothing(world, passed):
    mentee = world.cast.mentee
    assert waiting.waiting_for([mentee.person])
    mentee.is_active = False
    mentee.save()
    assert waiting.waiting_for([mentee.person]) == waiting.waiting_for_one(Access(mentee)) == []


def test_narrowed_to_a_partnership_or_a_programme(world, passed):
    """Fifty older dates elsewhere push nothing off a partnership's page."""
    access = Access(world.cast.mentor)
    rows = waiting.waiting_for_one(access, partnership=world.other_partnership.pk, limit=1)
    assert {row.partnership_id for row in rows} == {world.other_partnership.pk}
    everything = waiting.waiting_for_one(access)
    here = waiting.waiting_for_one(access, programme=world.programme.pk)
    assert facts(here) == facts([row for row in everything if row.programme_id == world.programme.pk])
    assert waiting.waiting_for_one(access, programme=0) == []


def test_a_row_is_said_in_the_language_that_is_active_when_it_is_shown(world, passed):
    first, again = (waiting.waiting_for_one(Access(world.cast.mentee), limit=1)[0] for _time in range(2))
    with translation.override("es"):
        spanish = first.text
    assert spanish != again.text


def counted(ask) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert ask()
    return len(seen)


def test_one_query_per_app_for_one_person_and_few_for_fifty(world, passed):
    made = sample.create(partnerships=50, seed=5)
    access = Access(made.coordinator)
    waiting.asked_by(access)  # reads places and groups, as the page does
    assert counted(lambda: waiting.waiting_for_one(access)) <= APPS
    teams = Team.objects.filter(enrolment__programme=made.programme, role=TeamRole.CITY)
    fifty = [*people_of(world), *(sample.officer(team).person for team in teams[:50])][:50]
    assert len(fifty) == 50
    assert counted(lambda: waiting.waiting_for(fifty)) <= APPS + 2


def test_the_limit_counts_rows_of_each_person(world, passed):
    people = people_of(world)
    each = Counter(row.person_id for row in waiting.waiting_for(people, limit=1))
    assert len(each) > 3
    assert set(each.values()) == {1}
